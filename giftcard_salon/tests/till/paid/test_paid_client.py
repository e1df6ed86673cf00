# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged

from ...invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install")
class TestPaidClient(GiftcardInvoiceCommon):
    """The ledger names whose bill a card paid, not whom the till knew at the scan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.partner"].create({"name": "Noor Haddad"})

    def _named(self, card, kind="redeem"):
        entry = card.entry_ids.filtered(lambda own: own.kind == kind)
        return entry.partner_ref, entry.redemption_id.partner_ref

    def test_client_of_the_paid_bill(self):
        session = self._open()
        for at_scan, paid_by, named in (
            (self.client, self.other, self.other),
            (None, self.other, self.other),
            (self.client, None, None),
        ):
            with self.subTest(at_scan=at_scan, paid_by=paid_by):
                card = self._sell(session, 50)
                held = self._hold_at(
                    session, card, 20, partner_id=at_scan and at_scan.id
                )
                payload = self._payload(
                    session,
                    [self._line(self.services[20], 20)],
                    [held],
                    partner_id=paid_by and paid_by.id,
                )
                self._sync(payload, self.cashier)
                expected = named.id if named else 0
                self.assertEqual(self._named(card), (expected, expected))

    def test_refund_names_the_client_of_the_refund(self):
        session = self._open()
        card = self._sell(session, 50)
        order = self._redeem(session, card, 20, partner_id=self.client.id)
        payload = self._refund_payload(order, session)
        self._sync({**payload, "partner_id": self.other.id})
        self.assertEqual(self._named(card, "refund")[0], self.other.id)

    def test_client_of_the_invoice(self):
        card = self._sell(self._open(), 100)
        invoice = self._invoice(60)
        self._redeem_card(invoice, card, 20)
        invoice.with_user(self.desk).partner_id = self.other
        self._posted(invoice)
        self.assertEqual(self._named(card), (self.other.id, self.other.id))

    def test_client_of_the_order(self):
        card = self._sell(self._open(), 100)
        order = self._order(60)
        self._redeem_card(order, card, 20)
        order.with_user(self.desk).partner_id = self.other
        order.action_confirm()
        self._commit()
        self._posted(self._invoice_of(order))
        self.assertEqual(self._named(card), (self.other.id, self.other.id))
