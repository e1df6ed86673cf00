# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import allocation
from . import analysis_sql
from . import bonus
from . import fixed_amounts
from . import keys
from . import ledger_text
from . import log_filter
from . import origin
from . import printing
from . import refund_chain
from . import server_fields
from . import short_transaction
from . import tax_groups
from . import tax_split
