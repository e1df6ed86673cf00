# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import tie_out
from . import statement_pdf
from . import group
from . import group_balances
