# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.exceptions import UserError

from ...tools.allocation import to_decimal

CONVERSIONS = ("conversion_out", "conversion_in")


class PosPaymentMethod(models.Model):
    """Changing a single-purpose card into a gift card, in the bill that it pays."""

    _inherit = "pos.payment.method"

    def giftcard_hold_conversion(self, request):
        """Reserve all that remains on a single-purpose card that becomes a gift card.

        All of it or nothing. Each hold, in a short transaction of its own, locks the
        redemption of its key, then the card; the entitlement changes under that lock.

        :param dict request: ``code``, ``session_id``, ``order_uuid``, ``order_name``
            and ``partner_id`` of the bill; ``keys``, the uuids of the credit lines, as
            many as the card has entitlements with something left
        :return: ``state``, ``amount`` (what the gift card will have, in the till's
            currency), ``last4`` and ``lines``: per credit line ``key``, ``revision``,
            ``name``, ``tax_ids`` and ``amounts`` of one unit (its quantity is -1)
        :rtype: dict
        :raises UserError: a sentence to read out; then nothing is held
        :raises AccessError: for whoever is not at this till
        """
        request = request if isinstance(request, dict) else {}
        session = self._get_giftcard_session_opened(request.get("session_id"))
        keys = request.get("keys") if isinstance(request.get("keys"), list) else []
        keys = [self._parse_giftcard_key(key, 1)[0] for key in keys]
        card = self._find_giftcard(request.get("code"), "", session).sudo()
        card = card.with_company(session.company_id)
        existing = self._find_giftcard_redemptions(keys, session).sudo()
        if self._is_giftcard_conversion_held(card, existing):
            # the same once more: the answer was lost
            by_key = {redemption.key: redemption for redemption in existing}
            wanted = [
                (key, by_key[key].entitlement_id, by_key[key].amount)
                for key in keys
                if key in by_key
            ]
        else:
            wanted = self._get_giftcard_conversion(card, keys)
        origin = self._prepare_giftcard_hold(request, session)
        redemptions = (
            self.env["giftcard.redemption"].sudo().with_company(session.company_id)
        )
        held = self._hold_giftcard_together(
            (
                redemptions._hold(card, key, 1, amount, origin, entitlement=entitlement)
                for key, entitlement, amount in wanted
            ),
            origin,
        )
        accounting = self.env["giftcard.accounting"]
        return {
            "state": "held",
            "last4": card.last4,
            "amount": sum(response["amount"] for response in held),
            "lines": [
                {
                    "key": response["key"],
                    "revision": response["revision"],
                    "name": entitlement.label,
                    "tax_ids": entitlement._get_taxes(session.company_id).ids,
                    "amounts": self._tell_giftcard_amounts(
                        accounting._split_redemption(
                            entitlement,
                            response,
                            entitlement._get_taxes(session.company_id),
                        ).deduction
                    ),
                }
                for response, (_key, entitlement, _amount) in zip(
                    held, wanted, strict=True
                )
            ],
        }

    def _is_giftcard_conversion_held(self, card, held):
        """Tell whether these holds are all of a card that may be changed."""
        return (
            held
            and held.card_id == card
            and card.company_id == card.env.company
            and set(held.mapped("state")) == {"held"}
            and not any(held.mapped("bonus"))
            and not card.available
            and not card.currency_id.compare_amounts(
                card.held, sum(held.mapped("amount"))
            )
        )

    def _get_giftcard_conversion(self, card, keys):
        """Return what is held of a card that is to be changed: all that is left.

        :return: triples of a key, a ``giftcard.entitlement`` and an amount
        :rtype: list[tuple]
        :raises UserError: when the card stays what it is
        """
        entitlements = card.entitlement_ids.filtered("available").sorted("sequence")
        if refusal := card._get_conversion_refusal():
            raise UserError(refusal)
        if len(set(keys)) != len(keys) or len(keys) < len(entitlements):
            raise UserError(self._get_damaged_giftcard_line_message())
        return [
            (key, entitlement, entitlement.available)
            for key, entitlement in zip(keys, entitlements, strict=False)
        ]


