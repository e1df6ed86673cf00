# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import report
from . import accounting
from . import intercompany
from . import till
from . import office
