# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The words of a file of cases: read in many spellings, or told with their place."""

import copy
import json
import random
import sys

import pytest
from lib import settings

sys.path.insert(0, str(settings.TESTS / "cases"))

from reading import Unreadable, read_file

MULTI = {
    "date": "2026-03-02",
    "event": "sale",
    "input": {"card": "A", "price": "100.00", "tender": "bank"},
    "journal": [],
}
SINGLE = {
    "date": "2026-03-02",
    "event": "sale",
    "input": {"card": "S", "spv": True, "price": "100.00", "tax": "20", "units": 3},
    "journal": [],
}


def read(*steps, **values):
    """Return the reading of one case."""
    (reading,) = read_file(json.dumps({"cases": [{**values, "steps": list(steps)}]}))
    return reading


def last_input(*steps):
    """Return the input of the last step, which is read without a complaint."""
    reading = read(*steps)
    assert (reading.problems, reading.notes) == ([], [])
    return reading.case["steps"][-1]["input"]


def step(event, data, *journal, **values):
    journal = [
        {"role": role, ("dr" if amount > 0 else "cr"): abs(amount)}
        for role, amount in journal
    ]
    return {"event": event, "input": data, "journal": journal, **values}


# --- what a file leaves out


def test_a_step_gets_number_company_and_day_of_the_one_before():
    case = read(MULTI, step("hold", {"card": "A", "amount": 5})).case
    assert [(s["n"], s["company"], s["date"]) for s in case["steps"]] == [
        (1, "A", "2026-03-02"),
        (2, "A", "2026-03-02"),
    ]
    assert (case["id"], case["rounding"], case["currency"]) == (
        "case 1",
        "global",
        "EUR",
    )


def test_what_a_step_does_not_say_of_vat_is_zero_or_not_compared():
    taxed = step("redeem", {"card": "A", "amount": 6, "tax": "20"}, ("vat_20", -1))
    untaxed = step("redeem", {"card": "A", "amount": 6}, ("gc_liability", 6))
    silent = {"event": "redeem", "input": {"card": "A", "amount": 6}}
    steps = read(MULTI, taxed, untaxed, silent).case["steps"]
    assert [sorted(s["unsaid"]) for s in steps] == [
        [],
        ["vat_return_delta"],
        [],
        ["journal", "vat_return_delta"],
    ]
    assert steps[2]["vat_return_delta"] == {}


def test_amounts_and_rates_may_be_numbers_or_texts():
    sale = step(
        "sale",
        {"card": "S", "gross": 60, "tax": 5.5},
        vat_return_delta={"5.5 %": {"base": 56.87, "vat": 3.13}},
        expect={"cards": {"S": {"kind": "spv", "gross_left": 60, "rate": 5.5}}},
        date="2026-03-02",
    )
    (found,) = read(sale).case["steps"]
    assert found["input"] == {"card": "S", "gross": "60.00", "tax": "5.5"}
    assert found["vat_return_delta"] == {"5.5": {"base": "56.87", "vat": "3.13"}}
    assert found["expect"]["cards"] == {
        "S": {"kind": "SPV", "gross_left": "60.00", "rate": "5.5"}
    }


def test_a_list_without_a_head_is_a_file_and_no_json_is_none():
    assert read_file(json.dumps([{"steps": [MULTI]}]))[0].problems == []
    with pytest.raises(Unreadable, match="this is no JSON"):
        read_file("cases: none")
    with pytest.raises(Unreadable, match='no list of "cases"'):
        read_file('{"steps": []}')


# --- sales


@pytest.mark.parametrize(
    "words", [{"face": "110.00"}, {"face_value": "110.00"}, {"face_value": 110}]
)
def test_face_value_is_face(words):
    sale = {**MULTI, "input": {"card": "A", "price": "100.00", **words}}
    assert last_input(sale) == {"card": "A", "price": "100.00", "face": "110.00"}


