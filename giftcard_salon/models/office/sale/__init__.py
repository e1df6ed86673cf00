# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import invoicing
from . import sale_order
from . import sale_order_invoice
from . import sale_order_line
from . import sale_order_at_till
from . import sale_order_down_payment
from . import sale_order_discount
from . import sale_order_loyalty
