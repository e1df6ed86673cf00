# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import giftcard_apply
from . import giftcard_apply_line
from . import giftcard_apply_early
