# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Scenes in which cards are sold, loaded and given back."""

from datetime import timedelta

from catalogue import (
    CATALOGUE,
    FREE_AMOUNT,
    PACKAGES,
    PRINTED,
    CatalogueItem,
    find_top_ups,
)
from lib.bill import money
from locations import LOCATIONS
from scene import HOME, SINGLE_USE, Scene


class Selling(Scene):
    def sell(self, till, day, _visit):
        """A client buys a card, sometimes several, for one person or for more."""
        count = self.random.choices((1, 2, 3), (84, 13, 3))[0]
        together = count > 1 and self.random.random() < 0.5
        recipient = self.pick_recipient()
        bill = till.bill(partner_id=self.pick_client(0.6))
        sold = []
        for number in range(count):
            if number and not together:
                recipient = self.pick_recipient()
            choice = self._pick_item(day.occasion)
            details = self.prepare_details(bill, recipient, day.occasion)
            code = self._take_from_stock(till, choice.name)
            if code:
                scan = self._scan(till, code, choice.name)
                details["giftcard_reference"] = scan["reference"]
            sold.append((self._add_card(till, bill, choice, **details), choice, code))
        if self.random.random() < 0.12:
            bill.add(self.random.choice(HOME))
        bill.pay(self.pick_tender())
        sent = self.send(till, bill)
        cards = [
            self.carry(till, day, self._find_sent(sent, lines), choice, bill, code)
            for lines, choice, code in sold
        ]
        for group in [cards] if together else [[card] for card in cards]:
            self._decide(group, day)

    def sell_to_business(self, till, day, visit):
        """A business buys the same card for its people, and wants an invoice.

        What it buys on account is paid later, or not yet.
        """
        name, count, value, tender = visit.about
        choice = CatalogueItem(FREE_AMOUNT, value, 1)
        bill = till.bill(partner_id=self.businesses[name])
        bill.to_invoice = True
        details = {
            "giftcard_sender": name,
            "giftcard_message": "Thank you for this year with us.",
        }
        sold = [self._add_card(till, bill, choice, **details) for _n in range(count)]
        bill.pay(tender)
        sent = self.send(till, bill)
        for lines in sold:
            card = self.carry(till, day, self._find_sent(sent, lines), choice, bill)
            if tender == "bank":
                self._decide([card], day)

    def top_up(self, till, _day, visit):
        """A client puts money on a card that is known here already."""
        (card,) = visit.cards
        scan = self._scan(till, card.code, card.type_name)
        if scan["purpose"] != "topup":
            return
        choice = self.random.choice(find_top_ups(card.type_name))
        bill = till.bill(partner_id=card.buyer_id)
        details = {
            "giftcard_reference": scan["reference"],
            "giftcard_is_topup": True,
        }
        self._add_card(till, bill, choice, **details)
        bill.pay(self.pick_tender())
        self.send(till, bill)
        card.remaining += money(choice.worth)
        card.visits_remaining += 1
        self.tell("top-ups")

    def give_back(self, till, _day, visit):
        """A card goes back; what was paid for it and is left is paid out."""
        (card,) = visit.cards
        bill = till.bill(partner_id=card.buyer_id)
        till.refund_card(bill, card)
        bill.pay("bank")
        self.send(till, bill)
        self.tell("cards given back")

    # --- pieces

    def _decide(self, cards, day):
        """Let fate decide; some cards that are used again get more money before."""
        company = LOCATIONS[cards[0].salon]
        self.agenda.decide(cards, company)
        (card, *others) = cards
        if card.type_name in PACKAGES or others:
            return
        if card.visits_remaining > 1 and self.random.random() < 0.3:
            due = day.date + timedelta(self.random.randint(10, 60))
            self.agenda.add(due, "top_up", company, [card])

    def _pick_item(self, occasion):
        """Return what a client chooses; discovery cards are seldom presents."""
        weights = [
            choice.often / 3 if occasion and choice.name in SINGLE_USE else choice.often
            for choice in CATALOGUE
        ]
        return self.random.choices(CATALOGUE, weights)[0]

    def _take_from_stock(self, till, name):
        """Return the code of a printed card from the drawer, or none."""
        printed = self.stock.get(till.salon)
        if name == PRINTED and printed and self.random.random() < 0.5:
            self.tell("printed cards")
            return printed.pop()
        return None

    @staticmethod
    def _scan(till, code, name):
        return till.scan_for_sale(code, till.card_type(name).id)

    @staticmethod
    def _add_card(till, bill, choice, **details):
        card_type = till.card_type(choice.name)
        return till.add_card(bill, card_type, choice.price, choice.worth, **details)

    @staticmethod
    def _find_sent(sent, lines):
        return [sent.line(line["uuid"]) for line in lines]