@pytest.mark.parametrize(
    "words",
    [
        {"spv": True, "price": "100.00"},
        {"spv": True, "face_value": "100.00"},
        {"kind": "SPV", "gross": "100.00"},
        {"kind": "single-purpose", "amount": 100},
        {"vat_mode": "spv", "price": "100.00", "face": "100.00"},
        {"gross": "100.00"},
    ],
)
def test_single_purpose_is_said_in_many_ways(words):
    found = last_input({**SINGLE, "input": {"card": "S", "tax": "20", **words}})
    assert (found["gross"], found["tax"]) == ("100.00", "20")
    assert "face" not in found


def test_single_purpose_is_seen_in_the_expectation_and_its_tax_in_the_return():
    sale = step(
        "sale",
        {"card": "S", "price": "100.00"},
        vat_return_delta={"20": {"base": "83.33", "vat": "16.67"}},
        expect={"cards": {"S": {"kind": "SPV", "deferred": "83.33"}}},
        date="2026-03-02",
    )
    found = last_input(sale)
    assert (found["gross"], found["tax"]) == ("100.00", "20")


def test_spv_false_with_gross_is_multi_purpose():
    sale = {**MULTI, "input": {"card": "A", "gross": "80.00", "spv": False}}
    assert last_input(sale) == {"card": "A", "price": "80.00"}


# --- uses


@pytest.mark.parametrize(
    ("words", "uses"),
    [
        ({"spv": "S", "units": 1}, None),
        ({"spv": {"S": {"units": 1}}}, [{"card": "S", "units": 1}]),
        ({"spv": {"S": 1}}, [{"card": "S", "units": 1}]),
        ({"spv": {"card": "S", "units": 1}}, [{"card": "S", "units": 1}]),
        ({"spv": [{"card": "S", "units": 1}]}, [{"card": "S", "units": 1}]),
        ({"spv": {"S": "33.33"}}, [{"card": "S", "allocated_gross": "33.33"}]),
        ({"spv": ["S"]}, [{"card": "S"}]),
    ],
)
def test_spv_in_a_bill_names_the_card_or_its_use(words, uses):
    found = last_input(SINGLE, step("redeem", words))
    if uses:
        assert found == {"uses": uses}
    else:
        assert found == {"card": "S", "units": 1}


@pytest.mark.parametrize(
    "cards",
    [
        {"A": {"face_value": "30.00"}},
        {"A": {"face": "30.00"}},
        {"A": 30.0},
        [{"card": "A", "face": 30}],
    ],
)
def test_what_a_card_pays_is_said_in_many_ways(cards):
    lines = [{"price": 30, "rate": "20 %", "name": "Cut"}]
    found = last_input(MULTI, step("redeem", {"cards": cards, "services": lines}))
    (use,) = found["cards"].values()
    assert [*use.values()] == ["30.00"]


def test_the_list_of_what_is_sold_may_have_any_name():
    data = {"card": "A", "amount": 30, "services": [{"gross": 30, "tax": 20}]}
    found = last_input(MULTI, step("redeem", data))
    assert found["lines"] == [{"gross": "30.00", "tax": "20"}]
    assert found["cards"] == {"A": {"amount": "30.00"}}


def covered(paid, *lines, **use):
    """Return what is left in ``lines``, and how the card is used."""
    lines = [{"gross": gross, "tax": tax} for gross, tax in lines]
    data = {"card": "S", **use, "lines": lines}
    found = last_input(SINGLE, step("redeem", data, ("bank", paid)))
    left = [line["gross"] for line in found.pop("lines")]
    return left, {name: found[name] for name in found if name != "card"}


def test_the_covered_item_in_lines_is_taken_once():
    assert covered(0, (33.33, 20), units=1) == ([], {"units": 1})
    assert covered(12, (12, 5.5), (33.33, 20), units=1) == (["12.00"], {"units": 1})
    assert covered(33.33, (33.33, 20), units=1) == (["33.33"], {"units": 1})


def test_a_dearer_covered_item_says_price_and_part():
    left, use = covered(11.67, (45, 20), units=1)
    assert left == []
    assert use == {
        "units": 1,
        "service_price": "45.00",
        "allocated_gross": "33.33",
    }


def test_two_covered_items_of_two_units_are_taken():
    assert covered(0, (33.33, 20), (33.33, 20), units=2) == ([], {"units": 2})


# --- what goes back


