# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo import api, fields, models

from ....tools.allocation import to_decimal

REVIVAL_MINUTES = 10


class GiftcardRedemption(models.Model):
    """Who may act on a key: it proves nothing by itself.

    A redemption is bound to its channel and document when the card's code is first
    shown. From then on that document keeps or lowers what it holds; to raise it, to
    move it to another card or to hold again what was given back takes the code once
    more.
    """

    _inherit = "giftcard.redemption"

    withdrawn = fields.Boolean(
        "Taken back by staff",
        readonly=True,
        help="Somebody released it by hand: its document does not get it back.",
    )

    @api.model
    def _is_bound_to(self, redemption, binding):
        """Tell whether a redemption belongs to a document.

        :param dict redemption: ``card_id``, ``channel`` and ``document_key`` of the
            redemption
        :param tuple binding: channel and own key of the document (``Origin.binding``)
        :rtype: bool
        """
        if not redemption["card_id"]:
            # a tombstone: released before any document held it
            return True
        return (redemption["channel"], redemption["document_key"] or None) == binding

    @api.model
    def _get_unbound_refusal(self, redemption, request):
        """Return why a request may not touch what its key holds, or an empty text.

        :param redemption: row of the redemption, None when the key was never told
            anything
        :param HoldRequest request: what is asked
        """
        if redemption and not self._is_bound_to(redemption, request.origin.binding):
            return self.env._(
                "This gift card is reserved for another bill. Remove the line and scan "
                "the card again."
            )
        if redemption and redemption["card_id"] not in (None, request.card_id):
            # one card's code tells nothing of what another card did here
            return self.env._(
                "This bill line already uses another gift card. "
                "Remove the line and scan the card again."
            )
        if request.is_shown:
            return ""
        if not redemption or redemption["state"] != "held":
            return self.env._("Nothing is on hold here any more. Scan the card again.")
        if request.amount > to_decimal(redemption["amount"], request.digits):
            return self.env._(
                "To take more from it, remove the card from the bill and scan it again."
            )
        return ""

    def _is_revivable(self, amount):
        """Tell whether a document that is paid now may have back what it held.

        What was given back a moment ago, by a lost or late request say; what its time
        ran out on, as long as the document stands. Never more than was held, never
        what staff took back.

        :param decimal.Decimal amount: what the document says it pays
        :rtype: bool
        """
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        if (
            not self.card_id
            or self.withdrawn
            or compare(float(amount), self.amount) > 0
        ):
            return False
        since = fields.Datetime.now() - timedelta(minutes=REVIVAL_MINUTES)
        return self.state == "lapsed" or (
            self.state == "released" and self.ended_at >= since
        )
