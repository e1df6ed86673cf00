# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import res_company
from . import giftcard_card
from . import decision
from . import adjustment
from . import approval
from . import giftcard_entitlement
from . import giftcard_type
from . import posting
from . import chart_numbers
from . import card_closing
from . import setup
from . import tax_split
from . import nightly_check
from . import ledger_check
from . import people_check
from . import protection
from . import matching
from . import account_change
from . import breakage
