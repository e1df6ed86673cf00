# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The cases of combined.json: what the shared ones show separately, put together.

Written from the rules of docs/rules.rst; the figures come from the
independent model in exact fractions, not from the add-on. Run it to write the file
anew: ``python tests/cases/make_combined.py``.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[0:0] = [str(HERE.parent)]

from lib.exact_case import build  # noqa: E402

B = {"company": "B"}


def line(gross, tax, desc="Service"):
    return {"desc": desc, "gross": gross, "tax": tax}


def multi(card, price, face=None, **more):
    return {"card": card, "price": price, "face": face or price, **more}


def single(card, gross, tax, units=None, **more):
    return {"card": card, "gross": gross, "tax": tax, "units": units, **more}


def pay(lines, cards, **more):
    uses = {name: {"face_used": face} for name, face in cards.items()}
    return {"lines": lines, "cards": uses, **more}


MIXED = [
    line("49.99", "20", "Massage"),
    line("20.01", "10", "Tea"),
    line("10.00", "5.5", "Honey"),
]

TENDERS = [
    build(
        "S01",
        "Two cards and a bank card on one bill with three rates",
        [
            ("2026-03-01", "sale", multi("A", "30.00")),
            ("2026-03-01", "sale", multi("B", "45.50")),
            (
                "2026-03-02",
                "redeem",
                pay(
                    MIXED,
                    {"A": "30.00", "B": "33.33"},
                    other_tenders={"bank": "16.67"},
                ),
            ),
            (
                "2026-03-03",
                "redeem",
                pay([line("12.17", "20")], {"B": "12.17"}),
            ),
        ],
    ),
    build(
        "S02",
        "Partial refunds to the card add up to the use, also in the next period",
        [
            ("2026-03-01", "sale", multi("A", "80.00")),
            ("2026-03-20", "redeem", pay([line("50.00", "20")], {"A": "50.00"})),
            (
                "2026-03-25",
                "refund_to_card",
                {"card": "A", "gross": "20.00", "tax": "20", "original_step": 2},
            ),
            (
                "2026-04-02",
                "refund_to_card",
                {"card": "A", "gross": "30.00", "tax": "20", "original_step": 2},
            ),
            ("2026-04-03", "redeem", pay([line("80.00", "5.5")], {"A": "80.00"})),
        ],
    ),
    build(
        "S03",
        "A partly used card is given back with what is left of its price",
        [
            ("2026-03-01", "sale", multi("A", "100.00")),
            ("2026-03-02", "redeem", pay([line("33.33", "10")], {"A": "33.33"})),
            ("2026-03-03", "refund_card_sale", {"card": "A", "amount": "66.67"}),
        ],
    ),
    build(
        "S04",
        "A partly used bonus card is given back: the paid part only",
        [
            ("2026-03-01", "sale", multi("A", "100.00", "120.00")),
            ("2026-03-02", "redeem", pay([line("50.00", "20")], {"A": "50.00"})),
            ("2026-03-03", "refund_card_sale", {"card": "A", "amount": "58.33"}),
        ],
    ),
    build(
        "S05",
        "Cash in the drawer: a card sold and given back in cash, a rest paid in cash",
        [
            ("2026-03-01", "sale", multi("A", "60.00", tender="cash")),
            (
                "2026-03-02",
                "redeem",
                pay(
                    [line("70.00", "20")],
                    {"A": "49.99"},
                    other_tenders={"cash": "20.01"},
                ),
            ),
            (
                "2026-03-03",
                "refund_card_sale",
                {"card": "A", "amount": "10.01", "tender": "cash"},
            ),
        ],
    ),
    build(
        "S06",
        "Exempt services beside taxed ones",
        [
            ("2026-03-01", "sale", multi("A", "100.00")),
            (
                "2026-03-02",
                "redeem",
                pay([line("45.55", "0"), line("54.45", "20")], {"A": "100.00"}),
            ),
        ],
    ),
    build(
        "S07",
        "What two cards paid goes back to one, then to the other",
        [
            ("2026-03-01", "sale", multi("A", "30.00")),
            ("2026-03-01", "sale", multi("B", "20.00")),
            (
                "2026-03-02",
                "redeem",
                pay([line("50.00", "20")], {"A": "30.00", "B": "20.00"}),
            ),
            (
                "2026-03-03",
                "refund_to_card",
                {"card": "A", "gross": "30.00", "tax": "20", "original_step": 3},
            ),
            (
                "2026-03-04",
                "refund_to_card",
                {"card": "B", "gross": "20.00", "tax": "20", "original_step": 3},
            ),
        ],
    ),
    build(
        "S08",
        "What is refused posts nothing: more than is left, a price above the value, "
        "a card for a card, money on an expired card",
        [
            ("2026-03-01", "sale", multi("A", "30.00")),
            (
                "2026-03-02",
                "redeem",
                pay([line("40.00", "20")], {"A": "40.00"}),
                {"refused": "more than is left"},
            ),
            (
                "2026-03-03",
                "sale",
                multi("B", "120.00", "100.00"),
                {"refused": "price above value"},
            ),
            (
                "2026-03-04",
                "sale",
                {"card": "B", "price": "20.00", "tender": "card A"},
                {"refused": "a card is not bought with a card"},
            ),
            ("2026-03-05", "redeem", pay([line("10.00", "5.5")], {"A": "10.00"})),
            ("2026-03-06", "expire", {"card": "A"}),
            ("2026-03-07", "reload", multi("A", "10.00"), {"refused": "expired"}),
        ],
    ),
    build(
        "S09",
        "A card is given back with what was added to it and is left",
        [
            ("2026-03-01", "sale", multi("A", "30.00")),
            ("2026-03-02", "redeem", pay([line("19.99", "20")], {"A": "19.99"})),
            ("2026-03-03", "reload", multi("A", "50.00", "60.00")),
            ("2026-03-04", "redeem", pay([line("45.00", "10")], {"A": "45.00"})),
            ("2026-03-05", "refund_card_sale", {"card": "A", "amount": "21.44"}),
        ],
    ),
]

