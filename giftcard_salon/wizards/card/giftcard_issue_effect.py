# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError


class GiftcardIssue(models.TransientModel):
    """What making cards by hand will do, said before it is done; or why it cannot."""

    _inherit = "giftcard.issue"

    refusal = fields.Char(compute="_compute_effect")
    effect = fields.Char(compute="_compute_effect")

    @api.depends(
        "how",
        "amount",
        "count",
        "price",
        "type_id",
        "company_id",
        "account_id",
        "partner_id",
        "recipient",
    )
    def _compute_effect(self):
        for wizard in self:
            wizard.refusal = wizard._get_refusal()
            wizard.effect = not wizard.refusal and " ".join(
                [wizard._describe_cards(), wizard._describe_entry()]
            )

    def _get_refusal(self):
        """Say why these cannot be made; an account may still be to be chosen.

        :rtype: str
        """
        try:
            self._check_wanted()
        except UserError as error:
            return error.args[0]
        return ""

    def _describe_cards(self):
        cards = self.env["giftcard.card"]
        company = self.company_id or self.env.company
        until = self.type_id and self.type_id._get_last_day(
            company, cards._today(company)
        )
        values = {
            "type": self.type_id.name or "…",
            "count": self.count,
            "amount": self.currency_id.format(self.amount),
            "client": self.recipient
            or self.partner_id.name
            or self.env._("whoever has the code"),
            "validity": self.env._("valid until %s", cards._format_day(until))
            if until
            else self.env._("without end date"),
        }
        if self.count == 1:
            return self.env._(
                "Makes one %(type)s of %(amount)s for %(client)s, %(validity)s. It can "
                "be used at once.",
                **values,
            )
        return self.env._(
            "Makes %(count)s cards %(type)s of %(amount)s each for %(client)s, "
            "%(validity)s. They can be used at once.",
            **values,
        )

    def _describe_entry(self):
        company = self.company_id & self.env.companies
        if not self.price:
            return self.env._(
                "Nothing is posted: what such a card pays is a discount at its use."
            )
        # sudo: res.company - only the name of an account
        return self.env._(
            "Posted today: %(price)s from %(giver)s to %(taker)s.",
            price=self.currency_id.format(self.price),
            giver=self.account_id.display_name or "…",
            taker=company.sudo().giftcard_liability_account_id.display_name or "…",
        )
