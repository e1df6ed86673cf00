# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import card_wizard
from . import giftcard_adjust
from . import giftcard_block
from . import giftcard_cancel
from . import giftcard_extend
from . import giftcard_issue
from . import giftcard_issue_effect
from . import giftcard_replace
from . import giftcard_send
from . import giftcard_stock
