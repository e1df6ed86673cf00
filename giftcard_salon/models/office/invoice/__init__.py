from . import accounting
from . import account_move
from . import account_move_early
from . import account_move_refund
from . import account_move_fixed_lines
from . import account_move_line
from . import account_move_refund_fixed_lines
