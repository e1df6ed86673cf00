# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import core
from . import ledger
from . import accounting
from . import intercompany
from . import product
from . import office
from . import till
from . import res_config_settings
