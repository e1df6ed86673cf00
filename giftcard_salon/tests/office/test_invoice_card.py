# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..invoice_common import GiftcardInvoiceCommon


@tagged("post_install", "-at_install")
class TestInvoiceCard(GiftcardInvoiceCommon):
    """A gift card pays an invoice of the back office."""

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 100)
        self._close(self.session)

    def test_posted_invoice_is_paid_at_once(self):
        invoice = self._invoice(60)
        invoice.action_post()
        effect = self._redeem_card(invoice, self.card)
        self.assertRegex(effect, r"\$.?60.00 is taken from card ••\w{4} and pays")
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual((invoice.amount_tax, invoice.amount_residual), (10, 0))
        payment = invoice.giftcard_application_ids.paying_move_id
        self.assertPosted(payment, liability=60, money=-60)
        self.assertEqual(payment.journal_id, self.company.giftcard_journal_id)
        tagged_item = payment.line_ids.filtered("giftcard_entry_id")
        self.assertEqual(tagged_item.giftcard_entry_id.kind, "redeem")
        self.assertCard(self.card, 40, status="partial")
        self.assertBalances(liability=-40, revenue=-50, vat=-10, receivable=0)
        self.assertTiesOut()

    def test_payment_names_its_card_on_the_screen_and_on_paper(self):
        invoice = self._invoice(60)
        invoice.action_post()
        self._redeem_card(invoice, self.card, 45)
        (paid,) = invoice.invoice_payments_widget["content"]
        self.assertEqual((paid["amount"], paid["giftcard_name"]), (45, self.card.name))
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.account_invoices", invoice.ids
        )
        text = " ".join(etree.HTML(html).itertext())
        self.assertIn(f"by gift card {self.card.name}", " ".join(text.split()))

    def test_left_to_pay_stands_on_one_line(self):
        for xml_id in ("view_move_form", "view_order_form"):
            view = self.env.ref(f"giftcard_salon.{xml_id}")
            field = etree.fromstring(view.arch).find(
                ".//field[@name='giftcard_to_pay']"
            )
            row = field.getparent()
            self.assertEqual(row.tag, "div")
            self.assertEqual(row.find("span").text, "Left to pay:")
            for part in row:
                self.assertIn("text-nowrap", part.get("class"))

    def test_draft_invoice_reserves_and_pays_with_the_posting(self):
        invoice = self._invoice(60, 20)
        effect = self._redeem_card(invoice, self.card, 70)
        self.assertRegex(effect, r"reserved on card .*\$.?10.00 is left to pay")
        self.assertCard(self.card, 30, 70)
        self.assertEqual(invoice.giftcard_application_ids.state, "held")
        self.assertEqual(invoice.giftcard_to_pay, 10)
        self._posted(invoice)
        self.assertCard(self.card, 30)
        self.assertEqual(invoice.giftcard_application_ids.state, "captured")
        self.assertEqual((invoice.amount_residual, invoice.amount_tax), (10, 13.33))
        entry = self.card.entry_ids[0]
        self.assertEqual(
            (entry.kind, entry.channel, entry.source_name),
            ("redeem", "office", invoice.name),
        )
        self.assertBalances(liability=-30, revenue=-66.67, vat=-13.33, receivable=10)
        self.assertTiesOut()

    def test_saying_that_it_is_posted_pays_nothing(self):
        invoice = self._invoice(60)
        self._redeem_card(invoice, self.card)
        self._refused(
            "post it with its button", lambda: invoice.write({"state": "posted"})
        )
        self.assertCard(self.card, 40, 60)
        self._posted(invoice)
        self.assertCard(self.card, 40)
        sale = self._invoice(60)
        sale.invoice_line_ids.product_id = self.card_product
        self._refused(
            "post it with its button", lambda: sale.write({"state": "posted"})
        )

    def test_invoice_that_became_smaller_takes_less(self):
        invoice = self._invoice(80)
        self._redeem_card(invoice, self.card, 80)
        with Form(invoice) as form, form.invoice_line_ids.edit(0) as line:
            line.price_unit = 50
        self._posted(invoice)
        self.assertCard(self.card, 50)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertBalances(liability=-50, receivable=0)
        self.assertTiesOut()

    def test_two_cards_pay_one_invoice(self):
        session = self._open()
        other = self._sell(session, 50)
        invoice = self._invoice(120)
        self._redeem_card(invoice, self.card)
        self._redeem_card(invoice, other)
        self.assertEqual(
            invoice.giftcard_application_ids.mapped("paid_amount"), [100, 20]
        )
        self._posted(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(self.card, 0, status="used")
        self.assertCard(other, 30)
        self.assertTiesOut()

    def test_removing_deleting_and_cancelling_release(self):
        for way in ("remove", "delete", "cancel"):
            invoice = self._invoice(60)
            self._redeem_card(invoice, self.card)
            self.assertCard(self.card, 40, 60)
            if way == "remove":
                invoice.giftcard_application_ids.with_user(self.desk).action_remove()
            elif way == "delete":
                invoice.unlink()
            else:
                invoice.button_cancel()
            self._commit()
            self.assertCard(self.card, 100)

    def test_the_same_card_again_after_it_was_removed(self):
        invoice = self._invoice(60)
        self._redeem_card(invoice, self.card, 60)
        invoice.giftcard_application_ids.with_user(self.desk).action_remove()
        self._commit()
        self._redeem_card(invoice, self.card, 40)
        self.assertCard(self.card, 60, 40)
        self._posted(invoice)
        self.assertCard(self.card, 60)
        self.assertEqual(invoice.amount_residual, 20)

    def test_released_hold_is_taken_again_or_the_posting_is_refused(self):
        invoice = self._invoice(60)
        self._redeem_card(invoice, self.card)
        self.env["giftcard.redemption"]._release(invoice.giftcard_application_ids.key)
        self._commit()
        self._posted(invoice)
        self.assertCard(self.card, 40)
        other = self._invoice(30)
        self._redeem_card(other, self.card)
        self.env["giftcard.redemption"]._release(other.giftcard_application_ids.key)
        self._hold(self.card, 40)
        self._commit()
        self._refused("could not be used any more", other.action_post)

    def test_what_a_card_paid_is_not_undone_behind_its_back(self):
        invoice = self._invoice(60)
        self._redeem_card(invoice, self.card)
        payment = self._posted(invoice)
        self._refused("Make a credit note", invoice.button_draft)
        self._refused("stays as it is.*Refund the bill", payment.button_draft)
        self._refused(
            "has paid this invoice",
            invoice.giftcard_application_ids.with_user(self.desk).action_remove,
        )

    def test_refusals_are_sentences(self):
        invoice = self._invoice(60)
        wizard = self.env["giftcard.redeem"].with_user(self.desk)
        form = Form(wizard.with_context(default_move_id=invoice.id))
        form.code = "GC00 0000 0000 0000 00"
        self.assertRegex(form.refusal, "do not know this code")
        form.code = self.card._reveal()
        self.assertRegex(
            form.card_summary, r"••\w{4} · Test gift card · \$.?100.00 left · "
        )
        self.assertEqual(form.amount, 60)
        form.amount = 61
        record = form.save()
        self._refused("At most .*60.00", record.action_apply)
        self.card.sudo()._block("Lost")
        self.assertRegex(Form(record).refusal, "This card is blocked. Ask a manager.")
        self._refused("blocked", record.action_apply)

    def test_the_code_is_kept_nowhere(self):
        invoice = self._invoice(60)
        self._redeem_card(invoice, self.card)
        self.env.cr.execute("SELECT * FROM giftcard_redeem")
        stored = str(self.env.cr.dictfetchall())
        self.assertNotIn(self.card._reveal(), stored)
        self.assertNotIn("code", [d.name for d in self.env.cr.description])

    def test_no_card_without_its_code_and_no_wizard_without_the_right(self):
        invoice = self._invoice(60)
        wizard = self.env["giftcard.redeem"].with_user(self.desk)
        record = wizard.create(
            {"move_id": invoice.id, "card_id": self.card.id, "amount": 60}
        )
        self._refused("Type or scan the code", record.action_apply)
        with self.assertRaises(AccessError):
            invoice.with_user(self.cashier).action_apply_giftcard()
        with self.assertRaises(AccessError):
            self.env["giftcard.redeem"].with_user(self.cashier).create({})

    def test_card_for_one_use_loses_its_rest(self):
        once = self._make_type(name="Once", is_single_use=True)
        session = self._open()
        payload = self._payload(
            session,
            [self._line(once.product_ids.product_variant_ids, 50)],
            [self._payment(self.cash_of(session), 50)],
        )
        order, _answer = self._sync(payload)
        self._close(session)
        card = order.lines.giftcard_card_id
        invoice = self._invoice(30)
        self._redeem_card(invoice, card)
        payment = self._posted(invoice)
        self.assertPosted(payment, liability=50, lost=-20, money=-30)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertCard(card, 0)
        self.assertTiesOut()
