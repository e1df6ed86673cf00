# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import redemption
from . import binding
from . import valuation
from . import hold_request
from . import hold
from . import release
from . import capture
from . import refund
