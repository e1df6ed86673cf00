# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ...deduction_common import GiftcardDeductionCommon


@tagged("post_install", "-at_install")
class TestMatching(CronMixinCase, GiftcardDeductionCommon):
    """What is open on the accounts of cards is what is on the cards."""

    def _match(self):
        return self.env["giftcard.accounting"]._match_ended()

    def _items(self, cards):
        items = self.env["account.move.line"].search(
            [("giftcard_card_id", "in", cards.ids), ("parent_state", "=", "posted")]
        )
        return items.filtered(lambda item: item.account_id.reconcile)

    def test_closing_asks_for_it_and_only_cards_that_are_over_are_matched(self):
        cron = self.env.ref("giftcard_salon.ir_cron_match")
        used, kept = self._sell(self.session, 100, 50)
        self._redeem(self.session, used, 60)
        self._redeem(self.session, used, 40)
        self._redeem(self.session, kept, 20)
        with self.capture_triggers(cron.id) as asked:
            self._close(self.session)
        self.assertEqual(len(asked.records), 1)
        cron.method_direct_trigger()
        self.assertEqual(self._items(used).mapped("reconciled"), [True] * 3)
        self.assertEqual(len(self._items(used).full_reconcile_id), 1)
        self.assertEqual(self._items(kept).mapped("reconciled"), [False] * 2)
        opened = self.env["account.move.line"].search(
            [("account_id", "=", self.liability.id), ("reconciled", "=", False)]
        )
        self.assertEqual(opened.giftcard_card_id, kept)
        self.assertEqual(sum(opened.mapped("balance")), -30)
        self.assertTiesOut()
        self.assertFalse(self._match())

    def test_refund_of_a_use_opens_the_card_again_until_it_is_used(self):
        card = self._sell(self.session, 100)
        order = self._redeem(self.session, card, 100)
        self._close(self.session)
        self._match()
        session = self._open()
        self._sync(self._refund_payload(order, session))
        self._close(session)
        self.assertFalse(self._match())
        opened = self._items(card).filtered(lambda item: not item.reconciled)
        self.assertEqual(opened.mapped("balance"), [-100])
        self.assertCard(card, 100)
        self.assertTiesOut()
        session = self._open()
        self._redeem(session, card, 100)
        self._close(session)
        self._match()
        self.assertEqual(self._items(card).mapped("reconciled"), [True] * 4)
        self.assertTiesOut()

    def test_services_and_tips_are_matched_on_accounts_that_can_be(self):
        package = self._make_package((self.massage, 2, 120), (None, 1, 10))
        card = self._sell_entitlements(package)
        massage = card.entitlement_ids.filtered(
            lambda part: part.liability_kind == "deferred"
        )
        self._redeem_entitlement(massage, 60)
        self._redeem_entitlement(massage, 60)
        self._close(self.session)
        self._match()
        items = self._items(card)
        self.assertEqual(
            {(item.account_id, item.reconciled) for item in items},
            {(self.deferred, True), (self.tips, False)},
        )
        used = items.filtered("reconciled")
        self.assertEqual(sorted(used.mapped("balance")), [-100, 50, 50])
        self.assertEqual(len(used.full_reconcile_id), 1)
        card._expire()
        self._match()
        self.assertEqual(set(self._items(card).mapped("reconciled")), {True})
        self.assertTiesOut()

    def test_set_up_of_an_update_lets_older_accounts_be_matched(self):
        self.company.chart_template = "generic_coa"
        card = self._sell(self.session, 100)
        self._redeem(self.session, card, 100)
        self._close(self.session)
        accounts = self.liability | self.company.giftcard_deferred_account_id
        accounts |= self.company.giftcard_tips_account_id
        accounts.flush_recordset()
        self.env.cr.execute(
            "UPDATE account_account SET reconcile = FALSE WHERE id IN %s",
            [tuple(accounts.ids)],
        )
        self.env.cr.execute(
            "UPDATE account_move_line SET amount_residual = 0, reconciled = FALSE,"
            " amount_residual_currency = 0 WHERE account_id IN %s",
            [tuple(accounts.ids)],
        )
        self.env.invalidate_all()
        self.env["giftcard.accounting"]._set_up_all()
        self.assertEqual(accounts.mapped("reconcile"), [True] * 3)
        self._match()
        self.assertEqual(self._items(card).mapped("reconciled"), [True] * 2)

    def test_a_batch_asks_for_the_next_one_and_a_bad_card_stops_none(self):
        cards = self._sell(self.session, 10, 20, 30)
        for card, amount in zip(cards, (10, 20, 30), strict=True):
            self._redeem(self.session, card, amount)
        self._close(self.session)
        accounting = self.env["giftcard.accounting"]
        first, second = accounting._find_ended(2)
        revenue = second.move_id.line_ids.filtered("tax_ids")[:1]
        with self.assertLogs("odoo.addons.giftcard_salon", "ERROR"):
            matched = accounting._match_together([second | revenue, first])
        self.assertEqual(matched, first)
        self.assertEqual(self._items(cards[0]).mapped("reconciled"), [True] * 2)
        self._match()
        self.assertTrue(all(self._items(cards[1] | cards[2]).mapped("reconciled")))

    def test_cards_that_cannot_be_matched_do_not_keep_the_others_waiting(self):
        """A whole batch of them, as a switched-off reconciliation left them."""
        cards = self._sell(self.session, 10, 20, 30)
        for card, amount in zip(cards, (10, 20, 30), strict=True):
            self._redeem(self.session, card, amount)
        self._close(self.session)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET amount_residual = 0,"
            " amount_residual_currency = 0 WHERE giftcard_card_id IN %s",
            [tuple(cards[:2].ids)],
        )
        self.env.invalidate_all()
        name = "odoo.addons.giftcard_salon.models.accounting.matching.matching.BATCH"
        with patch(name, 2):
            matched = self._match()
            self.assertFalse(self._match())
        self.assertEqual(matched, self._items(cards[2]))
        self.assertEqual(self._items(cards[2]).mapped("reconciled"), [True] * 2)
        self.assertEqual(self._items(cards[:2]).mapped("reconciled"), [False] * 4)
