# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What becomes of a card after its sale: whose it is, and when it is used."""

import heapq
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from locations import LOCATIONS

FIRST_NAMES = (
    *("Emma", "Louise", "Alice", "Chloé", "Léna", "Inès", "Manon", "Jeanne", "Zoé"),
    *("Camille", "Lucie", "Margaux", "Agathe", "Sarah", "Clara", "Anaïs", "Océane"),
    *("Gabriel", "Raphaël", "Louis", "Hugo", "Arthur", "Paul", "Jules", "Maxime"),
    *("Monique", "Françoise", "Martine", "Sylvie", "Brigitte", "Christine", "Odile"),
    *("Élodie", "Noémie", "Juliette", "Victoire", "Capucine", "Solène", "Maëlle"),
)
MESSAGES = {
    "": (
        "Happy birthday! Take an afternoon off.",
        "Thank you for everything.",
        "Welcome to the team, and enjoy.",
        "For thirty beautiful years.",
        "A quiet hour just for you.",
        "Well done for the exam!",
        "Get well soon.",
        "For the young parents: two hours of calm.",
    ),
    "christmas": (
        "Merry Christmas from all of us.",
        "Merry Christmas, Mum!",
        "A warm bath for the cold days.",
        "Happy holidays, see you in January.",
    ),
    "valentine": (
        "For you, with love.",
        "Happy Valentine's Day, my heart.",
        "Ten years already. I would do it again.",
    ),
    "mother": (
        "Happy Mother's Day!",
        "For the best of mums.",
        "Happy Mother's Day, Grandma. Rest a little.",
    ),
}
NEVER, GIVEN_BACK, ONE, TWO, THREE = range(5)
FATES = {NEVER: 20, GIVEN_BACK: 3, ONE: 47, TWO: 21, THREE: 9}
AWAY = 0.14  # how many visits are to a salon of the other company


@dataclass
class Card:
    """A card as the client carries it; ``lines`` of the sale's bill sold it."""

    code: str
    type_name: str
    value: Decimal
    remaining: Decimal
    salon: str
    sold_on: object
    is_single_use: bool = False
    lines: list = field(default_factory=list)
    has_entitlements: bool = False
    buyer_id: object = False
    visits_remaining: int = 0


@dataclass(order=True)
class Visit:
    """A client comes with cards, from a day on."""

    due: object
    number: int
    scene: str = field(compare=False)
    company: str = field(compare=False)
    cards: list = field(compare=False)
    about: object = field(compare=False, default=None)


class Agenda:
    """Who will come when; a visit waits until a till of its company is open."""

    def __init__(self, random):
        self._random = random
        self._visits = []
        self._count = 0
        self.never = []

    def add(self, due, scene, company, cards, about=None):
        self._count += 1
        heapq.heappush(
            self._visits, Visit(due, self._count, scene, company, cards, about)
        )

    def take_due(self, day, companies):
        """Return who comes on ``day``; the others wait on."""
        due, waiting = [], []
        while self._visits and self._visits[0].due <= day:
            visit = heapq.heappop(self._visits)
            (due if visit.company in companies else waiting).append(visit)
        for visit in waiting:
            heapq.heappush(self._visits, visit)
        return due

    def decide(self, cards, company):
        """Decide the fate of cards that were sold together for one person."""
        random, sold_on = self._random, cards[0].sold_on
        (outcome,) = random.choices(list(FATES), FATES.values())
        if outcome == GIVEN_BACK and len(cards) == 1 and cards[0].lines:
            days = random.choice((0, 1, 4, 9, 16))
            self.add(sold_on + timedelta(days), "give_back", company, cards)
        elif outcome == NEVER:
            self.never += cards
        elif outcome >= ONE:
            visits = outcome - GIVEN_BACK if len(cards) == 1 else 1
            for card in cards:
                card.visits_remaining = 1 if card.is_single_use else visits
            mistaken = len(cards) == 1 and random.random() < 0.03
            scene = "redeem_by_mistake" if mistaken else "redeem"
            if not mistaken:
                company = self.choose_company(company)
            self.add(sold_on + self._first_wait(cards), scene, company, cards)

    def choose_company(self, home):
        """Return where a card of ``home`` is used: seldom in the other company."""
        if self._random.random() > AWAY:
            return home
        return self._random.choice(sorted({*LOCATIONS.values()} - {home}))

    def _first_wait(self, cards):
        if cards[0].is_single_use:
            return timedelta(self._random.randint(3, 60))
        low, high = self._random.choices(
            ((0, 7), (8, 60), (60, 200), (200, 330)), (20, 45, 28, 7)
        )[0]
        return timedelta(self._random.randint(low, high))

    def next_wait(self):
        return timedelta(self._random.randint(18, 90))
