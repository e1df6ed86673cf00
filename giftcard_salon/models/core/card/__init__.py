# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import card
from . import entitlement
from . import code
from . import status
from . import issue
from . import top_up
from . import lifecycle
from . import closing
from . import replacement
from . import conversion
from . import adjustment
from . import sending
from . import printed_stock
from . import description
from . import scope
