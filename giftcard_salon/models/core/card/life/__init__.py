# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import lifecycle
from . import extension
from . import card_closing
from . import replacement
from . import conversion
from . import adjustment