def bills():
    return [
        MULTI,
        step("redeem", {"card": "A", "amount": 30, "tax": "20"}, date="2026-03-03"),
        step("redeem", {"card": "A", "amount": 40, "tax": "10"}, date="2026-03-04"),
    ]


@pytest.mark.parametrize(
    ("data", "number"),
    [
        ({"card": "A", "gross": "30.00", "tax": "20"}, 2),
        ({"card": "A", "gross": "10.00", "tax": "10 %"}, 3),
        ({"card": "A"}, 3),
        ({"gross": "35.00"}, 3),
        ({"card": "A", "original_step": "2"}, 2),
        ({"card": "A", "reverses_step": 2}, 2),
    ],
)
@pytest.mark.parametrize("event", ["refund", "refund_to_card"])
def test_a_refund_finds_its_bill(event, data, number):
    reading = read(*bills(), step(event, data))
    assert reading.problems == []
    assert reading.case["steps"][-1]["event"] == "refund_to_card"
    assert reading.case["steps"][-1]["input"]["original_step"] == number


@pytest.mark.parametrize(
    ("steps", "data", "journal", "event"),
    [
        ([MULTI], {"card": "A"}, [], "refund_card_sale"),
        (bills(), {"card": "A"}, [("gc_liability", 30)], "refund_card_sale"),
        (bills(), {"card": "A"}, [("gc_liability", -30)], "refund_to_card"),
        (bills(), {"card": "A", "original_step": 1}, [], "refund_card_sale"),
        ([SINGLE], {"card": "S"}, [("spv_deferred", 83.33)], "refund_card_sale"),
        (
            [SINGLE, step("redeem", {"spv": "S", "units": 1})],
            {"spv": "S", "card": "S"},
            [("spv_deferred", -27.77)],
            "undo_redeem",
        ),
    ],
)
def test_a_plain_refund_is_of_the_card_or_of_a_bill(steps, data, journal, event):
    reading = read(*steps, step("refund", data, *journal))
    assert reading.problems == []
    assert reading.case["steps"][-1]["event"] == event


# --- what is not known


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([{**MULTI, "event": "vanish"}], "event vanish is not known (step 1)"),
        (
            [{**MULTI, "expect": {"cards": {"A": {"points": 3}}}}],
            "step 1 sale: card A: expectation 'points' is not known of MPV",
        ),
        (
            [{**MULTI, "expect": {"mails": 1}}],
            "step 1 sale: expectation 'mails' is not known",
        ),
        (
            [{**MULTI, "journal": [{"role": "goodwill", "dr": "1.00"}]}],
            "step 1 sale: journal: role 'goodwill' is not known",
        ),
        (
            [{**MULTI, "input": {"card": "A", "price": "ten"}}],
            "step 1 sale: input price 'ten' is no amount",
        ),
        (
            [{**MULTI, "input": {"card": "A", "price": 1, "tender": "cheque"}}],
            "step 1 sale: input tender 'cheque' is not known",
        ),
        (
            [{**MULTI, "input": {"card": "A", "price": 1, "kind": "triple"}}],
            "step 1 sale: input kind 'triple' is not known",
        ),
        ([{**MULTI, "input": {"card": "A"}}], "step 1 sale: input 'price' is missing"),
        (
            [MULTI, step("refund_to_card", {"card": "A", "original_step": 7})],
            "step 2 refund_to_card: input original_step 7: no such step before",
        ),
        (
            [MULTI, step("refund_to_card", {"card": "A"})],
            "step 2 refund_to_card: no step before sold or used what goes back",
        ),
        (
            [{**MULTI, "input": 3}],
            "step 1 sale: the input '3' has not the shape that it should have",
        ),
        ([{**MULTI, "date": "soon"}], "step 1 sale: the date 'soon' is none"),
    ],
)
def test_what_is_not_known_is_told_with_its_place(steps, problem):
    assert problem in read(*steps).problems


def test_an_unknown_input_is_noted_and_left_out():
    reading = read({**MULTI, "input": {"card": "A", "price": 1, "colour": "red"}})
    assert reading.problems == []
    assert reading.notes == [
        "step 1 sale: input word 'colour' is not known and was left out"
    ]
    assert "colour" not in reading.case["steps"][0]["input"]


# --- other currencies and accounts


