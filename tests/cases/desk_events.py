# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What the desk and the accountant do: expiry, income, the State, tips."""

from company import Unsupported
from events import event
from lib.bill import money


def run_cron(world, name):
    world.refresh()
    world.env.ref(f"giftcard_salon.{name}").sudo().method_direct_trigger()
    world.refresh()


def end_cards(world, wizard, step, method, **values):
    """Choose cards in the list and press the button of a dialog."""
    card = world.record(step["input"]["card"])
    world.refresh()
    chosen = {"active_model": card._name, "active_ids": card.ids, "active_id": card.id}
    world.desk(step["company"]).act(wizard, values, method, chosen)


# --- expiry


@event("expire")
def expire(world, step, data):
    """Let the daily job find the cards whose last day has passed.

    Of several that end on one day the accountant chooses this one in the list.
    """
    same_day = [
        later
        for later in world.case["steps"]
        if later["event"] == "expire" and later["date"] == step["date"]
    ]
    if len(same_day) > 1:
        values = {"company_id": world.companies[step["company"]].record.id}
        end_cards(world, "giftcard.expire", step, "action_expire", **values)
    else:
        run_cron(world, "ir_cron_expire")


# --- income in proportion to use


@event("breakage_proportional")
def take_income(world, step, data):
    company = world.companies[step["company"]]
    desk = world.desk(step["company"])
    for card_type in types_sold(world, data):
        if card_type.income_mode != "proportion":
            card_type.income_mode = "proportion"
        estimate(world, desk, company, card_type, step, money(data["rate"]) * 100)
    world.refresh()
    desk.act(
        "giftcard.breakage.wizard",
        {"company_id": company.record.id, "date": step["date"]},
        "action_run",
    )


def types_sold(world, data):
    names = [data["card"]] if data.get("card") else list(world.cards)
    types = world.env["giftcard.type"]
    for name in names:
        types |= world.record(name).type_id
    return types


def estimate(world, desk, company, card_type, step, rate):
    """Enter the estimate, unless the one before says the same."""
    known = world.env["giftcard.breakage.estimate"].search(
        [("type_id", "=", card_type.id), ("company_id", "=", company.record.id)],
        limit=1,
    )
    if not known or money(known.rate) != rate:
        world.refresh()
        desk.call(
            "giftcard.breakage.estimate",
            "create",
            [
                [
                    {
                        "type_id": card_type.id,
                        "company_id": company.record.id,
                        "rate": float(rate),
                        "date_from": step["date"],
                    }
                ]
            ],
        )


# --- unclaimed property


@event("escheat_due")
def escheat(world, step, data):
    end_cards(world, "giftcard.escheat", step, "action_escheat", reason="Unclaimed")


@event("escheat_remit")
def remit(world, step, data):
    company = world.companies[step["company"]]
    world.refresh()
    world.desk(step["company"]).act(
        "giftcard.remit",
        {
            "company_id": company.record.id,
            "amount": float(money(data["amount"])),
            "date": step["date"],
            "journal_id": company.bank.journal_id.id,
        },
        "action_remit",
    )


# --- tips


@event("pay_tips")
def pay_tips(world, step, data):
    """Enter the line of the bank's statement with which the staff was paid."""
    company = world.companies[step["company"]]
    account = company.chart.tip_account
    pay_from_bank(world, step, account, -money(data["amount"]), "Tips of the staff")


def pay_from_bank(world, step, account, amount, label):
    company = world.companies[step["company"]]
    journal = company.bank.journal_id
    if not journal.default_account_id:
        raise Unsupported("a bank without an account")
    world.refresh()
    world.desk(step["company"]).call(
        "account.bank.statement.line",
        "create",
        [
            [
                {
                    "journal_id": journal.id,
                    "date": step["date"],
                    "payment_ref": label,
                    "amount": float(amount),
                    "counterpart_account_id": account.id,
                }
            ]
        ],
    )
