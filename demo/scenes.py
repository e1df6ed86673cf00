# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Everything that can happen at a till of the demo."""

from paying import Paying
from selling import Selling


class Scenes(Selling, Paying):
    """A scene's name is the method that plays it."""
