# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import card
from . import entitlement
from . import code
from . import status
from . import refusal
from . import history
from . import issue
from . import top_up
from . import life
from . import sending
from . import printed_stock
from . import description
from . import scope
