# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Make the till tests' company in this database, for good: see prepared_common.py.

Run by scripts/run_in_odoo.py.
"""

import threading

from odoo import tools

# as the tests find it: Odoo makes test users and charts another way otherwise
threading.current_thread().testing = True
tools.config["test_enable"] = True

from odoo.addons.giftcard_salon.tests.common import GiftcardTillCommon  # noqa: E402
from odoo.addons.giftcard_salon.tests.prepared_common import prepare  # noqa: E402


class PreparedCompany(GiftcardTillCommon):
    """The common class itself stays as it is."""


prepare(PreparedCompany)
tools.config["test_enable"] = False
