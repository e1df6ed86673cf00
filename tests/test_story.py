# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A card between two salons, through the till's own RPCs against a running server.

The demo cashier sells 100.00, redeems 60.00 in the second salon and gives 20.00 of
that bill back to the card; ten tills ask for the 60.00 at once and one gets them;
all sessions are closed and the cards equal the accounts.
"""

import pytest
from lib.parallel import at_once
from lib.rpc import RpcError


@pytest.fixture(scope="module")
def story(salon, tills):
    return Story(salon, *tills)


class Story:
    def __init__(self, salon, first, second):
        self.salon, self.first, self.second = salon, first, second
        self.accountant = salon.accountant()
        self.code = None

    def tie_out(self):
        return self.salon.tie_out(self.accountant, self.first.company_id)


def test_a_card_is_sold_used_and_refunded_between_salons(story):
    first, second = story.first, story.second
    assert first.config_id != second.config_id
    before = story.tie_out()
    assert before["difference"] == 0.0

    story.code, _sent = first.sell_card(100)
    facts = second.lookup(story.code)
    assert (facts["status"], facts["available"]) == ("active", 100.0)

    sent = _redeem_sixty(second, story.code)
    assert second.lookup(story.code)["available"] == 40.0

    _refund_twenty(second, sent)
    facts = first.lookup(story.code)
    assert (facts["status"], facts["available"]) == ("partial", 60.0)

    winner, bill_till = _race_for_sixty(story)
    # a hold is bound to the bill that it was made for
    bill = bill_till.bill(uuid=winner["key"])
    bill.add_service(60, 20)
    bill_till.send(bill_till.pay_with(bill, winner))
    assert first.lookup(story.code)["status"] == "used"

    during = story.tie_out()
    assert during["difference"] == 0.0
    first.close()
    second.close()
    after = story.tie_out()
    assert after["difference"] == 0.0
    # sold 100.00, used 60.00, back 20.00, used 60.00: nothing is owed any more
    assert after["ledger_amount"] == after["posted_amount"]
    assert after["ledger_amount"] == before["ledger_amount"]
    assert after["bridging_amount"] == before["bridging_amount"]
    assert story.salon.server.log_errors() == []


def _redeem_sixty(till, code):
    bill = till.bill()
    bill.add_service(40, 20)
    bill.add_service(20, 10)
    hold = till.hold(60, code, bill=bill)
    assert (hold["state"], hold["amount"], hold["available"]) == ("held", 60.0, 40.0)
    sent = till.send(till.pay_with(bill, hold))
    assert sent.order["state"] == "paid"
    assert sent.payment(hold["key"])["giftcard_remaining"] == 40.0
    return sent


def _refund_twenty(till, sent):
    line = next(row for row in sent.lines.values() if row["price_unit"] == 20.0)
    paid = next(iter(sent.payments.values()))
    bill = till.bill()
    bill.add_refund(line)
    bill.pay("giftcard", -20, giftcard_refunded_payment_id=paid["id"])
    answer = till.send(bill)
    assert answer.order["state"] == "paid"
    assert answer.payment(bill.payments[0]["uuid"])["giftcard_last4"]


def _race_for_sixty(story):
    """Ten browsers, five in each salon; return the winner's hold and till."""
    racers = [
        (story.first, story.second)[number % 2].join(story.salon.cashier.another())
        for number in range(10)
    ]
    outcomes = at_once([lambda t=till: t.hold(60, story.code) for till in racers])
    won = [(o.value, t) for o, t in zip(outcomes, racers, strict=True) if o.value]
    refused = [outcome.error for outcome in outcomes if outcome.error]
    assert len(won) == 1, [outcome.error for outcome in outcomes]
    assert won[0][0]["state"] == "held"
    assert len(refused) == 9
    for error in refused:
        assert isinstance(error, RpcError)
        assert error.name == "UserError"
        assert error.message.startswith("Not enough is left on this card: "), error
        assert "60.00" in error.message
    return won[0]
