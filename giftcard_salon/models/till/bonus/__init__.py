# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import pos_order
from . import pos_order_tips
from . import pos_order_line
from . import pos_order_check
from . import pos_order_refund
from . import pos_payment_method
