# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models

from ...tools.origin import Origin


class GiftcardDocument(models.AbstractModel):
    """A document of the office that gift cards pay: held here, taken by its invoice."""

    _name = "giftcard.document"
    _description = "Document that gift cards pay"
    # field of `giftcard.application` that names the document
    _giftcard_application_field = None

    def _prepare_giftcard_origin(self):
        """Return this document as what holds and entries of gift cards come from.

        :rtype: Origin
        """
        self.ensure_one()
        return Origin(
            company=self.company_id,
            location=self.env["giftcard.location"]._get_default(self.company_id),
            currency=self.currency_id,
            channel="office",
            model=self._name,
            id=self.id,
            key=f"{self._name},{self.id}",
        )

    def _get_giftcard_discounted(self):
        """Return what settles the document in full, if that is less than is due.

        :return: in the document's currency; 0 when no discount holds
        :rtype: float
        """
        return 0.0

    def action_apply_giftcard(self):
        """Ask for the code of a gift card that pays this document."""
        self.ensure_one()
        self.env["giftcard.card"]._check_desk()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Use a gift card"),
            "res_model": "giftcard.redeem",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{self._giftcard_application_field}": self.id},
        }

    def _apply_giftcard(self, card, amount, entitlement=None, line=None):
        """Let a card pay: the amount is held until the invoice is posted.

        :param card: ``giftcard.card`` record
        :param amount: in the card's currency
        :param entitlement: ``giftcard.entitlement`` that pays, for cards that have some
        :param line: line of the document that it pays
        :rtype: giftcard.application
        :raises UserError: a sentence: why not, and what to do
        """
        return self._hold_giftcard(card, amount, entitlement)

    def _hold_giftcard(self, card, amount, entitlement=None):
        """Reserve on the card what this document uses; see :meth:`_apply_giftcard`."""
        self.ensure_one()
        # sudo: giftcard.application - the desk's right was checked; only the server
        # makes one
        return (
            self.env["giftcard.application"]
            .sudo()
            ._hold(
                card,
                amount,
                self._prepare_giftcard_origin(),
                {self._giftcard_application_field: self.id},
                entitlement,
            )
        )