BONUS = [
    build(
        "S11",
        "A bonus card, a plain one and a bank card on a mixed basket",
        [
            ("2026-03-01", "sale", multi("A", "100.00", "120.00")),
            ("2026-03-01", "sale", multi("B", "25.00")),
            (
                "2026-03-02",
                "redeem",
                pay(
                    [*MIXED, line("33.34", "20", "Oil")],
                    {"A": "66.67", "B": "25.00"},
                    other_tenders={"bank": "21.67"},
                ),
            ),
            ("2026-03-03", "redeem", pay([line("53.33", "10")], {"A": "53.33"})),
        ],
    ),
    build(
        "S12",
        "A bonus card is reloaded with another bonus: one pool, weighted",
        [
            ("2026-03-01", "sale", multi("A", "50.00", "55.00")),
            ("2026-03-02", "redeem", pay([line("20.00", "20")], {"A": "20.00"})),
            ("2026-03-03", "reload", multi("A", "100.00", "130.00")),
            ("2026-03-04", "redeem", pay([line("99.99", "20")], {"A": "99.99"})),
            ("2026-03-05", "redeem", pay([line("65.01", "5.5")], {"A": "65.01"})),
        ],
    ),
    build(
        "S13",
        "Three cards of 40.00 for 100.00: each has its own price, the sum is exact",
        [
            (
                "2026-03-01",
                "sale",
                {
                    "cards": {
                        "A": {"price": "33.34", "face": "40.00"},
                        "B": {"price": "33.33", "face": "40.00"},
                        "C": {"price": "33.33", "face": "40.00"},
                    },
                    "tender": "bank",
                },
            ),
            ("2026-03-02", "redeem", pay([line("40.00", "20")], {"A": "40.00"})),
            ("2026-03-03", "redeem", pay(MIXED, {"B": "40.00", "C": "40.00"})),
        ],
    ),
    build(
        "S14",
        "What a bonus card paid goes back in two parts, then is used again",
        [
            ("2026-03-01", "sale", multi("A", "100.00", "110.00")),
            ("2026-03-02", "redeem", pay([line("90.00", "20")], {"A": "90.00"})),
            (
                "2026-03-03",
                "refund_to_card",
                {"card": "A", "gross": "36.00", "tax": "20", "original_step": 2},
            ),
            (
                "2026-04-01",
                "refund_to_card",
                {"card": "A", "gross": "54.00", "tax": "20", "original_step": 2},
            ),
            ("2026-04-02", "redeem", pay([line("110.00", "10")], {"A": "110.00"})),
        ],
    ),
    build(
        "S15",
        "A whole mixed bill of a bonus card goes back to it",
        [
            ("2026-03-01", "sale", multi("A", "100.00", "120.00")),
            ("2026-03-02", "redeem", pay(MIXED, {"A": "80.00"})),
            (
                "2026-03-03",
                "refund_to_card",
                {"card": "A", "gross": "80.00", "original_step": 2},
            ),
        ],
    ),
    build(
        "S16",
        "A free card on a mixed basket beside a bank card",
        [
            ("2026-03-01", "issue_promo", {"card": "P", "value": "25.00"}),
            (
                "2026-03-02",
                "redeem",
                pay(
                    MIXED,
                    {},
                    promo_discount="25.00",
                    other_tenders={"bank": "55.00"},
                ),
            ),
        ],
    ),
    build(
        "S17",
        "A free card, a bonus card and cash",
        [
            ("2026-03-01", "issue_promo", {"card": "P", "value": "10.00"}),
            ("2026-03-01", "sale", multi("A", "90.00", "100.00")),
            (
                "2026-03-02",
                "redeem",
                pay(
                    MIXED,
                    {"A": "40.00"},
                    promo_discount="10.00",
                    other_tenders={"cash": "30.00"},
                ),
            ),
        ],
    ),
    build(
        "S18",
        "A bonus card with the company's other rounding method",
        [
            ("2026-03-01", "sale", multi("A", "50.00", "60.00")),
            (
                "2026-03-02",
                "redeem",
                pay([line("10.05", "5.5")] * 3, {"A": "30.15"}),
            ),
            ("2026-03-03", "redeem", pay([line("29.85", "20")], {"A": "29.85"})),
        ],
        rounding="per_line",
    ),
    build(
        "S19",
        "A free card and a bonus card: what they take off is rounded once per rate",
        [
            ("2026-03-01", "issue_promo", {"card": "P", "value": "10.00"}),
            ("2026-03-01", "sale", multi("A", "50.00", "60.00")),
            ("2026-03-01", "sale", multi("B", "10.00")),
            (
                "2026-03-02",
                "redeem",
                pay(
                    [line("50.00", "20"), line("30.00", "10"), line("20.00", "5.5")],
                    {"A": "60.00", "B": "10.00"},
                    promo_discount="10.00",
                    other_tenders={"bank": "20.00"},
                ),
            ),
        ],
    ),
    build(
        "S20",
        "Two bonus cards: cents that round to nothing apart, and to one together",
        [
            ("2026-03-01", "sale", multi("A", "29.98", "30.00")),
            ("2026-03-01", "sale", multi("B", "39.98", "40.00")),
            (
                "2026-03-02",
                "redeem",
                pay([line("70.00", "20")], {"A": "30.00", "B": "40.00"}),
            ),
        ],
    ),
]

