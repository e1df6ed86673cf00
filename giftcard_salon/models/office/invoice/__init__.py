# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import accounting
from . import account_move
from . import account_move_early
from . import account_move_refund
from . import account_move_fixed_lines
from . import account_move_line
from . import account_move_refund_fixed_lines
from . import account_move_refund_accounts
