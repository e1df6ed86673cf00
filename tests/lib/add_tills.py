"""Add tills like the demo's first one: add_tills.py COUNT, inside Odoo."""

import sys

first = env["pos.config"].search([]).filtered("giftcard_enabled")[:1]  # noqa: F821
shared = first.payment_method_ids.filtered(lambda method: not method.is_cash_count)
for number in range(int(sys.argv[1])):
    till = first.copy({"name": f"Till {number + 1}", "payment_method_ids": [(5,)]})
    till.payment_method_ids = shared
    till.giftcard_location_id = first.giftcard_location_id
