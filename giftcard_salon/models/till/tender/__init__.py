# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import giftcard_redemption
from . import pos_payment_method
from . import pos_payment_method_access
from . import pos_payment_method_parked
from . import pos_payment_method_present
from . import pos_payment
from . import pos_order
from . import pos_order_chain
