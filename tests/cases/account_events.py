# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Another account is chosen for cards."""

from events import event
from vocabulary import CHANGED_ROLES

from odoo.exceptions import RedirectWarning, UserError


@event("change_account")
def change_account(world, step, data):
    """Move to a new account with the dialog; what is to be refused, in the settings."""
    role = CHANGED_ROLES[data["role"]]
    company = world.companies[step["company"]]
    account = company.chart.make_account(
        "419700", f"Other {role}", "liability_current", reconcile=True
    )
    world.refresh()
    if "refused" in step:
        choose_in_settings(company.record, role, account)
        return
    world.desk(step["company"]).act(
        "giftcard.move.account",
        {"company_id": company.record.id, "role": role, "account_id": account.id},
        "action_move",
    )
    world.refresh()


def choose_in_settings(company, role, account):
    """What saving the settings does.

    :raises UserError: when it is refused
    """
    try:
        with company.env.cr.savepoint():
            company[f"giftcard_{role}_account_id"] = account
    except RedirectWarning as warning:
        raise UserError(warning.args[0]) from warning
