# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Build the scripts and styles that the browser tests load, once for all of them.

Odoo's own runner does so before it starts, pytest-odoo does not: every class would
build them anew and roll them back. Run by scripts/run_in_odoo.py.
"""

SCRIPTS = (
    "bus.websocket_worker_assets",
    "point_of_sale.assets_prod",
    "web.__assets_tests_call__",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_tests",
    "web.assets_unit_tests",
    "web.assets_unit_tests_setup",
    "web.assets_web",
)
STYLES = (
    "point_of_sale.assets_prod",
    "web.assets_frontend",
    "web.assets_unit_tests",
    "web.assets_unit_tests_setup",
    "web.assets_web",
    "web.assets_web_print",
)

views = env["ir.qweb"]  # noqa: F821
for name in SCRIPTS:
    views._get_asset_bundle(name, css=False, js=True).js()
for name in STYLES:
    views._get_asset_bundle(name, css=True, js=False).css()
