# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Loyalty's own gift cards at the till: one of 500.00 and some of 100.00.

Run inside Odoo, in the database with ``pos_loyalty``.
"""

RACES = 60

env["loyalty.program"].search([]).active = False
action = env["loyalty.program"].create_from_template("gift_card")
program = env["loyalty.program"].browse(action["res_id"])
program.pos_report_print_id = env.ref("loyalty.report_gift_card")
program.rule_ids.product_ids.available_in_pos = True
for count, points in ((1, 500), (RACES, 100)):
    env["loyalty.generate.wizard"].create(
        {"program_id": program.id, "coupon_qty": count, "points_granted": points}
    ).generate_coupons()
