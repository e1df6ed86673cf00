# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import tagged
from odoo.tools import SQL

from .currency_common import GiftcardCurrencyCommon


@tagged("post_install", "-at_install")
class TestForeignCards(GiftcardCurrencyCommon):
    """Cards in another currency carry what was received for them: IFRIC 22."""

    def setUp(self):
        super().setUp()
        self.euro = self.env.ref("base.EUR")
        self.session = self._make_foreign_till(self.euro)
        self._set_rate(self.euro, 1.25)
        self.gain = self.company.income_currency_exchange_account_id
        self.loss = self.company.expense_currency_exchange_account_id

    def _next(self, rate):
        """Close the till; open it again when the rate is another one."""
        config = self.session.config_id
        move = self._close(self.session)
        self._set_rate(self.euro, rate)
        self.session = self._open(config)
        return move

    def _redeem_card(self, card, amount):
        payments = [self._hold_at(self.session, card, amount)]
        return self._bill(self.session, payments, amount)

    def _get_open(self):
        items = self.env["account.move.line"].search(
            [("account_id", "=", self.liability.id), ("parent_state", "=", "posted")]
        )
        return (
            round(-sum(items.mapped("amount_currency")), 2),
            round(-sum(items.mapped("balance")), 2),
        )

    def _sum(self, move, account):
        items = move.line_ids.filtered(lambda item: item.account_id == account)
        return round(sum(items.mapped("balance")), 2)

    def _carried(self, card):
        self.env.cr.execute(
            "SELECT kind, company_net FROM giftcard_entry WHERE card_id = %s"
            " AND net <> 0 ORDER BY id",
            [card.id],
        )
        return [(kind, float(amount)) for kind, amount in self.env.cr.fetchall()]

    def test_a_card_used_at_other_rates_leaves_nothing(self):
        card = self._sell_foreign(self.session, 110)
        self._next(1.10)
        self.assertEqual(self._get_open(), (110, 88))
        self._redeem_card(card, 66)
        first = self._next(1.00)
        self.assertEqual(self._get_open(), (44, 35.2))
        self.assertPosted(first, liability=52.8, money=7.2, vat=-10, revenue=-50)
        self.assertEqual(self._sum(first, self.loss), 7.2)
        self.assertTiesOut()
        self._redeem_card(card, 44)
        last = self._close(self.session)
        self.assertEqual(self._get_open(), (0, 0))
        self.assertEqual(self._sum(last, self.liability), 35.2)
        self.assertEqual(self._sum(last, self.loss), 8.8)
        self.assertEqual(
            self._carried(card), [("sale", 88), ("redeem", -52.8), ("redeem", -35.2)]
        )
        self.env["giftcard.accounting"]._match_ended()
        items = card.journal_item_ids.filtered(
            lambda item: item.account_id == self.liability
        )
        self.assertEqual(items.mapped("reconciled"), [True] * 3)
        self.assertEqual(len(items.full_reconcile_id), 1)
        exchange = self.company.currency_exchange_journal_id
        self.assertFalse(
            self.env["account.move"].search([("journal_id", "=", exchange.id)])
        )
        self.assertTiesOut()

    def test_a_dearer_currency_is_a_gain(self):
        card = self._sell_foreign(self.session, 120)
        self._next(2)
        self._redeem_card(card, 120)
        move = self._close(self.session)
        self.assertPosted(move, liability=96, money=-36, vat=-10, revenue=-50)
        self.assertEqual(self._sum(move, self.gain), -36)
        self.assertEqual(self._get_open(), (0, 0))
        self.assertTiesOut()

    def test_a_refunded_use_brings_back_what_it_took(self):
        card = self._sell_foreign(self.session, 110)
        self._next(1.10)
        order = self._redeem_card(card, 66)
        self._next(1.00)
        self._sync(self._refund_payload(order, self.session))
        move = self._close(self.session)
        self.assertEqual(self._sum(move, self.liability), -52.8)
        self.assertEqual(self._get_open(), (110, 88))
        self.assertEqual(self._carried(card)[-1], ("refund", 52.8))
        self.assertTiesOut()

    def test_a_rate_entered_after_the_sale_leaves_the_card_at_the_old_one(self):
        card = self._sell_foreign(self.session, 100)
        self._set_rate(self.euro, 1.00)
        move = self._close(self.session)
        self.assertEqual(self._carried(card), [("sale", 80)])
        self.assertEqual(self._sum(move, self.liability), -80)
        self.assertEqual(self._sum(move, self.gain), -20)
        self.assertTiesOut()

    def test_money_added_and_money_given_back_at_other_rates(self):
        card = self._sell_foreign(self.session, 100)
        self._next(1.00)
        self._redeem_card(card, 50)
        entries = card._adjust(30, "Goodwill")
        self.assertEqual(self._carried(card)[-1], ("adjust", 30))
        self.env["giftcard.accounting"]._post_entries(
            entries, self.company_data["default_account_expense"], "Goodwill"
        )
        self._close(self.session)
        self.assertEqual(self._get_open(), (80, 70))
        card._end("expire", "expired", "Over")
        self.assertEqual(self._carried(card)[-1], ("expire", -70))
        self.assertEqual(self._get_open(), (0, 0))

    def test_a_lost_card_hands_on_what_it_carries(self):
        card = self._sell_foreign(self.session, 100)
        self._set_rate(self.euro, 1.00)
        new = card._replace("Lost")
        self.assertEqual(self._carried(card)[-1], ("move_out", -80))
        self.assertEqual(self._carried(new), [("move_in", 80)])

    def test_an_expired_card_leaves_at_what_it_carries(self):
        card = self._sell_foreign(self.session, 100)
        self._next(1.00)
        card._end("expire", "expired", "Over")
        self.assertEqual(self._get_open(), (0, 0))
        move = card.journal_item_ids.sorted("id")[-1:].move_id
        income = self.company.giftcard_income_account_id
        self.assertEqual((self._sum(move, income), len(move.line_ids)), (-80, 2))
        card._unexpire("Goodwill")
        self.assertEqual(self._carried(card)[-1], ("unexpire", 80))
        self.assertEqual(self._get_open(), (100, 80))
        self.assertTiesOut()

    def test_the_ledger_signs_what_it_carries(self):
        self._sell_foreign(self.session, 100)
        seals = self.env["giftcard.seal"]
        rows = self.env.execute_query_dict(
            seals._read_query(SQL("WHERE company_net IS NOT NULL"))
        )
        keys = self.env["giftcard.card"]._load_keys()
        self.assertTrue(rows)
        for row in rows:
            self.assertTrue(seals._is_posted(keys, row))
            self.assertFalse(seals._is_posted(keys, {**row, "company_net": "81"}))
            self.assertFalse(seals._is_posted(keys, {**row, "company_net": None}))
