# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import pos_payment_method
from . import pos_order_line
from . import pos_order_line_posting
from . import pos_order_line_top_up
from . import pos_order_line_code
from . import pos_payment_on_account
from . import pos_order_on_account
from . import pos_order_money
from . import pos_order_codes
