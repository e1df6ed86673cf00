# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError

ROLES = ("liability", "deferred", "tips", "income", "receivable")


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        emptied = [
            name
            for role in ROLES
            if (name := f"giftcard_{role}_account_id") in vals and not vals[name]
        ]
        for name in emptied:
            companies = self.sudo().filtered(name)
            companies._check_giftcard_tills_closed(companies[name])
        return super().write(vals)

    def _check_giftcard_tills_closed(self, accounts):
        """Refuse to take accounts away from tills that will post to them.

        :param accounts: ``account.account`` records
        :raises UserError: with the tills to close first
        """
        sessions = self._find_giftcard_sessions()
        if sessions and accounts:
            raise UserError(
                self.env._(
                    "%(account)s is needed to close %(tills)s. Choose another account "
                    "for gift cards, or close the till first.",
                    account=accounts[0].display_name,
                    tills=", ".join(sessions.config_id.mapped("name")),
                )
            )

    def _find_giftcard_sessions(self):
        """Return the open tills that will post what they did with cards."""
        # sudo: pos.session - sessions of every till count, seen or not
        return (
            self.env["pos.session"]
            .sudo()
            .search(
                [
                    ("company_id", "child_of", self.ids),
                    ("state", "in", ("opened", "closing_control")),
                    (
                        "config_id.payment_method_ids.use_payment_terminal",
                        "=",
                        "giftcard",
                    ),
                ]
            )
        )

    def _find_giftcard_account_needs(self, role, account):
        """Override: tills that are open post to it at their closing."""
        reasons = super()._find_giftcard_account_needs(role, account)
        sessions = self._find_giftcard_sessions()
        if sessions and role in ROLES:
            reasons.append(
                self.env._(
                    "tills are open: %s", ", ".join(sessions.config_id.mapped("name"))
                )
            )
        return reasons


class AccountAccount(models.Model):
    _inherit = "account.account"

    def write(self, vals):
        """Override of `account`: open tills keep the accounts they will post to."""
        if "active" in vals and not vals["active"]:
            companies = self.env["res.company"].sudo()
            for role in ROLES:
                field = f"giftcard_{role}_account_id"
                for company in companies.search([(field, "in", self.ids)]):
                    company._check_giftcard_tills_closed(company[field])
        return super().write(vals)
