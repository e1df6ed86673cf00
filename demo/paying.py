"""Scenes in which services are paid for, with cards and without."""

from datetime import timedelta

from lib.bill import money
from scene import HOME, Scene


class Paying(Scene):
    def buy(self, till, _day, _visit):
        """A bill like any other."""
        bill = till.bill(partner_id=self.pick_client(0.4))
        for _number in range(self.random.choice((1, 1, 2))):
            self.add_treatment(bill)
        self.add_extras(bill)
        bill.pay(self.pick_tender())
        self.send(till, bill)

    def use(self, till, day, visit):
        """A client pays with one card or with several, and the rest otherwise."""
        cards = [card for card in visit.cards if self._can_pay(till, card)]
        if not cards:
            return
        bill = till.bill(partner_id=self.pick_client(0.25))
        if bill.partner_id and self.random.random() < 0.1:
            bill.to_invoice = True
        self._choose_services(bill, cards)
        for card in cards:
            due = bill.total - bill.paid
            if due > 0:
                self._hold_and_pay(till, bill, card, min(card.left, due))
        if bill.total > bill.paid:
            bill.pay(self.pick_tender())
        sent = self.send(till, bill)
        self._plan_what_follows(till, day, visit, sent)

    def use_by_mistake(self, till, day, visit):
        """The wrong card was scanned: the desk undoes the bill, and it is paid anew."""
        (card,) = visit.cards
        if not self._can_pay(till, card):
            return
        bill = till.bill()
        self.add_treatment(bill)
        left = card.left
        self._hold_and_pay(till, bill, card, min(card.left, bill.total))
        if bill.total > bill.paid:
            bill.pay("bank")
        sent = self.send(till, bill)
        till.ask_desk("giftcard_undo", sent.order["id"])
        card.left = left
        self.tell("undone uses")
        again = till.bill()
        for line in bill.lines:
            again.add_line_like(line)
        again.pay("bank")
        self.send(till, again)

    def return_goods(self, till, _day, visit):
        """A client brings a product back; its price goes back on the card."""
        line, payment, card = visit.about
        bill = till.bill()
        bill.add_refund(line)
        refund = bill.pay("giftcard", giftcard_refunded_payment_id=payment["id"])
        self.send(till, bill)
        card.left -= refund["amount"]
        self.tell("refunds to a card")

    # --- pieces

    @staticmethod
    def _can_pay(till, card):
        facts = till.lookup(card.code)
        return facts["available"] and not facts["refusal"]

    def _choose_services(self, bill, cards):
        if cards[0].is_single_use:
            self.add_treatment(bill, below=cards[0].left)
            return
        wanted = sum(card.left for card in cards) / max(cards[0].visits_left, 1)
        while bill.total < wanted * 3 / 4:
            self.add_treatment(bill)
        self.add_extras(bill)

    def _hold_and_pay(self, till, bill, card, amount):
        """Put a card on the bill; now and then the amount is lowered afterwards."""
        hold = till.hold(amount, card.code, bill=bill)
        if amount > 20 and self.random.random() < 0.05:
            lower = amount - 10
            hold = till.hold(lower, key=hold["key"], revision=2, bill=bill)
        bill.pay_with_hold(hold)
        card.left = money(hold["available"])
        self.tell("uses of a card")

    def _plan_what_follows(self, till, day, visit, sent):
        """Plan the next visit, and perhaps that something is brought back."""
        (card, *others) = visit.cards
        card.visits_left -= 1
        if card.left and card.visits_left > 0 and not others:
            due = day.date + self.agenda.next_wait()
            self.agenda.add(due, "use", visit.company, [card])
        payment = next(row for row in sent.payments.values() if row["giftcard_last4"])
        at_home = {till.items[name]["id"] for name in HOME}
        for line in sent.lines.values():
            price = money(line["price_subtotal_incl"])
            if line["product_id"] in at_home and money(payment["amount"]) >= price:
                if self.random.random() < 0.3:
                    due = day.date + timedelta(self.random.randint(1, 12))
                    about = line, payment, card
                    self.agenda.add(due, "return_goods", visit.company, [], about)
                return