SINGLE = [
    build(
        "S21",
        "A package of 3: a cheaper item leaves the rest, the last use clears it",
        [
            ("2026-03-01", "sale", single("A", "100.00", "20", 3)),
            (
                "2026-03-02",
                "redeem",
                {"card": "A", "allocated_gross": "25.00", "service_price": "25.00"},
            ),
            ("2026-03-03", "redeem", {"card": "A", "allocated_gross": "41.67"}),
            (
                "2026-03-04",
                "redeem",
                {
                    "card": "A",
                    "units": 1,
                    "allocated_gross": "33.33",
                    "service_price": "70.00",
                },
            ),
        ],
    ),
    build(
        "S22",
        "A partly used package is given back in a later period",
        [
            ("2026-03-10", "sale", single("A", "49.99", "5.5", 7)),
            ("2026-03-12", "redeem", {"card": "A", "units": 1}),
            ("2026-03-14", "redeem", {"card": "A", "units": 1}),
            ("2026-05-04", "refund_card_sale", {"card": "A", "gross": "35.71"}),
        ],
    ),
    build(
        "S23",
        "A package and a multi-purpose card on one bill with other lines",
        [
            ("2026-03-01", "sale", single("A", "100.00", "20", 3)),
            ("2026-03-01", "sale", multi("M", "50.00", "55.00")),
            (
                "2026-03-02",
                "redeem",
                pay(
                    [*MIXED, *[line("10.05", "20")] * 2],
                    {"M": "55.00"},
                    uses=[{"card": "A", "units": 1, "allocated_gross": "33.33"}],
                    other_tenders={"bank": "45.10"},
                ),
            ),
        ],
    ),
    build(
        "S24",
        "A day package: two rates and a prepaid tip, each cleared on its own",
        [
            (
                "2026-03-01",
                "sale",
                {
                    "card": "A",
                    "parts": [
                        {"desc": "Massage", "gross": "100.00", "tax": "20", "units": 3},
                        {"desc": "Lunch", "gross": "29.99", "tax": "10", "units": 2},
                        {"desc": "Tip", "gross": "5.00", "units": 1, "is_tip": True},
                    ],
                },
            ),
            (
                "2026-03-02",
                "redeem",
                {
                    "uses": [
                        {"card": "A", "part": 0, "units": 1},
                        {"card": "A", "part": 1, "units": 1},
                    ]
                },
            ),
            (
                "2026-03-03",
                "redeem",
                {
                    "uses": [
                        {"card": "A", "part": 1, "units": 1},
                        {"card": "A", "part": 2, "allocated_gross": "5.00"},
                    ]
                },
            ),
            ("2026-04-03", "refund_card_sale", {"card": "A", "gross": "66.67"}),
        ],
    ),
    build(
        "S25",
        "An amount taxed at its sale, sold below its value",
        [
            ("2026-03-01", "sale", single("A", "90.00", "20", face="100.00")),
            ("2026-03-02", "redeem", {"card": "A", "allocated_gross": "33.33"}),
            ("2026-03-03", "redeem", {"card": "A", "allocated_gross": "33.33"}),
            (
                "2026-03-04",
                "redeem",
                {
                    "card": "A",
                    "allocated_gross": "33.34",
                    "service_price": "40.00",
                },
            ),
        ],
    ),
    build(
        "S26",
        "An amount taxed at its sale: reload at the same rate, dearer item, expiry",
        [
            ("2026-03-01", "sale", single("A", "50.00", "10")),
            (
                "2026-03-02",
                "redeem",
                {"card": "A", "allocated_gross": "19.99", "service_price": "19.99"},
            ),
            ("2026-03-03", "reload", {"card": "A", "gross": "33.33"}),
            (
                "2026-03-04",
                "redeem",
                {
                    "card": "A",
                    "allocated_gross": "60.00",
                    "service_price": "77.77",
                    "top_up": "17.77",
                },
            ),
            ("2026-03-06", "expire", {"card": "A"}),
        ],
    ),
    build(
        "S27",
        "A visit with a dearer service is undone, then the units are used",
        [
            ("2026-03-01", "sale", single("A", "100.00", "20", 3)),
            (
                "2026-03-02",
                "redeem",
                {
                    "card": "A",
                    "units": 1,
                    "allocated_gross": "33.33",
                    "service_price": "45.00",
                },
            ),
            ("2026-04-03", "undo_redeem", {"card": "A", "reverses_step": 2}),
            ("2026-04-04", "redeem", {"card": "A", "units": 2}),
            ("2026-04-05", "redeem", {"card": "A", "units": 1}),
        ],
    ),
    build(
        "S28",
        "What is left of a package becomes an amount, is used, goes back, is used up",
        [
            ("2026-03-01", "sale", single("A", "100.00", "20", 3)),
            ("2026-03-02", "redeem", {"card": "A", "units": 1}),
            (
                "2026-04-05",
                "convert_spv_to_mpv",
                {"card": "A", "to": "B", "gross": "66.67"},
            ),
            ("2026-04-05", "redeem", pay([line("40.00", "5.5")], {"B": "40.00"})),
            (
                "2026-04-06",
                "refund_to_card",
                {"card": "B", "gross": "40.00", "tax": "5.5", "original_step": 4},
            ),
            ("2026-04-07", "redeem", pay([line("66.67", "10")], {"B": "66.67"})),
        ],
    ),
    build(
        "S29",
        "A package is cancelled in the session that sold it",
        [
            ("2026-03-01", "sale", single("A", "49.99", "5.5", 7)),
            ("2026-03-01", "cancel", {"card": "A", "reverses_step": 1}),
        ],
    ),
    build(
        "S30",
        "An amount taxed at its sale: reload at another rate refused, changed, used, "
        "expired",
        [
            ("2026-03-01", "sale", single("A", "40.00", "20")),
            (
                "2026-03-02",
                "reload",
                {"card": "A", "gross": "20.00", "tax": "5.5"},
                {"refused": "another rate"},
            ),
            ("2026-03-03", "redeem", {"card": "A", "allocated_gross": "15.55"}),
            (
                "2026-03-04",
                "convert_spv_to_mpv",
                {"card": "A", "to": "B", "gross": "24.45"},
            ),
            ("2026-03-06", "redeem", pay([line("20.00", "5.5")], {"B": "20.00"})),
            ("2026-03-09", "expire", {"card": "B"}),
        ],
    ),
]

