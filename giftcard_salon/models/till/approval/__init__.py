# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import till_approval
from . import pos_session
from . import pos_payment_method
from . import pos_payment_method_rescue
from . import pos_order
