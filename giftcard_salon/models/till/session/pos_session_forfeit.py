# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models


class PosSession(models.Model):
    """Single-purpose and single-use: what remains after redemption becomes income."""

    _inherit = "pos.session"

    def _create_bank_payment_moves(self, data):
        """Override to post what single-use cards lose with the bills of this till."""
        lines = self._get_closed_orders().lines.filtered(
            lambda line: line.giftcard_role == "deduction"
        )
        items = []
        for line in lines:
            for lost in line.sudo().giftcard_redemption_id.entry_ids.filtered(
                lambda entry, key=line.uuid: (
                    entry.kind == "forfeit" and entry.key == key and entry.net
                )
            ):
                if lost.company_id._is_giftcard_entity_of(self.company_id):
                    items += self._prepare_giftcard_forfeit(line.order_id, lost)
        data["MoveLine"].create(items)
        return super()._create_bank_payment_moves(data)

    def _prepare_giftcard_forfeit(self, order, lost):
        """Return the journal items of what was lost: deferred revenue to income.

        :param order: ``pos.order`` that used the card
        :param lost: ``giftcard.entry`` of kind 'forfeit'
        :rtype: list[dict]
        """
        accounting = self.env["giftcard.accounting"]
        common = {
            "move_id": self.move_id.id,
            "name": self._get_giftcard_label(lost, order),
            "giftcard_card_id": lost.card_id.id,
        }
        items = []
        for role, amount, tag in (
            (lost.liability_kind, -lost.net, accounting._prepare_tag(lost)),
            ("income", lost.net, {}),
        ):
            company = self.company_id if role == "income" else lost.company_id
            account = accounting._get_account(company, role)
            converted = self._update_amounts(
                {"amount": 0.0, "amount_converted": 0.0},
                {"amount": amount},
                order.date_order,
            )
            vals = {**common, "account_id": account.id, **tag}
            items.append(
                self._debit_amounts(
                    vals, converted["amount"], converted["amount_converted"]
                )
            )
        return items
