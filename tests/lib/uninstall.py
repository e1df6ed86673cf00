# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Uninstall gift cards and install them again, inside Odoo, as the Apps screen does.

Prints, as JSON, the accounts and journals of gift cards before and after.
"""

import json

ADDON = "giftcard_salon"
company = env.company  # noqa: F821
names = [
    name
    for name in env["res.company"]._fields  # noqa: F821
    if name.startswith("giftcard_") and name.endswith(("_account_id", "_journal_id"))
]


def told(env):
    company = env["res.company"].browse(company_id)
    return {
        "chosen": {name: company[name].id for name in names},
        "accounts": env["account.account"].search_count([]),
        "journals": env["account.journal"].search_count([]),
    }


def module(env):
    return env["ir.module.module"].search([("name", "=", ADDON)])


if not company.chart_template:
    env["account.chart.template"].try_loading("generic_coa", company)  # noqa: F821
company_id = company.id
# one of them was chosen by an accountant, who keeps it
own = env["account.account"].create(  # noqa: F821
    {"code": "255777", "name": "Cards", "account_type": "liability_current"}
)
own.reconcile = True
company.giftcard_tips_account_id = own
before = told(env)  # noqa: F821
env.cr.commit()  # noqa: F821
wizard = env["base.module.uninstall"].create(  # noqa: F821
    {"module_ids": module(env).ids}  # noqa: F821
)
wizard.action_uninstall()
env = env(user=1)  # noqa: F821
gone = module(env).state, "giftcard.card" in env.registry
module(env).button_immediate_install()
after = told(env)
print(json.dumps({"before": before, "gone": gone, "after": after}))