def test_rates_are_of_the_last_day_that_says_them_or_of_the_step():
    use = {"lines": [{"gross": 10, "tax": "20"}], "card": "A", "amount": 10}
    dear = {**MULTI, "input": {**MULTI["input"], "card_currency": "USD"}}
    steps = [
        dear,
        step("redeem", use, date="2026-03-09"),
        step("redeem", {**use, "order_currency": "USD"}, date="2026-03-10"),
        step("redeem", {**use, "fx_rate": "0.90"}, date="2026-03-11"),
    ]
    rates = {"2026-03-01": {"USD": "1.25"}, "2026-03-10": {"USD": 1.1}}
    reading = read(*steps, rates=rates)
    assert (reading.problems, reading.notes) == ([], [])
    read_steps = reading.case["steps"]
    assert [one["rates"] for one in read_steps] == [
        {"USD": 1.25},
        {"USD": 1.25},
        {"USD": 1.1},
        {"USD": 0.9},
    ]
    assert {one["input"]["currency"] for one in read_steps} == {"USD"}
    assert "order_currency" not in read_steps[2]["input"]


def test_a_card_at_a_till_in_another_currency_is_still_told_so():
    use = {"card": "A", "order_currency": "USD", "card_currency": "EUR"}
    assert last_input(MULTI, step("redeem", use, refused="other currency")) == use


def test_a_role_before_and_after_its_account_changed_is_one_role():
    change = step(
        "move_account",
        {"account": "gc_liability_old"},
        ("gc_liability_old", 100),
        ("gc_liability_new", -100),
        expect={"balances": {"gc_liability_old": 0, "gc_liability_new": "-100.00"}},
    )
    reading = read(MULTI, change)
    assert reading.problems == []
    found = reading.case["steps"][1]
    assert (found["event"], found["input"]) == (
        "change_account",
        {"role": "gc_liability"},
    )
    assert {line["role"] for line in found["journal"]} == {"gc_liability"}
    assert found["expect"]["balances"] == {"gc_liability": "-100.00"}
    (problem,) = read(MULTI, step("change_account", {"role": "bank"})).problems
    assert problem.endswith("the account of 'bank' cannot be changed")


def test_a_rate_that_is_none_is_told():
    told = read({**MULTI, "rates": {"USD": "dear"}}).problems
    assert told == ["step 1 sale: rate 'dear' of USD is none"]
    told = read(step("sale", {**MULTI["input"], "fx_rate": 1}, date="2026-03-01"))
    assert "of which currency is not said" in told.problems[0]


def spoil(case, chance):
    """Take away or replace something anywhere in a case."""
    places = [(case, word) for word in case]
    for node, word in places:
        inner = node[word]
        if isinstance(inner, dict):
            places += [(inner, key) for key in inner]
        elif isinstance(inner, list):
            places += [(inner, number) for number in range(len(inner))]
    node, word = chance.choice(places)
    odd = [None, True, 3, "x", "", [], {}, [1], {"a": 1}, -5, ["A"], {"A": None}, [{}]]
    if chance.random() < 0.3:
        del node[word]
    else:
        node[word] = chance.choice(odd)


def test_nothing_that_stands_in_a_file_breaks_the_reading():
    cases = [
        case
        for name in ("foreign.json", "changing.json")
        for case in json.loads((settings.TESTS / "cases" / name).read_text("utf-8"))[
            "cases"
        ]
    ]
    chance = random.Random("words")
    for _number in range(1000):
        case = copy.deepcopy(chance.choice(cases))
        spoil(case, chance)
        read_file(json.dumps([case]))


@pytest.mark.parametrize(
    "name", ["shared.json", "combined.json", "foreign.json", "changing.json"]
)
def test_our_own_files_say_nothing_that_is_not_known(name):
    text = (settings.TESTS / "cases" / name).read_text("utf-8")
    problems = {p for reading in read_file(text) for p in reading.problems}
    notes = [note for reading in read_file(text) for note in reading.notes]
    assert notes == []
    # cash paid out, chargebacks and the fee of a new card come in a later step
    assert {problem.split()[1] for problem in problems} <= {
        "cash_out",
        "chargeback",
        "replace",
    }
