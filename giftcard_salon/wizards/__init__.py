# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import ledger
from . import card
from . import accounting
from . import intercompany
from . import office
