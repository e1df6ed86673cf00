# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import pos_payment_method
from . import pos_payment_method_pick
from . import pos_order
