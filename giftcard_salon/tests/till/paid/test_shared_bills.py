# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...common import GiftcardTillCommon


@tagged("post_install", "-at_install")
class TestSharedBills(GiftcardTillCommon):
    """A bill is begun at one till and paid at another that shares its bills."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        config = self._make_till("Till B")
        config.trusted_config_ids = self.config
        self.config.trusted_config_ids = config
        self.other = self._open(config)

    def _park(self):
        """A bill of 72.00 with 60.00 held on the card, sent while it is a draft."""
        payload = self._payload(
            self.session,
            [self._line(self.services[20], 72)],
            [self._hold_at(self.session, self.card, 60)],
            state="draft",
        )
        order, _answer = self._sync(payload)
        self.assertEqual((order.state, order.config_id), ("draft", self.config))
        self.assertCard(self.card, 40, held=60)
        return order, payload

    def test_bill_is_paid_elsewhere_and_posted_there(self):
        order, payload = self._park()
        rest = self._payment(self.cash_of(self.other), 12)
        self._sync(
            {
                **payload,
                "id": order.id,
                "access_token": order.access_token,
                "state": "paid",
                "session_id": self.other.id,
                "lines": [],
                "payment_ids": [rest],
                "amount_paid": 72,
            },
            self.cashier,
        )
        self.assertEqual((order.state, order.session_id), ("paid", self.other))
        self.assertEqual(sorted(order.payment_ids.mapped("amount")), [12, 60])
        self.assertCard(self.card, 40)
        entry = order.payment_ids.giftcard_entry_id
        self.assertEqual(entry.face, -60)
        self.assertEqual(entry.location_id, self.other.config_id.giftcard_location_id)
        self.assertTiesOut()
        self.assertPosted(self._close(self.session), liability=-100, money=100)
        self.assertPosted(
            self._close(self.other), liability=60, vat=-12, revenue=-60, money=12
        )
        self.assertTiesOut()
