# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import RedirectWarning, ValidationError

from ....tools.server_fields import is_writer
from ..chart_numbers import ROLES
from ..res_company import CARD_ACCOUNTS

# the server's own write: what was on the old account has been moved. It reaches the
# `write` of companies, which takes values of fields and no other argument
MOVED = "giftcard_account_moved"


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        """Override: an account that cards are on is not exchanged for another one.

        :raises RedirectWarning: with the dialog that moves them
        """
        changes = [
            (company, role, account, vals[name])
            for role in CARD_ACCOUNTS
            if (name := f"giftcard_{role}_account_id") in vals
            for company in self
            if (account := company.sudo()[name]) and account.id != vals[name]
        ]
        if not is_writer(self.env, MOVED):
            for company, role, account, new_id in changes:
                company.sudo()._check_giftcard_account_free(role, account, new_id)
        result = super().write(vals)
        if changes and not is_writer(self.env, MOVED):
            self.env["giftcard.account.change"].sudo().create(
                [
                    {
                        "company_id": company.id,
                        "role": role,
                        "old_account_id": account.id,
                        "new_account_id": new_id,
                        "date": self.env["giftcard.card"]._today(company),
                    }
                    for company, role, account, new_id in changes
                ]
            )
            self._check_giftcard_former_accounts()
        return result

    @api.constrains(*(f"giftcard_{role}_account_id" for role in ROLES))
    def _check_giftcard_former_accounts(self):
        """What carried cards of one kind carries nothing else of gift cards later."""
        for company in self.sudo():
            for role in ROLES:
                account = company[f"giftcard_{role}_account_id"]
                if refusal := company._get_giftcard_former_refusal(role, account):
                    raise ValidationError(refusal)

    def _get_giftcard_former_refusal(self, role, account):
        """Return why an account that was chosen before is not chosen again; else "".

        :param str role: as for ``giftcard.accounting._get_account``
        :param account: ``account.account`` record; may be none
        :rtype: str
        """
        self.ensure_one()
        # sudo: giftcard.account.change - the history that the server keeps
        former = (
            self.env["giftcard.account.change"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.id),
                    ("role", "!=", role),
                    ("old_account_id", "in", account.ids),
                ],
                limit=1,
            )
        )
        if not former:
            return ""
        settings = [
            self._fields[f"giftcard_{name}_account_id"]._description_string(self.env)
            for name in (role, former.role)
        ]
        return self.env._(
            'Choose a new account for "%(setting)s": %(account)s was chosen for '
            '"%(other)s" before, and its older items are of those cards.',
            setting=settings[0],
            account=account.display_name,
            other=settings[1],
        )

    def _check_giftcard_account_free(self, role, account, new_id):
        """Refuse to leave an account that cards are on, or will be.

        :param str role: as for ``giftcard.accounting._get_account``
        :param account: ``account.account`` that is chosen for it
        :param int new_id: of the account to choose instead
        :raises RedirectWarning: with the dialog that moves them
        """
        self.ensure_one()
        reasons = self._find_giftcard_account_needs(role, account)
        if not reasons:
            return
        raise RedirectWarning(
            self.env._(
                "%(account)s is still needed for gift cards: %(reasons)s. Move them to "
                "the other account first; the dialog shows the entry.",
                account=account.display_name,
                reasons="; ".join(reasons),
            ),
            self.env.ref("giftcard_salon.giftcard_move_account_action").id,
            self.env._("Move to another account"),
            {
                "default_company_id": self.id,
                "default_role": role,
                "default_account_id": new_id or False,
            },
        )

    def _find_giftcard_account_needs(self, role, account):
        """Return what still needs an account of cards, as texts; adapters add theirs.

        :param str role: as for ``giftcard.accounting._get_account``
        :param account: ``account.account`` record
        :rtype: list[str]
        """
        self.ensure_one()
        accounting = self.env["giftcard.accounting"]
        reasons = []
        sums = accounting._sum_by_currency(
            accounting._find_balances(self, role, account)
        )
        for currency, amount in sums.items():
            reasons.append(
                self.env._("%s is on it", currency.format(abs(float(amount))))
            )
        drafts = accounting._find_draft_items(self, account).move_id
        if drafts:
            reasons.append(
                self.env._(
                    "draft entries post to it: %s",
                    ", ".join(
                        drafts[:5].mapped(lambda move: move.ref or move.display_name)
                    ),
                )
            )
        return reasons