class PosOrder(models.Model):
    """A single-purpose card becomes a gift card on the bill that it pays (case C38).

    Per entitlement a credit line with the VAT of its sale, then a line for the new card
    without VAT: together 0.00. The new card pays the bill like any other, or nothing
    on it: then the line of the new card names the change, not a payment.
    """

    _inherit = "pos.order"

    def _check_giftcard_conversions(self):
        """Refuse a paid bill whose change of a card is not what the ledger says.

        :raises UserError: a sentence to read out
        """
        self.ensure_one()
        lines = self.lines.filtered(lambda line: line.giftcard_role in CONVERSIONS)
        if not lines:
            return
        if lines.refunded_orderline_id or self.is_refund:
            raise UserError(
                self.env._(
                    "A card that was changed into a gift card stays one. Give back "
                    "what it paid for; the money goes on the gift card."
                )
            )
        splits = self._get_giftcard_splits()
        for key, changed in lines.grouped("giftcard_deduction_key").items():
            gone = changed.filtered(lambda line: line.giftcard_role == "conversion_out")
            made = changed - gone
            named = {made[:1].uuid, *self.payment_ids._filter_giftcard().mapped("uuid")}
            if not (
                len(made) == 1
                and gone
                and key in named
                and self._is_giftcard_conversion_exact(gone, made, splits)
            ):
                raise UserError(self._get_giftcard_deduction_refusal(gone[:1]))

    def _is_giftcard_conversion_exact(self, gone, made, splits):
        accounting = self.env["giftcard.accounting"]
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        redemptions = gone.sudo().giftcard_redemption_id
        digits = self.currency_id.decimal_places
        for line in gone:
            redemption = line.sudo().giftcard_redemption_id
            taxes = line.tax_ids_after_fiscal_position
            sold = accounting._split_redemption(
                redemption.entitlement_id, redemption, taxes
            ).deduction
            if (
                line.qty != -1
                or taxes != redemption.entitlement_id._get_taxes(self.company_id)
                or splits[line] != -sold
            ):
                return False
        price = to_decimal(sum(redemptions.mapped("consideration")), digits)
        return (
            len(redemptions) == len(gone)
            and len(redemptions.card_id) == 1
            # what the till is not told to change is not changed past it
            and redemptions.card_id.company_id == self.company_id
            and not any(redemptions.mapped("bonus"))
            and made.qty == 1
            and not made.tax_ids
            and splits[made].gross == price
        )


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _settle_giftcard_conversions(self):
        """Redeem what is converted and make the cards for the amounts.

        :raises UserError: a sentence to read out; the order is not paid then
        """
        # sudo: giftcard.redemption - a paid bill captures, a cashier does not
        redemptions = self.env["giftcard.redemption"].sudo()
        conversion_lines = self.filtered(
            lambda line: (
                line.giftcard_role in CONVERSIONS
                and not line.refunded_orderline_id
                and not line.sudo().giftcard_entry_id
            )
        )
        for lines in conversion_lines.grouped("giftcard_deduction_key").values():
            origin = lines.order_id._prepare_giftcard_origin()
            made = lines.filtered(lambda line: line.giftcard_role == "conversion_in")
            captured = redemptions
            for line in lines - made:
                redemption = redemptions._capture_for_row(
                    line.uuid, None, origin, True, kind="convert_out"
                )
                entry = redemption.entry_ids.filtered(
                    lambda entry: entry.kind == "convert_out"
                )
                line._link_giftcard_redemption(redemption, entry)
                captured |= redemption
            if len(made) != 1 or len(captured.card_id) != 1:
                raise UserError(lines.order_id._get_giftcard_deduction_refusal())
            card, entry = captured.card_id._convert_to_amount(made.uuid, origin)
            made._link_giftcard(card, entry)


class PosPayment(models.Model):
    _inherit = "pos.payment"

    def _capture_giftcard(self, value, origin):
        """Override: a card that is made by this very bill pays it at once."""
        made = self.pos_order_id.lines.filtered(
            lambda line: (
                line.giftcard_role == "conversion_in"
                and line.giftcard_deduction_key == self.uuid
            )
        )
        redemptions = self.env["giftcard.redemption"].sudo()
        if made and not redemptions.search_count([("key", "=", self.uuid)], limit=1):
            self.env.flush_all()
            card = made.sudo().giftcard_card_id
            redemptions._hold_locked(
                self.env.cr,
                redemptions._prepare_hold(card, self.uuid, 1, value, origin),
            )
            redemptions.invalidate_model(flush=False)
        return super()._capture_giftcard(value, origin)
