# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import entry
from . import entry_append
from . import carrying
from . import entry_description
from . import daily_limits
from . import partner_alias
from . import seal
from . import head
from . import seal_verification
from . import card_verification
from . import findings
