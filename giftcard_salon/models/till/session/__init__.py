from . import account_move
from . import res_company
from . import pos_session
from . import pos_session_forfeit