ENDINGS = [
    build(
        "S31",
        "Income in proportion: never more than is owed, a lower estimate gives back",
        [
            ("2026-03-01", "sale", multi("A", "1000.00")),
            ("2026-03-02", "redeem", pay([line("900.00", "20")], {"A": "900.00"})),
            ("2026-03-03", "breakage_proportional", {"rate": "0.30"}),
            ("2026-03-04", "breakage_proportional", {"rate": "0.05"}),
            ("2026-03-05", "redeem", pay([line("60.00", "20")], {"A": "60.00"})),
            ("2026-03-06", "breakage_proportional", {"rate": "0.05"}),
            ("2026-03-09", "expire", {"card": "A"}),
        ],
        tags=["breakage"],
    ),
    build(
        "S32",
        "A bonus card: income in proportion to what was paid, then it expires",
        [
            ("2026-03-01", "sale", multi("A", "1000.00", "1100.00")),
            ("2026-03-02", "redeem", pay([line("330.00", "20")], {"A": "330.00"})),
            ("2026-03-03", "breakage_proportional", {"rate": "0.10"}),
            ("2026-03-05", "expire", {"card": "A"}),
        ],
        tags=["breakage"],
    ),
    build(
        "S33",
        "A day package expires: the tip too, the VAT of the rest stays",
        [
            (
                "2026-03-01",
                "sale",
                {
                    "card": "A",
                    "parts": [
                        {"gross": "49.99", "tax": "5.5", "units": 7},
                        {"gross": "30.00", "tax": "20", "units": 1},
                    ],
                },
            ),
            ("2026-03-02", "redeem", {"card": "A", "units": 1}),
            ("2026-03-04", "expire", {"card": "A"}),
        ],
    ),
    build(
        "S34",
        "United States: sales tax on top, a bonus, the rest goes to the State",
        [
            ("2026-03-01", "sale", multi("A", "50.00", "60.00")),
            (
                "2026-03-02",
                "redeem",
                pay([{"net": "20.00", "tax": "8.875% on top"}], {"A": "21.78"}),
            ),
            ("2026-03-03", "escheat_due", {"card": "A"}),
            ("2026-03-04", "escheat_remit", {"amount": "31.85"}),
        ],
        jurisdiction="US-NY",
        currency="USD",
    ),
    build(
        "S35",
        "Tips paid from two cards, then paid out",
        [
            ("2026-03-01", "sale", multi("A", "40.00")),
            ("2026-03-01", "sale", multi("B", "40.00")),
            (
                "2026-03-02",
                "redeem",
                pay(
                    [line("60.00", "20")],
                    {"A": "40.00", "B": "26.66"},
                    tip="6.66",
                ),
            ),
            ("2026-03-03", "pay_tips", {"amount": "6.66"}),
        ],
    ),
]

