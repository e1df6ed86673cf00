# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Several tills on one card at once: nobody gets what is not there.

Every request comes from a browser of its own over HTTP to a server with four
workers, so holds meet in PostgreSQL and nowhere before.
"""

from uuid import uuid4

import pytest
from lib.parallel import at_once
from lib.rpc import RpcError

TILLS = 10


@pytest.fixture
def card(tills):
    """A fresh card of 100.00: its code."""
    return tills[0].sell_card(100)[0]


@pytest.fixture
def devices(salon, tills):
    """Ten browsers, five in each salon."""
    return [tills[n % 2].join(salon.cashier.another()) for n in range(TILLS)]


def redemptions(salon, keys):
    return salon.query(
        "SELECT key, state, revision, amount FROM giftcard_redemption"
        " WHERE key = ANY(%s) ORDER BY key",
        [list(keys)],
    )


def test_ten_tills_ask_for_the_whole_card_and_one_gets_it(salon, tills, devices, card):
    """Who comes late waits for the card and reads what is left: no second try."""
    before = salon.server.repeated()
    outcomes = at_once([lambda d=device: d.hold(100, card) for device in devices])
    won = [outcome.value for outcome in outcomes if outcome.value]
    refused = [outcome for outcome in outcomes if outcome.error]
    assert [hold["state"] for hold in won] == ["held"]
    assert len(refused) == TILLS - 1
    for outcome in refused:
        assert isinstance(outcome.error, RpcError), outcome.error
        assert outcome.error.name == "UserError"
        assert outcome.error.message.startswith("Not enough is left on this card")
    assert salon.server.repeated() == before
    facts = tills[0].lookup(card)
    assert (facts["available"], facts["held"]) == (0.0, 100.0)


def test_ten_tills_share_a_card_that_is_enough_for_three(salon, tills, devices, card):
    before = salon.server.repeated()
    outcomes = at_once([lambda d=device: d.hold(30, card) for device in devices])
    won = [outcome.value for outcome in outcomes if outcome.value]
    messages = {outcome.error.message for outcome in outcomes if outcome.error}
    assert len(won) == 3
    assert len(messages) == 1
    assert messages.pop().startswith("At most 10.00")
    assert salon.server.repeated() == before
    facts = tills[0].lookup(card)
    assert (facts["available"], facts["held"]) == (10.0, 90.0)


def test_same_key_twenty_times_at_once_has_one_effect(salon, tills, devices, card):
    key = str(uuid4())
    outcomes = at_once(
        [lambda d=device: d.hold(60, card, key=key) for device in devices * 2]
    )
    assert [outcome.error for outcome in outcomes] == [None] * 20
    assert {outcome.value["state"] for outcome in outcomes} == {"held"}
    assert {outcome.value["amount"] for outcome in outcomes} == {60.0}
    assert sum(not outcome.value["again"] for outcome in outcomes) == 1
    assert len(redemptions(salon, [key])) == 1
    assert tills[0].lookup(card)["available"] == 40.0


def test_same_key_with_another_amount_is_an_error(tills, card):
    hold = tills[0].hold(60, card)
    with pytest.raises(RpcError, match="already uses a gift card in another way"):
        tills[0].hold(50, card, key=hold["key"])
    assert tills[0].lookup(card)["available"] == 40.0


def test_release_before_its_hold_leaves_a_tombstone(salon, tills, card):
    key = str(uuid4())
    released = tills[0].release(key, 2)
    assert released["state"] == "released"
    late = tills[0].hold(60, card, key=key, revision=1)
    assert late["state"] == "released"
    assert tills[0].lookup(card)["available"] == 100.0
    assert redemptions(salon, [key])[0]["state"] == "released"


def test_hold_and_release_of_one_key_at_once_end_released(tills, devices, card):
    for _round in range(10):
        key = str(uuid4())
        at_once(
            [
                lambda k=key: devices[0].hold(100, card, key=k, revision=1),
                lambda k=key: devices[1].release(k, 2),
            ]
        )
        assert tills[0].status([key])[key]["state"] == "released"
        assert tills[0].lookup(card)["available"] == 100.0


def test_revisions_out_of_order_keep_the_newest(tills, card):
    key = str(uuid4())
    answers = [
        tills[0].hold(amount, card, key=key, revision=revision)
        for revision, amount in ((1, 10), (3, 30), (2, 20), (4, 15))
    ]
    assert [(a["revision"], a["amount"]) for a in answers] == [
        (1, 10.0),
        (3, 30.0),
        (3, 30.0),
        (4, 15.0),
    ]
    assert tills[0].lookup(card)["available"] == 85.0


def test_twenty_revisions_at_once_end_at_the_highest(tills, devices, card):
    key = str(uuid4())
    devices[0].hold(50, card, key=key)
    at_once(
        [
            lambda d=device, r=number + 2: d.hold(r, card, key=key, revision=r)
            for number, device in enumerate(devices * 2)
        ]
    )
    # it is of the till that told it last, and the other one does not see it
    (state,) = [found[key] for till in tills if (found := till.status([key]))]
    assert (state["state"], state["revision"], state["amount"]) == ("held", 21, 21.0)
    assert tills[0].lookup(card)["available"] == 79.0


def test_one_paid_bill_sent_by_five_browsers_is_taken_once(salon, tills, card):
    bill = tills[0].bill()
    bill.add_service(60, 20)
    hold = tills[0].hold(60, card, bill=bill)
    tills[0].pay_with(bill, hold)
    payload = bill.payload()
    outcomes = at_once(
        [lambda: salon.cashier.another().call("pos.order", "sync_from_ui", [[payload]])]
        * 5
    )
    ids = {o.value["pos.order"][0]["id"] for o in outcomes if o.value}
    assert len(ids) == 1, [outcome.error for outcome in outcomes]
    entries = salon.query(
        "SELECT kind, face FROM giftcard_entry WHERE key = %s", [hold["key"]]
    )
    assert [(row["kind"], float(row["face"])) for row in entries] == [("redeem", -60.0)]
    assert tills[0].lookup(card)["available"] == 40.0


def test_paid_bill_without_a_hold_is_refused_and_leaves_nothing(salon, tills, card):
    bill = tills[0].bill()
    bill.add_service(60, 20)
    payment = bill.pay("giftcard", 60, giftcard_revision=1)
    with pytest.raises(RpcError, match="No gift card is reserved for this payment"):
        tills[0].send(bill)
    assert not salon.query("SELECT 1 FROM pos_order WHERE uuid = %s", [bill.uuid])
    assert not salon.query(
        "SELECT 1 FROM giftcard_entry WHERE key = %s", [payment["uuid"]]
    )
    assert tills[0].lookup(card)["available"] == 100.0
