# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from decimal import Decimal
from itertools import accumulate

from odoo import api, fields, models
from odoo.tools import format_amount

from ....tools.allocation import exact, to_decimal


class GiftcardEntitlement(models.Model):
    """What a single-purpose card stands for: one service, an amount, or a tip.

    VAT was counted when the card was sold, so each keeps what was paid for it
    without VAT. Each redemption releases its share by the cumulative rule (R5),
    and the last redemption clears it to exactly zero. A card's own balance is the sum
    over its entitlements; both change in ``giftcard.card._move`` only.
    """

    _name = "giftcard.entitlement"
    _inherit = "giftcard.server.fields"
    _description = "Part of a single-purpose gift card"
    _order = "card_id, sequence, id"
    _log_access = False

    card_id = fields.Many2one(
        "giftcard.card", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="card_id.company_id")
    currency_id = fields.Many2one(related="card_id.currency_id")
    sequence = fields.Integer(readonly=True)
    name = fields.Char(required=True, readonly=True, help="As it was when sold.")
    label = fields.Char("What it stands for", compute="_compute_label")
    kind = fields.Selection(
        [("service", "Service"), ("amount", "Amount"), ("tip", "Tip")],
        required=True,
        readonly=True,
    )
    quantity = fields.Integer(
        "Units", readonly=True, help="How often the service was paid for."
    )
    value = fields.Monetary(required=True, readonly=True)
    price = fields.Monetary("Price paid", required=True, readonly=True)
    net = fields.Monetary("Price without VAT", required=True, readonly=True)
    available = fields.Monetary("Left", required=True, readonly=True)
    available_consideration = fields.Monetary(
        "Left of what was paid", required=True, readonly=True
    )
    available_net = fields.Monetary(
        "Left of what was paid, without VAT", required=True, readonly=True
    )
    pool_face = fields.Monetary("Value of the last load", required=True, readonly=True)
    pool_consideration = fields.Monetary(
        "Paid for the last load", required=True, readonly=True
    )
    pool_net = fields.Monetary(
        "Paid for the last load, without VAT", required=True, readonly=True
    )
    liability_kind = fields.Char(compute="_compute_liability_kind")
    units_remaining = fields.Integer(compute="_compute_units")
    next_unit_price = fields.Monetary(compute="_compute_units")
    moved_to_id = fields.Many2one(
        "giftcard.entitlement", "Moved to", readonly=True, ondelete="restrict"
    )

    _available_within = models.Constraint(
        "CHECK(available >= 0 AND available_consideration >= 0 AND available_net >= 0"
        " AND available_consideration <= available AND available_net <= available)",
        "A part of a card is between zero and its value.",
    )
    _price_within_value = models.Constraint(
        "CHECK(net >= 0 AND net <= price AND price <= value)",
        "The client would pay more than the card is worth.",
    )

    @api.depends("name", "kind")
    @api.depends_context("lang")
    def _compute_label(self):
        """Say what it is in the reader's language, where that is known."""
        for entitlement in self:
            entitlement.label = (
                self.env._("Tip") if entitlement.kind == "tip" else entitlement.name
            )

    @api.depends("kind")
    def _compute_liability_kind(self):
        for entitlement in self:
            entitlement.liability_kind = (
                "tips" if entitlement.kind == "tip" else "deferred"
            )

    @api.depends("available", "quantity", "pool_face")
    def _compute_units(self):
        """Count the units whose cumulated price is not used yet (case C32)."""
        for entitlement in self:
            prices = entitlement._get_open_units()
            entitlement.units_remaining = len(prices)
            entitlement.next_unit_price = float(prices[0]) if prices else 0.0

    def _get_unit_prices(self):
        """Return what each unit pays: its share of what the ones before it left.

        :rtype: list[decimal.Decimal]
        """
        self.ensure_one()
        digits = self.currency_id.decimal_places
        remaining, prices = exact(self.pool_face), []
        for units in range(self.quantity, 0, -1):
            prices.append(to_decimal(remaining / units, digits))
            remaining -= prices[-1]
        return prices

    def _get_unit_steps(self):
        """Return what is used up after the first, the second … unit.

        :rtype: list[decimal.Decimal]
        """
        return list(accumulate(self._get_unit_prices()))

    def _get_open_units(self):
        """Return what each unit that is left still pays: the first may be broken.

        :rtype: list[decimal.Decimal]
        """
        used = exact(self.pool_face) - exact(self.available)
        steps = self._get_unit_steps()
        return [
            step - max(used, before)
            for before, step in zip([Decimal(0), *steps], steps, strict=False)
            if step > used
        ]

    def _get_broken(self):
        """Return what is left of a unit that paid for something else in part.

        :return: the amount; 0 when every unit that is left is a whole one
        :rtype: decimal.Decimal
        """
        self.ensure_one()
        open_units = self._get_open_units()
        whole = self._get_unit_prices()[-len(open_units) :] if open_units else []
        return open_units[0] if open_units and open_units[0] < whole[0] else Decimal(0)

    def _describe_remaining(self):
        """Return what a receipt says remains of each, in their order.

        :return: dicts; ``units_remaining`` counts a broken unit, ``broken`` is its rest
        :rtype: list[dict]
        """
        return [
            {
                "id": entitlement.id,
                "name": entitlement.label,
                "kind": entitlement.kind,
                "quantity": entitlement.quantity,
                "units_remaining": entitlement.units_remaining,
                "broken": float(entitlement._get_broken()),
                "remaining": entitlement.available,
            }
            for entitlement in self.sorted("sequence")
        ]

    def _get_remaining_label(self):
        """Return what is left of a service in units, of a tip in money.

        :rtype: str
        """
        broken = self._get_broken()
        if self.kind == "service" and broken and self.units_remaining > 1:
            return self.env._(
                "%(name)s: %(left)s of %(all)s and %(amount)s left",
                name=self.name,
                left=self.units_remaining - 1,
                all=self.quantity,
                amount=format_amount(self.env, float(broken), self.currency_id),
            )
        if self.kind == "service" and not broken:
            return self.env._(
                "%(name)s: %(left)s of %(all)s left",
                name=self.label,
                left=self.units_remaining,
                all=self.quantity,
            )
        return self.env._(
            "%(name)s: %(amount)s left",
            name=self.label,
            amount=format_amount(self.env, self.available, self.currency_id),
        )

    @api.model
    def _get_kept_terms(self):
        """Return the fields that go along when the card is replaced.

        :rtype: list[str]
        """
        return [
            "sequence",
            "name",
            "kind",
            "quantity",
            "value",
            "price",
            "net",
            "pool_face",
            "pool_consideration",
            "pool_net",
        ]

    def _get_current(self):
        """Return the entitlement that holds the money now, if its card was replaced.

        :rtype: giftcard.entitlement
        """
        entitlement = self
        while entitlement.moved_to_id:
            entitlement = entitlement.moved_to_id
        return entitlement
