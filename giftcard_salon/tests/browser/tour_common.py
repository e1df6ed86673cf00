# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What the browser tests share: a till with services, and cards with known codes."""

from odoo.fields import Command

from odoo.addons.point_of_sale.tests.test_frontend import TestPointOfSaleHttpCommon

from ..common import GiftcardMixin

# the same in static/tests/tours/utils/giftcard_trap_util.js
CODE_START = "GC7K4MQX9TRV2H"
BUNDLES = (
    ("web.__assets_tests_call__", False),
    ("point_of_sale.assets_prod", True),
)


class GiftcardTourCommon(GiftcardMixin, TestPointOfSaleHttpCommon):
    """A till without taxes in its prices, so that sums are easy to follow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._walked = {}
        cls.env["giftcard.type"].search([]).active = False
        cls.card_type = cls._make_type(
            name="Gift card", amount_min=20, amount_max=500, default_amount=100
        )
        cls.main_pos_config.giftcard_enabled = True
        cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "type": "service",
                    "list_price": price,
                    "available_in_pos": True,
                    "taxes_id": [Command.clear()],
                }
                for name, price in (
                    ("Balayage", 115),
                    ("Night cream", 39),
                    ("Cut & blow-dry", 48),
                )
            ]
        )
        cls._make_bundles()

    @classmethod
    def _make_bundles(cls):
        """Build the till's scripts once, not once for each test."""
        for name, has_css in BUNDLES:
            bundle = cls.env["ir.qweb"]._get_asset_bundle(name)
            bundle.js()
            if has_css:
                bundle.css()

    def _make_services(self, *services, price_include="tax_included"):
        """Services with VAT, in their prices or not: triples of name, price and rate.

        :rtype: dict[str, product.product]
        """
        account = self.company_data["default_account_tax_sale"]
        repartition = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": account.id}),
        ]
        taxes = {
            rate: self.env["account.tax"].create(
                {
                    "name": f"VAT {rate} %",
                    "amount": rate,
                    "price_include_override": price_include,
                    "invoice_repartition_line_ids": repartition,
                    "refund_repartition_line_ids": repartition,
                }
            )
            for rate in {rate for _name, _price, rate in services}
        }
        return {
            name: self.env["product.product"].create(
                {
                    "name": name,
                    "type": "service",
                    "list_price": price,
                    "available_in_pos": True,
                    "taxes_id": [Command.set(taxes[rate].ids)],
                }
            )
            for name, price, rate in services
        }

    def _issue_as(self, code, value):
        card = self._issue(value)
        card.sudo().write(card._prepare_code(code))
        self._commit()
        return card

    def _redemptions(self, card):
        uses = self.env["giftcard.redemption"].search([("card_id", "=", card.id)])
        return sorted(uses.mapped(lambda use: (use.state, use.amount)))

    def _orders(self):
        return self.main_pos_config.current_session_id.order_ids.sorted("id")

    def _walk(self, tour, last_fours, config=None):
        """Walk through a tour once for all its traps; each has a card of 100.00.

        :param str tour: the tour's name
        :param list last_fours: the last four characters of the cards' codes
        :return: per last four, what the walk left: ``uses``, ``available``, ``held``,
            ``ledger``, and ``bills``, the states of the bills the card is on; under
            ``sold`` the values of the cards that were sold
        :rtype: dict
        """
        if tour not in self._walked:
            try:
                self._walked[tour] = self._walk_now(tour, last_fours, config)
            except Exception as error:
                self._walked[tour] = error
        if isinstance(self._walked[tour], Exception):
            raise self._walked[tour]
        return self._walked[tour]

    def _walk_now(self, tour, last_fours, config):
        config = config or self.main_pos_config
        cards = {last4: self._issue_as(CODE_START + last4, 100) for last4 in last_fours}
        config.with_user(self.pos_user).open_ui()
        self._commit()
        self.start_pos_tour(tour, pos_config=config, timeout=300)
        self.env.invalidate_all()
        sold = config.current_session_id.order_ids.lines.giftcard_entry_id
        found = {last4: self._read_walk(card) for last4, card in cards.items()}
        return {**found, "sold": sold.sorted("id").mapped("face")}

    def _read_walk(self, card):
        payments = self.env["pos.payment"].search(
            [("giftcard_last4", "=", card.last4)], order="id"
        )
        return {
            "uses": self._redemptions(card),
            "available": card.available,
            "held": card.held,
            "ledger": card.entry_ids.sorted("id").mapped("face"),
            "bills": payments.mapped("pos_order_id.state"),
        }
