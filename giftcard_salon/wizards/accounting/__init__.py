from . import closing_wizard
from . import giftcard_breakage_wizard
from . import giftcard_escheat
from . import giftcard_expire
from . import giftcard_move_account
from . import giftcard_remit
from . import giftcard_verify
