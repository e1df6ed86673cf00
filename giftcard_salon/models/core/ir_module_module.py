# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

from .kept_data import MODULE


class IrModuleModule(models.Model):
    """Gift cards are not uninstalled while they are worth something to somebody."""

    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Override of `base`: by itself, or with an app that it needs."""
        self._check_giftcards_settled(self + self.downstream_dependencies())
        return super().button_uninstall()

    def module_uninstall(self):
        """Override of `base`: nor by the step that deletes the data."""
        self._check_giftcards_settled(self)
        return super().module_uninstall()

    @api.model
    def _check_giftcards_settled(self, modules):
        """Refuse to remove gift cards while something is owed.

        Figures are for administrators; nobody else removes an app, as `base` says.

        :param modules: ``ir.module.module``, all that would be removed
        :raises UserError: with a sentence for each reason
        """
        if not self.env.is_admin() or MODULE not in modules.mapped("name"):
            return
        if debts := self._get_giftcard_debts():
            raise UserError("\n".join(debts))

    @api.model
    def _get_giftcard_debts(self):
        """Return why gift cards have to stay, in sentences.

        :rtype: list[str]
        """
        self.env["giftcard.entry"].flush_model()
        self.env.cr.execute(
            """SELECT currency_id, SUM(face), COUNT(*)
                 FROM (SELECT card_id, currency_id, SUM(face) AS face
                         FROM giftcard_entry
                        GROUP BY card_id, currency_id
                       HAVING SUM(face) > 0) card
                GROUP BY currency_id ORDER BY currency_id"""
        )
        rows = self.env.cr.fetchall()
        if not rows:
            return []
        currencies = self.env["res.currency"]
        return [
            self.env._(
                "Gift cards cannot be uninstalled: clients still have %(amounts)s on "
                "their cards (number of cards: %(count)s), and nobody could find them "
                "any more. Let the cards be used, pay them out or cancel them first.",
                amounts=", ".join(
                    currencies.browse(currency_id).format(amount)
                    for currency_id, amount, _count in rows
                ),
                count=sum(count for _currency, _amount, count in rows),
            )
        ]
