# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Scenes in which services are paid for, with cards and without."""

from datetime import timedelta

from lib.bill import money
from locations import LOCATIONS
from scene import HOME
from taking import Taking

FROM_CARD = ("deduction", "bonus")
BEFORE_CONVERSION = 20  # redemptions before somebody changes a card


class Paying(Taking):
    def buy(self, till, _day, _visit):
        """A bill like any other."""
        bill = till.bill(partner_id=self.pick_client(0.4))
        for _number in range(self.random.choice((1, 1, 2))):
            self.add_treatment(bill)
        self.add_extras(bill)
        bill.pay(self.pick_tender())
        self.send(till, bill)

    def redeem(self, till, day, visit):
        """A client pays with one card or with several, and the rest otherwise."""
        cards = [card for card in visit.cards if self._can_pay(till, card)]
        if not cards:
            return
        if self._wants_conversion(cards, visit):
            self.convert(till, cards[0])
        bill = till.bill(partner_id=self.pick_client(0.25))
        if bill.partner_id and self.random.random() < 0.1:
            bill.to_invoice = visit.company == LOCATIONS[cards[0].salon]
        for card in cards:
            if card.has_entitlements:
                self.redeem_entitlements(bill, card)
        if paying := [card for card in cards if not card.has_entitlements]:
            self._choose_services(bill, paying)
            for card in paying:
                due = bill.total - bill.paid
                if due > 0:
                    self._hold_and_pay(till, bill, card, min(card.remaining, due))
        self.pay_remaining(bill)
        sent = self.send(till, bill)
        self.tell("redemptions of a card", len(cards))
        if visit.company != LOCATIONS[cards[0].salon]:
            self.tell("redemptions in the other company", len(cards))
        self._plan_what_follows(till, day, visit, sent)

    def redeem_by_mistake(self, till, day, visit):
        """The wrong card was scanned: the desk undoes the bill, and it is paid anew."""
        (card,) = visit.cards
        if not self._can_pay(till, card):
            return
        bill = till.bill()
        amount_before = card.remaining
        if card.has_entitlements:
            self.redeem_entitlements(bill, card)
        else:
            self.add_treatment(bill)
            self._hold_and_pay(till, bill, card, min(card.remaining, bill.total))
        if bill.total > bill.paid:
            bill.pay("bank")
        sent = self.send(till, bill)
        till.ask_desk("giftcard_undo", sent.order["id"])
        card.remaining = amount_before
        self.tell("undone redemptions")
        again = till.bill()
        for line in bill.lines:
            if line.get("giftcard_role") not in FROM_CARD:
                again.add_line_like(line)
        again.pay("bank")
        self.send(till, again)

    def return_goods(self, till, _day, visit):
        """A client brings a product back; its price goes back on the card."""
        line, payment, card = visit.about
        bill = till.bill()
        bill.add_refund(line)
        till.refund_to_card(bill, payment["id"], float(-bill.total))
        self.send(till, bill)
        card.remaining = money(till.lookup(card.code)["available"])
        self.tell("refunds to a card")

    # --- pieces

    def _choose_services(self, bill, cards):
        if cards[0].is_single_use:
            self.add_treatment(bill, below=cards[0].remaining)
            return
        wanted = sum(card.remaining for card in cards) / max(
            cards[0].visits_remaining, 1
        )
        while bill.total < wanted * 3 / 4:
            self.add_treatment(bill)
        self.add_extras(bill)

    def _hold_and_pay(self, till, bill, card, amount):
        """Put a card on the bill; now and then the amount is lowered afterwards."""
        hold = till.hold(amount, card.code, bill=bill)
        if amount > 20 and self.random.random() < 0.05:
            hold = till.hold(amount - 10, held=hold, bill=bill)
        till.apply_hold(bill, hold)
        card.remaining = money(hold["available"])

    def _wants_conversion(self, cards, visit):
        """Tell whether a client wants something else; one in the year does."""
        (card, *others) = cards
        return (
            card.has_entitlements
            and not others
            and visit.company == LOCATIONS[card.salon]
            and not self.done["cards changed"]
            and self.done["redemptions of a card"] > BEFORE_CONVERSION
        )

    def _plan_what_follows(self, till, day, visit, sent):
        """Plan the next visit, and perhaps that something is brought back."""
        (card, *others) = visit.cards
        card.visits_remaining -= 1
        if card.remaining and card.visits_remaining > 0 and not others:
            due = day.date + self.agenda.next_wait()
            company = self.agenda.choose_company(LOCATIONS[card.salon])
            self.agenda.add(due, "redeem", company, [card])
        payment = next(
            (row for row in sent.payments.values() if row["giftcard_last4"]), None
        )
        if not payment:
            return
        at_home = {till.items[name]["id"] for name in HOME}
        for line in sent.lines.values():
            price = money(line["price_subtotal_incl"])
            is_home_item = line["product_id"] in at_home and not line["giftcard_role"]
            if is_home_item and money(payment["amount"]) >= price:
                if self.random.random() < 0.3:
                    due = day.date + timedelta(self.random.randint(1, 12))
                    about = line, payment, card
                    self.agenda.add(due, "return_goods", visit.company, [], about)
                return
