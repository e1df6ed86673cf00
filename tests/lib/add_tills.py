# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Add tills like the demo's first one: add_tills.py COUNT, inside Odoo.

Odoo numbers bills without gaps, one after the other: a request that finds a number
being drawn pauses for up to 2, 4, 8 and 16 seconds, and a French company has one
such sequence for all its tills. Clients would wait for each other there and hardly
ever meet at a card. So here, and in this copy only, numbers may have gaps.
"""

import sys

first = env["pos.config"].search([]).filtered("giftcard_enabled")[:1]  # noqa: F821
shared = first.payment_method_ids.filtered(lambda method: not method.is_cash_count)
for number in range(int(sys.argv[1])):
    till = first.copy({"name": f"Till {number + 1}", "payment_method_ids": [(5,)]})
    till.payment_method_ids = shared
    till.giftcard_location_id = first.giftcard_location_id

sequences = env["ir.sequence"].search([("implementation", "=", "no_gap")])  # noqa: F821
sequences.implementation = "standard"
