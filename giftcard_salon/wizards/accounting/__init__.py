# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import card_closing_wizard
from . import giftcard_breakage_wizard
from . import giftcard_escheat
from . import giftcard_expire
from . import giftcard_move_account
from . import giftcard_remit
from . import giftcard_verify
