# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import account_move
from . import product_template
from . import product_combo_item
from . import intercompany_price
from . import giftcard_type
from . import service
from . import scope
from . import quote
