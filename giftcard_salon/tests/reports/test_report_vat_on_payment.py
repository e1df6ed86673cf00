# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from ..french_common import GiftcardFrenchCommon
from .report_life_common import MONTHS, GiftcardReportLifeCommon


@tagged("post_install", "-at_install", "giftcard_french")
class TestReportVatOnPayment(GiftcardFrenchCommon):
    """Services taxed on payment: a card pays 90.00 of 120.00, a bank 30.00."""

    _report = GiftcardReportLifeCommon._report
    _cells = GiftcardReportLifeCommon._cells
    _open_drill = GiftcardReportLifeCommon._open_drill

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            "giftcard_vat_accountant",
            groups="base.group_user,account.group_account_readonly,"
            "giftcard_salon.group_accountant",
            company_id=cls.company.id,
        )

    def setUp(self):
        with freeze_time("2026-01-10 10:00:00"):
            super().setUp()
            self.card = self._sell(self.session, 90)
            self._close(self.session)

    def _pay(self, invoice):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({}).action_create_payments()

    def _read_tags(self, first, last):
        """The table by tags, as its drills have it."""
        table = self._report("vat", first, last)["tables"][2]
        figures = {}
        for row in table["rows"]:
            items = self._open_drill(row["drill"])
            amount = row["cells"]["amount"]
            self.assertEqual(round(-sum(items.mapped("balance")), 2), amount)
            figures[row["label"]] = amount
        return figures

    def _tags(self, base, vat):
        """The boxes of the French return at 20 %: the base stands in two of them."""
        return {"A1": base, "08_base": base, "08_taxe": vat}

    def test_vat_by_its_tags_when_the_card_pays_and_when_the_bank_does(self):
        with freeze_time("2026-01-20 10:00:00"):
            invoice = self._treatment_invoice(120)
            self._posted(invoice)
        with freeze_time("2026-02-10 10:00:00"):
            self._redeem_card(invoice, self.card)
        with freeze_time("2026-03-10 10:00:00"):
            self._pay(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        months = [self._read_tags(*month) for month in MONTHS]
        self.assertEqual(months, [{}, self._tags(75, 15), self._tags(25, 5)])
        for month, used in zip(MONTHS, ((0, 0), (75, 15), (0, 0)), strict=True):
            report = self._report("vat", *month)
            cells = self._cells(report["tables"][0], "Total")
            self.assertEqual((cells["base_used"], cells["vat_used"]), used, month)
            self.assertEqual(report["banner"]["kind"], "success")

    def test_card_that_pays_at_once_and_a_bill_invoiced_late(self):
        with freeze_time("2026-02-10 10:00:00"):
            invoice = self._treatment_invoice(120)
            self._redeem_card(invoice, self.card)
            self._posted(invoice)
        self.assertEqual(self._read_tags(*MONTHS[1]), self._tags(75, 15))
        with freeze_time("2026-03-10 10:00:00"):
            session = self._open()
            card = self._sell(session, 60)
            bill = self._redeem(session, card, 60, partner_id=self.client.id)
            self._close(session)
            before = self._read_tags(*MONTHS[2])
            bill.action_pos_order_invoice()
        self.assertEqual(self._read_tags(*MONTHS[2]), before)

    def test_banner_says_what_the_report_covers(self):
        """A bill and an invoice without a card are in the books, and not in this."""
        with freeze_time("2026-03-10 10:00:00"):
            session = self._open()
            lines = [self._line(self.care, 60)]
            self._sync(self._payload(session, lines, [self._payment(self.bank, 60)]))
            self._close(session)
            self._posted(self._treatment_invoice(60))
        report = self._report("vat", *MONTHS[2])
        self.assertEqual(self._cells(report["tables"][0], "Total")["base_used"], 0)
        self.assertEqual(self._cells(report["tables"][1], "Total")["base_all"], 0)
        text = report["banner"]["text"]
        self.assertNotIn("Everything", text)
        self.assertIn("What has no gift card in it is left out.", text)
