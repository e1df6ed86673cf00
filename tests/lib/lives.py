# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Random lives of gift cards, as steps of a case whose figures the model works out.

One seed gives one list of steps. Several cards live side by side: they share days,
till sessions and accounts, and each has its own schedule.
"""

from datetime import date, timedelta
from fractions import Fraction

from lib.exact import CENT, ZERO, show
from lib.exact_case import ExactCase

RATES = ("20", "10", "5.5")
FIRST_DAY = date(2026, 3, 1)
NEW_DAY = 0.15
LONGEST_LIFE = 6


class Life:
    """One card: what may happen to it next.

    :param random.Random choice: the only source of chance
    :param ExactCase model: knows what is left on the card
    """

    def __init__(self, choice, model, name):
        self.choice = choice
        self.model = model
        self.name = name
        self.kind = choice.choice(("plain", "plain", "bonus", "package", "amount"))
        self.rate = choice.choice(RATES)
        self.longest = choice.randint(1, LONGEST_LIFE)
        self.is_over = False
        self.is_loaded = False
        self.may_expire = choice.random() < 0.2
        self.session = None
        self.uses = []
        self.pending = None
        self.steps = 0

    @property
    def card(self):
        return self.model.cards[self.name]

    # --- selling

    def sell(self):
        price = self.money(500, 20000)
        face = price
        if self.kind == "bonus" or (
            self.kind == "amount" and self.choice.random() < 0.3
        ):
            face += self.money(1, 5000)
        common = {"card": self.name, "tender": "bank"}
        if self.kind in ("plain", "bonus"):
            return "sale", {**common, "price": show(price), "face": show(face)}
        units = self.choice.randint(1, 7) if self.kind == "package" else None
        sale = {**common, "gross": show(price), "tax": self.rate, "units": units}
        if face != price:
            sale["face"] = show(face)
        return "sale", sale

    def money(self, low, high):
        """Return an amount between two numbers of cents; often an awkward one."""
        return self.choice.randint(low, high) * CENT

    # --- what comes next

    def next(self, session):
        """Return the next event and its input; None when nothing can happen."""
        if self.pending:
            pending, self.pending = self.pending, None
            return pending
        self.steps += 1
        if self.steps > self.longest:
            return self.end(session)
        options = [self.use] * 4
        if self.uses:
            options += [self.take_back]
        if self.kind in ("plain", "bonus"):
            options += [self.hold, self.reload]
        elif self.kind == "amount":
            options += [self.reload]
        if self.kind in ("package", "amount"):
            options += [self.convert]
        self.choice.shuffle(options)
        for option in options:
            if found := option(session):
                return found
        return self.end(session)

    @property
    def left(self):
        return self.card.total("face")

    def use(self, session):
        if not self.left:
            return None
        if self.card.kind == "SPV":
            return self.redeem_single()
        lines = [
            {"gross": show(self.money(1, 9000)), "tax": self.choice.choice(RATES)}
            for _number in range(self.choice.randint(1, 4))
        ]
        if self.choice.random() < 0.4:
            lines = [{**line, "tax": lines[0]["tax"]} for line in lines]
        total = sum((Fraction(line["gross"]) for line in lines), ZERO)
        face = min(total, self.left)
        if self.choice.random() < 0.3:
            face = max(CENT, face - self.money(1, 3000))
        data = {
            "lines": lines,
            "cards": {self.name: {"face_used": show(face)}},
            "other_tenders": {},
        }
        if total > face:
            data["other_tenders"] = {"bank": show(total - face)}
        rates = {line["tax"] for line in lines}
        if len(rates) == 1 and total == face:
            self.uses.append([None, face, face, rates.pop()])
        return "redeem", data

    def redeem_single(self):
        part = self.card.pool
        price = part.next_price()
        face = price
        if not part.units or self.choice.random() < 0.3:
            face = min(self.left, self.money(1, 9000))
        data = {"card": self.name, "allocated_gross": show(face)}
        if part.units and face == price:
            data["units"] = 1
        if self.choice.random() < 0.4:
            data["service_price"] = show(face + self.money(1, 4000))
        if self.choice.random() < 0.3:
            data["lines"] = [{"gross": show(self.money(1, 5000)), "tax": "10"}]
        self.uses.append([None, face, face, None])
        return "redeem", data

    def note(self, number, event):
        """Remember the number of the step that was made of the last use."""
        if event == "redeem" and self.uses and self.uses[-1][0] is None:
            self.uses[-1][0] = number

    def take_back(self, session):
        """Undo a use, or give a part of a bill back to the card."""
        use = self.choice.choice(self.uses)
        number, whole, left, rate = use
        if self.card.kind == "SPV":
            self.uses.remove(use)
            return "undo_redeem", {"card": self.name, "reverses_step": number}
        if rate is None:
            # the use of a card that was changed into this one
            self.uses.remove(use)
            return None
        gross = left
        if self.choice.random() < 0.5:
            gross = max(CENT, left - self.money(1, int(left / CENT)))
        use[2] -= gross
        if not use[2]:
            self.uses.remove(use)
        return "refund_to_card", {
            "card": self.name,
            "gross": show(gross),
            "tax": rate,
            "original_step": number,
        }

    def hold(self, session):
        """Reserve an amount; the next event of this card releases it."""
        if not self.left:
            return None
        face = min(self.left, self.money(1, 9000))
        common = {
            "card": self.name,
            "amount": show(face),
            "key": f"{self.name} {self.steps}",
        }
        release = {**common, "available_after": show(self.left)}
        self.pending = "release", release
        return "hold", {**common, "available_after": show(self.left - face)}

    def reload(self, session):
        if self.is_loaded or self.card.state != "active" or not self.left:
            return None
        if self.kind == "amount" and self.card.total("face") != self.card.total("paid"):
            return None
        self.is_loaded = True
        self.uses.clear()
        price = self.money(100, 9000)
        face = price + (self.money(1, 3000) if self.kind == "bonus" else ZERO)
        if self.kind == "amount":
            return "reload", {"card": self.name, "gross": show(price)}
        return "reload", {
            "card": self.name,
            "price": show(price),
            "face": show(face),
            "tender": "bank",
        }

    def convert(self, session):
        card = self.card
        if (
            card.kind != "SPV"
            or not self.left
            or self.left != card.total("paid")
            or self.choice.random() < 0.8
        ):
            return None
        old, self.name = self.name, f"{self.name}x"
        self.kind, self.is_loaded, self.session = "plain", True, None
        self.may_expire = False
        self.uses.clear()
        return "convert_spv_to_mpv", {
            "card": old,
            "to": self.name,
            "gross": show(self.remaining_of(old)),
        }

    def remaining_of(self, name):
        return self.model.cards[name].total("face")

    # --- the end

    def end(self, session):
        """Use up, give back, or leave the card; one event at most."""
        self.is_over = True
        if not self.left or self.may_expire or self.choice.random() < 0.3:
            return None
        if self.choice.random() < 0.5 and not self.is_loaded:
            return self.give_back(session)
        face = show(self.left)
        if self.card.kind == "SPV":
            return "redeem", {"card": self.name, "allocated_gross": face}
        return "redeem", {
            "lines": [{"gross": face, "tax": self.rate}],
            "cards": {self.name: {"face_used": face}},
            "other_tenders": {},
        }

    def give_back(self, session):
        card = self.card
        if session == self.session and self.left == card.total("face0"):
            return "cancel", {"card": self.name, "reverses_step": self.sold_in}
        return "refund_card_sale", {
            "card": self.name,
            "amount": show(card.total("paid")),
        }


def random_case(choice, name, lives=10):
    """Return a case of several random lives, with the sessions it is to be played in.

    :param random.Random choice: the only source of chance
    """
    rounding = choice.choice(("global", "per_line"))
    writer = Writer(choice, rounding)
    model = writer.model
    open_lives = [Life(choice, model, f"L{number}") for number in range(1, lives + 1)]
    waiting, living = list(open_lives), []
    while waiting or living:
        is_held = any(life.pending for life in living)
        if not is_held and choice.random() < NEW_DAY:
            writer.next_day()
        if waiting and (not living or choice.random() < 0.4):
            life = waiting.pop()
            writer.write(life, life.sell())
            life.session, life.sold_in = writer.session, len(writer.steps)
            living.append(life)
            continue
        life = choice.choice(living)
        writer.write(life, life.next(writer.session))
        if life.is_over:
            living.remove(life)
    writer.next_day()
    for life in open_lives:
        if life.may_expire and life.card.state == "active" and life.left:
            writer.write(life, ("expire", {"card": life.name}))
    return {
        "id": name,
        "title": f"{lives} random lives",
        "jurisdiction": "EU/FR",
        "currency": "EUR",
        "rounding": rounding,
        "tags": ["random"],
        "steps": writer.steps,
        "sessions": writer.sessions,
    }


class Writer:
    """Writes steps down, day by day."""

    def __init__(self, choice, rounding):
        self.model = ExactCase(rounding)
        self.steps = []
        self.sessions = [[]]
        self.day = FIRST_DAY

    @property
    def session(self):
        return len(self.sessions)

    def next_day(self):
        if self.sessions[-1]:
            self.sessions.append([])
            self.day += timedelta(days=1)

    def write(self, life, found):
        if not found:
            return
        event, data = found
        number = len(self.steps) + 1
        step = {
            "n": number,
            "date": str(self.day),
            "company": "A",
            "event": event,
            "input": data,
        }
        shown = [data[name] for name in ("card", "to") if name in data]
        shown += data.get("cards", ())
        self.steps.append(self.model.work_out(step, shown))
        self.sessions[-1].append(number)
        life.note(number, event)
