# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import setup
from . import sale
from . import tender
from . import pos_order
from . import copied_lines
from . import settled_orders
from . import self_order
from . import turnover
from . import fixed_amounts
from . import deduction
from . import returns
from . import bonus
from . import conversion
from . import desk
from . import session
from . import approval
from . import paid
