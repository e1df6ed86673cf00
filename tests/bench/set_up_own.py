# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The till takes and sells our gift cards; run inside Odoo."""

env["pos.config"].search([]).giftcard_enabled = True
