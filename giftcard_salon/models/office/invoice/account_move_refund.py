# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """Credit notes: what a gift card paid goes back to that card.

    With the posting, as far as the credit note reaches; the card comes first.
    """

    _inherit = "account.move"

    giftcard_is_back = fields.Boolean(
        "Back to the gift card",
        default=True,
        copy=False,
        help="What a gift card paid of the invoice goes back to that card when the "
        "credit note is posted.",
    )
    giftcard_refundable = fields.Monetary(
        "Paid by gift card",
        compute="_compute_giftcard_refundable",
        compute_sudo=True,
        help="What can still go back to the gift cards that paid the invoice.",
    )

    def _compute_giftcard_refundable(self):
        for move in self:
            move.giftcard_refundable = sum(
                redemption.amount - redemption.refunded
                for redemption in move._get_giftcard_refundable()
            )

    def _get_giftcard_redemptions(self):
        """Return the applications that were payments of this invoice; adapters add.

        :rtype: giftcard.redemption
        """
        self.ensure_one()
        # what an entitlement pays is no payment: its line goes back with its item
        # sudo: giftcard.application - whoever makes a document reads no applications
        applications = self.sudo().giftcard_application_ids.filtered(
            lambda application: not application.entitlement_id
        )
        return applications._get_redemptions().filtered(
            lambda redemption: redemption.state == "captured"
        )

    def _get_giftcard_reversed_redemptions(self):
        """Return the applications that paid what this credit note takes back.

        :rtype: giftcard.redemption
        """
        if self.move_type != "out_refund" or not self.reversed_entry_id:
            # sudo: giftcard.application - whoever makes a document reads no
            # applications
            return self.env["giftcard.redemption"].sudo()
        return self.reversed_entry_id._get_giftcard_redemptions().sudo()

    def _get_giftcard_bonus_elsewhere(self, redemption):
        """Return what went back of this invoice's application without a credit note.

        :param redemption: ``giftcard.redemption`` record
        :return: tuples of ``account.tax`` records and positive splits as of
            ``giftcard.accounting``; adapters add theirs
        :rtype: list[tuple]
        """
        return []

    def _get_giftcard_refundable(self):
        """Return the applications that this credit note may still give back.

        :rtype: giftcard.redemption
        """
        return self._get_giftcard_reversed_redemptions().filtered(
            lambda redemption: (
                redemption.currency_id.compare_amounts(
                    redemption.amount, redemption.refunded
                )
                > 0
            )
        )

    def action_refund_giftcard(self):
        """Give back to the cards what this posted credit note still owes.

        :raises AccessError: without the desk's right
        :raises UserError: when a card cannot take it
        """
        self.ensure_one()
        self.env["giftcard.card"]._check_desk()
        self.check_access("write")
        self._refund_giftcards()

    def write(self, vals):
        """Override of `account`: the money goes elsewhere only if a manager says so."""
        if "giftcard_is_back" in vals and not vals["giftcard_is_back"]:
            self.env["giftcard.card"]._check_manager()
        return super().write(vals)

    def _settle_giftcards(self):
        """Override: credit notes give back."""
        result = super()._settle_giftcards()
        for move in self.filtered("giftcard_is_back"):
            move._refund_giftcards()
        return result

    def _refund_giftcards(self):
        for redemption in self._get_giftcard_refundable().sorted("id"):
            amount = self._get_giftcard_refund(redemption)
            if self.currency_id.compare_amounts(amount, 0) > 0:
                self._refund_giftcard(redemption, amount)

    def _get_giftcard_refund(self, redemption):
        """Return which value goes back to the card of ``redemption``."""
        return min(
            redemption.amount - redemption.refunded,
            self._get_giftcard_open_credit(redemption),
        )

    def _get_giftcard_payments(self, redemption):
        """Return the entries by which the card paid.

        :rtype: account.move
        """
        # sudo: giftcard.application - whoever makes a document reads no applications
        applications = self.reversed_entry_id.sudo().giftcard_application_ids
        return applications.filtered(
            lambda application: application.key == redemption.key
        ).paying_move_id

    def _get_giftcard_open_credit(self, redemption):
        """Return what the client is owed: by this note, or by the card's payment.

        When the note was matched with its invoice, what the card had paid is open
        again.
        """
        items = self._get_giftcard_payments(redemption).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        return self.currency_id.round(
            self.amount_residual - sum(items.mapped("amount_residual_currency"))
        )

    def _get_giftcard_refund_key(self, redemption):
        return f"{self._name},{self.id}:{redemption.id}"

    def _refund_giftcard(self, redemption, amount):
        """Give ``amount`` back to the card, as a payment of this credit note.

        :raises UserError: with the way out
        """
        key = self._get_giftcard_refund_key(redemption)
        try:
            redemption._refund(amount, key, self._prepare_giftcard_origin())
        except UserError as error:
            raise UserError(
                self.env._(
                    '%(why)s A gift card manager can also switch off "Back to the '
                    'gift card" on the credit note; the money then goes back another '
                    "way.",
                    why=error.args[0],
                )
            ) from error
        entries = redemption.entry_ids.filtered(lambda entry: entry.key == key)
        payment = self.env["giftcard.accounting"]._post_payment(entries, self)
        (self | self._get_giftcard_payments(redemption))._reconcile_giftcard(payment)
