# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..deduction_common import GiftcardDeductionCommon
from ..group_common import GiftcardGroupCommon
from ..invoice_common import DESK, GiftcardInvoiceMixin


@tagged("post_install", "-at_install", "giftcard_runner")
class TestGroupDeduction(
    GiftcardInvoiceMixin, GiftcardGroupCommon, GiftcardDeductionCommon
):
    """A single-purpose card of company A at the till of company B (C47)."""

    def setUp(self):
        super().setUp()
        self.there = self._open_other()

    def _redeem_there(self, part, amount, price=None, **values):
        """Use a part at the till of company B; return the bill."""
        self.session = self.there
        with self._at_other():
            order = self._redeem_entitlement(
                part.with_env(self.env), amount, price, **values
            )
        return order.with_env(self.env)

    def test_pair_nets_to_zero_where_the_service_is_given(self):
        self.massage.with_company(self.other).giftcard_agreed_price = 70
        self.other.giftcard_invoicing = "use"
        card = self._sell_entitlements(self._make_package((self.massage, 1, 100)))
        self._close(self.session)
        self.assertPostings(self.company, deferred=-83.33, vat=-16.67)
        order = self._redeem_there(card.entitlement_ids, 100)
        self.assertEqual(order.amount_total, 0)
        self.assertCard(card, 0, status="used")
        self.assertBothTieOut()
        move = self._close_other(self.there)
        self.assertPostings(self.other, revenue=0, vat=0, receivable=0, deferred=0)
        self.assertFalse(move.line_ids.giftcard_entry_id)
        self._run_queue()
        self.assertPostings(
            self.company, deferred=0, revenue=-83.33, vat=-16.67, payable=-84
        )
        self.assertPostings(self.other, revenue=-70, vat=-14, receivable=84)
        self.assertBothTieOut()

    def test_dearer_service_is_topped_up_with_vat_there(self):
        """C35 between companies: 45.00 for a unit of 33.33."""
        card = self._sell_entitlements(self._make_package((self.massage, 3, 100)))
        dearer = self._make_service("Long massage", 45)
        dearer.sudo().taxes_id += self.other_taxes[20]
        self.env.invalidate_all()
        self._redeem_there(card.entitlement_ids, 33.33, 45, product=dearer)
        self._close_other(self.there)
        self.assertPostings(self.other, revenue=-9.72, vat=-1.95, receivable=0)
        self._run_queue()
        self.assertPostings(self.company, revenue=-27.77)
        self.assertEqual(self._rows().agreed_net, 27.77)

    def test_amount_card_buys_what_has_its_rate_there(self):
        card = self._sell_entitlements(self.amount_type, 100)
        facts = self.other_giftcard.with_user(self.other_cashier).giftcard_lookup(
            card._reveal(), self.there.id
        )
        self.assertEqual(facts["entitlements"][0]["tax_ids"], self.other_taxes[20].ids)
        self._redeem_there(card.entitlement_ids, 60)
        with self.assertRaisesRegex(UserError, "VAT"):
            self._redeem_there(card.entitlement_ids, 10, product=self.services[10])
        self._close_other(self.there)
        self._run_queue()
        self.assertPostings(self.other, revenue=0, vat=0)
        self.assertEqual(self._rows().mapped("net"), [50])

    def test_money_back_there_is_the_opposite(self):
        card = self._sell_entitlements(self._make_package((self.massage, 1, 100)))
        self._close(self.session)
        order = self._redeem_there(card.entitlement_ids, 100)
        with self._at_other():
            self._give_back(order.with_env(self.env), payments=[])
        self.assertCard(card, 100)
        self.assertEqual(self._rows().mapped("agreed_net"), [83.33, -83.33])
        self._close_other(self.there)
        self._run_queue()
        self.assertPostings(self.company, deferred=-83.33, revenue=0)
        self.assertFalse(self._rows().sudo().invoice_id)
        self.assertBothTieOut()

    def _make_desk(self, companies):
        """Somebody at the desk of company B, with access to these companies."""
        self.desk = new_test_user(
            self.env,
            "giftcard_desk_b",
            groups=DESK,
            company_id=self.other.id,
            company_ids=[Command.set(companies.ids)],
        )

    def test_invoice_of_the_office_there(self):
        """The deduction is on the item's account, too: company B has sold no card."""
        card = self._sell_entitlements(self._make_package((self.massage, 1, 100)))
        self._close(self.session)
        both = self.other | self.company
        self._make_desk(both)
        moves = self.env["account.move"].with_user(self.desk)
        invoice = moves.with_context(allowed_company_ids=both.ids).create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client.id,
                "journal_id": self.other_data["default_journal_sale"].id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.massage.id,
                            "price_unit": 100,
                            "tax_ids": [Command.set(self.other_taxes[20].ids)],
                        }
                    )
                ],
            }
        )
        self._redeem_card(invoice, card)
        self._posted(invoice)
        self.assertPostings(self.other, revenue=0, vat=0, deferred=0)
        self._run_queue()
        self.assertPostings(self.company, deferred=0, revenue=-83.33)
        self.assertBothTieOut()

    def test_credit_note_of_an_invoiced_bill_there(self):
        """What the office of company B takes back is on the card again."""
        journal = self.other_data["default_journal_sale"]
        self.other_config.invoice_journal_id = journal
        card = self._sell_entitlements(self._make_package((self.massage, 1, 100)))
        self._close(self.session)
        values = {"partner_id": self.client.id, "to_invoice": True}
        order = self._redeem_there(card.entitlement_ids, 100, **values)
        self._close_other(self.there)
        self._run_queue()
        self._make_desk(self.other)
        with self._at_other():
            self._credit(order.account_move.with_env(self.env))
        self._run_queue()
        self.assertCard(card, 100)
        self.assertPostings(self.company, deferred=-83.33, revenue=0)
        self.assertPostings(self.other, revenue=0, vat=0, deferred=0)
        self.assertEqual(self._rows().mapped("kind"), ["redeem", "refund"])
        self.assertBothTieOut()

    def test_card_is_changed_only_where_it_was_sold(self):
        card = self._sell_entitlements(self._make_package((self.massage, 1, 100)))
        request = {
            "session_id": self.there.id,
            "code": card._reveal(),
            "keys": ["a-credit-line-uuid"],
        }
        till = self.other_giftcard.with_user(self.other_cashier)
        with self.assertRaisesRegex(UserError, "it can be changed there only"):
            till.giftcard_hold_conversion(request)