GROUP = [
    build(
        "S41",
        "A bonus card of company A pays a mixed basket in company B",
        [
            ("2026-03-01", "sale", multi("A", "100.00", "120.00")),
            ("2026-03-02", "redeem_ic_issuer", {"card": "A", "face": "80.00"}),
            ("2026-03-03", "redeem_ic_redeemer", {"lines": MIXED}, B),
            ("2026-03-04", "settle", {"amount": "66.67"}),
            ("2026-03-05", "settle", {"amount": "66.67"}, B),
            ("2026-03-06", "redeem", pay([line("40.00", "20")], {"A": "40.00"})),
        ],
        tags=["intercompany"],
    ),
    build(
        "S42",
        "Two units of a package of company A are given by company B",
        [
            ("2026-03-01", "sale", single("A", "100.00", "20", 3)),
            (
                "2026-03-02",
                "redeem_ic_issuer",
                {"card": "A", "units": 1, "net": "25.00", "vat": "5.00"},
            ),
            ("2026-03-03", "redeem_ic_redeemer", {"net": "25.00", "vat": "5.00"}, B),
            (
                "2026-03-04",
                "redeem_ic_issuer",
                {"card": "A", "units": 1, "net": "24.00", "vat": "4.80"},
            ),
            ("2026-03-05", "redeem_ic_redeemer", {"net": "24.00", "vat": "4.80"}, B),
            ("2026-03-06", "redeem", {"card": "A", "units": 1}),
        ],
        tags=["intercompany"],
    ),
    build(
        "S43",
        "Part of a card in company B with a rest by bank card, one settlement of two",
        [
            ("2026-03-01", "sale", multi("A", "100.00")),
            ("2026-03-02", "redeem_ic_issuer", {"card": "A", "amount": "60.00"}),
            (
                "2026-03-03",
                "redeem_ic_redeemer",
                {"lines": MIXED, "other_tenders": {"bank": "20.00"}},
                B,
            ),
            ("2026-03-04", "redeem_ic_issuer", {"card": "A", "amount": "10.01"}),
            (
                "2026-03-05",
                "redeem_ic_redeemer",
                {"lines": [line("10.01", "5.5")]},
                B,
            ),
            ("2026-03-06", "settle", {"amount": "70.01"}),
            ("2026-03-07", "settle", {"amount": "70.01"}, B),
        ],
        tags=["intercompany"],
    ),
    build(
        "S44",
        "Two cards used in company B before it reports the first",
        [
            ("2026-03-01", "sale", multi("A", "100.00")),
            ("2026-03-01", "sale", multi("Z", "50.00", "60.00")),
            ("2026-03-02", "redeem_ic_issuer", {"card": "A", "amount": "40.00"}),
            ("2026-03-03", "redeem_ic_issuer", {"card": "Z", "face": "30.00"}),
            ("2026-03-04", "redeem_ic_redeemer", {"lines": [line("40.00", "20")]}, B),
            ("2026-03-05", "redeem_ic_redeemer", {"lines": [line("30.00", "10")]}, B),
            ("2026-03-06", "settle", {"amount": "65.00"}),
            ("2026-03-07", "settle", {"amount": "65.00"}, B),
        ],
        tags=["intercompany"],
    ),
]


def make():
    """Return the whole file."""
    shared = json.loads((HERE / "shared.json").read_text("utf-8"))
    cases = [*TENDERS, *BONUS, *SINGLE, *ENDINGS, *GROUP]
    return {"schema": shared["schema"], "cases": cases}


if __name__ == "__main__":
    text = json.dumps(make(), indent=1) + "\n"
    (HERE / "combined.json").write_text(text, "utf-8")
