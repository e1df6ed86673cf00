# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import accounting
from . import settlement
from . import terms
from . import settlement_posting
from . import settlement_invoice
from . import settlement_bill
from . import settlement_payment
from . import statement
from . import ir_module_module
