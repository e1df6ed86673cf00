# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class GiftcardExtend(models.TransientModel):
    """Let a card be used for longer."""

    _name = "giftcard.extend"
    _inherit = "giftcard.wizard"
    _description = "Extend a gift card"

    valid_until = fields.Date(
        "New last day",
        compute="_compute_valid_until",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("card_id")
    def _compute_valid_until(self):
        for wizard in self:
            card = wizard.card_id
            card._check_user_company()
            today = card._today(card.company_id or self.env.company)
            start = max(card.valid_until or today, today)
            wizard.valid_until = start + relativedelta(years=1)

    @api.depends("card_id", "valid_until")
    def _compute_effect(self):
        return super()._compute_effect()

    def _get_refusal(self, card):
        return card._get_extend_refusal(self.valid_until)

    def _get_effect(self, card):
        if not self.valid_until:
            return ""
        if card._is_expiry_posted():
            return self._describe_going_back(card)
        values = {
            "card": card.name,
            "old": card._format_day(card.valid_until),
            "new": card._format_day(self.valid_until),
            "left": format_amount(self.env, card.available, card.currency_id),
        }
        today = card._today(card.company_id)
        if self.valid_until < today:
            return self.env._(
                "Card %(card)s stays expired: %(new)s is over.",
                card=values["card"],
                new=values["new"],
            )
        if card.valid_until < today:
            return self.env._(
                "Card %(card)s expired on %(old)s. The %(left)s on it can be used "
                "again, until %(new)s.",
                **values,
            )
        return self.env._(
            "The %(left)s on card %(card)s can be used until %(new)s instead of "
            "%(old)s.",
            **values,
        )

    def _describe_going_back(self, card):
        expired = card._sum_expired().values()
        face = -sum(money[0] for money in expired)
        liability = -sum(money[2] for money in expired)
        return self.env._(
            "Card %(card)s expired on %(old)s. The %(left)s on it can be used again, "
            "until %(new)s. This puts %(owed)s back into what you owe clients.",
            card=card.name,
            old=card._format_day(card.valid_until),
            new=card._format_day(self.valid_until),
            left=format_amount(self.env, float(face), card.currency_id),
            owed=format_amount(self.env, float(liability), card.currency_id),
        )

    def action_extend(self):
        """Give the card its new last day.

        :raises AccessError: without the desk's right
        :raises UserError: when this would shorten its life
        """
        self.ensure_one()
        if not self.valid_until:
            raise UserError(self.env._("Choose the new last day."))
        self.card_id._extend(self.valid_until, self.reason)
        return {"type": "ir.actions.act_window_close"}
