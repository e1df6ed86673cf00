# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import barcode_rule
from . import giftcard_card
from . import ir_module_module
from . import loading
from . import pos_config
from . import pos_payment_method
from . import product_product
