# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import account_invoice_report
from . import tie_out
from . import tie_out_sums
from . import tie_out_items
from . import tie_out_former
from . import tie_out_currency
from . import liability
from . import liability_tie_out
from . import ageing
from . import breakage
from . import sold_and_redeemed
from . import vat
from . import vat_documents
from . import vat_check
from . import activity
