# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What manager and desk do in the back office in the course of the year."""

import csv
import io
from datetime import timedelta

from biography import Card
from catalogue import FREE_AMOUNT
from invoicing import Desk
from lib.bill import money
from locations import LOCATIONS

from odoo import fields
from odoo.tools import SQL

GESTURE, STAFF, BANK = "6234", "648", "512"
BY_TRANSFER = "Ordered by telephone, paid by transfer"
# share of the year that has passed: what is done, with what
PLAN = (
    (0.00, "print_stock", ("Bellecour", 25)),
    (0.00, "print_stock", ("Annecy", 10)),
    (0.02, "issue", ("Bellecour", 50, GESTURE, "Appointment cancelled by us")),
    (0.06, "issue", ("Annecy", 100, BANK, BY_TRANSFER)),
    (0.10, "issue", ("Bellecour", 75, STAFF, "Christmas present: Camille")),
    (0.10, "issue", ("Bellecour", 75, STAFF, "Christmas present: Inès")),
    (0.10, "issue", ("Croix-Rousse", 75, STAFF, "Christmas present: Léa")),
    (0.17, "block", ("Bellecour", "Bag stolen in the metro")),
    (0.20, "replace", ("Bellecour", "Lost with the purse")),
    (0.24, "give", ("Bellecour", 150, "Prize of the school raffle")),
    (0.26, "issue_and_cancel", ("Bellecour", 500, GESTURE, "Raffle, wrong amount")),
    (0.30, "adjust", ("Bellecour", "up", 10, GESTURE, "Sorry for the noise next door")),
    (0.31, "approve", ()),
    (0.33, "block", ("Croix-Rousse", "Client fears it was copied")),
    (0.38, "unblock", ()),
    (0.41, "give", ("Annecy", 50, "Opening of the new hammam")),
    (0.43, "give", ("Croix-Rousse", 75, "Tenth visit of the year")),
    (0.45, "issue", ("Croix-Rousse", 50, GESTURE, "Long wait on Saturday")),
    (0.47, "pay_order", ("Bellecour", "Hôtel du Parc")),
    (0.50, "reprint", ("Bellecour",)),
    (0.52, "settle", ()),
    (0.55, "issue", ("Annecy", 80, GESTURE, "Massage cut short")),
    (0.60, "replace", ("Croix-Rousse", "Washed with the jeans")),
    (0.62, "block", ("Annecy", "Found at the front desk, owner unknown")),
    (0.66, "adjust", ("Croix-Rousse", "down", 15, BANK, "Entered twice in the till")),
    (0.68, "approve", ()),
    (0.70, "issue", ("Bellecour", 200, BANK, BY_TRANSFER)),
    (0.75, "reprint", ("Bellecour",)),
    (0.78, "pay_invoice", ("Bellecour", "Atelier Numérique Rhône")),
    (0.83, "issue", ("Bellecour", 50, GESTURE, "Colour had to be redone")),
    (0.90, "extend", ("Bellecour", 4, "Client was in hospital")),
    (0.92, "extend", ("Bellecour", 6, "On parental leave until spring")),
    (0.94, "settle", ()),
    (0.95, "block", ("Bellecour", "Paid with a stolen bank card, police informed")),
    (0.97, "extend", ("Bellecour", 3, "Kind gesture, asked at the desk")),
    (0.98, "give", ("Bellecour", 50, "Competition on our page, first prize")),
    (0.98, "adjust", ("Bellecour", "up", 20, GESTURE, "Massage half an hour late")),
)


class Office:
    """The desks behind the tills. What they do to a card, they do to cards that their
    clients keep in a drawer: those never come to a till.

    :param env: superuser environment, to find what people see on their screens
    """

    def __init__(self, year, env):
        self._year = year
        self._env = env
        self._manager = year.people["manager"]
        self._desk = Desk(year.people["manager"], env)
        self._waiting = list(PLAN)
        self._touched = []

    def work(self, passed):
        """Do what was due when ``passed`` of the year has gone by."""
        while self._waiting and self._waiting[0][0] <= passed:
            _due, action, about = self._waiting.pop(0)
            getattr(self, f"_{action}")(*about)
            self._year.clock.tick(180)

    # --- cards made by hand

    def _issue(self, salon, value, account, reason):
        record = self._make(salon, value, account, reason)
        if account != BANK:  # else whoever ordered it has not come yet
            self._hand_over(record, salon, value)

    def _give(self, salon, value, reason):
        """Give a card away: nothing is received, and nothing is owed for it."""
        record = self._make(salon, value, None, reason)
        self._hand_over(record, salon, value)

    def _hand_over(self, record, salon, value):
        card = Card(
            code=record._reveal(),
            type_name=record.type_id.name,
            value=money(value),
            remaining=money(value),
            salon=salon,
            sold_on=self._year.today,
        )
        self._year.agenda.decide([card], LOCATIONS[salon])

    def _issue_and_cancel(self, *about):
        record = self._make(*about)
        values = {"card_id": record.id, "reason": "Typed 500 instead of 150"}
        self._press("giftcard.cancel", values, "action_cancel", record.company_id)

    def _make(self, salon, value, account, reason):
        """Fill in the dialog as the manager; return the card it made."""
        location = self._find_location(salon)
        values = {
            "type_id": self._find_type(FREE_AMOUNT).id,
            "location_id": location.id,
            "amount": value,
            "recipient": reason.partition(": ")[2],
            "reason": reason,
        }
        if account:
            found = self._find_account(location.company_id, account)
            values["account_id"] = found.id
        else:
            values["how"] = "given"
        self._press("giftcard.issue", values, "action_issue", location.company_id)
        self._year.scenes.tell("cards issued by hand")
        self._date_requests("giftcard_approval")
        return self._approve_all("giftcard.approval").sudo().card_ids

    def _print_stock(self, salon, count):
        """Prepare printed cards; their numbers go to the printer in a file."""
        location = self._find_location(salon)
        values = {
            "type_id": self._find_type("Gift card 100").id,
            "location_id": location.id,
            "count": count,
        }
        company = location.company_id
        action = self._press("giftcard.stock", values, "action_prepare", company)
        stock = self._env["giftcard.stock"].with_user(self._manager.uid)
        stock = stock.with_context(allowed_company_ids=company.ids)
        _name, content = stock.browse(action["res_id"])._make_file()
        self._see_news()
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        self._year.scenes.stock[salon] = [row[0] for row in rows][1:]

    # --- what happens to cards

    def _block(self, salon, reason):
        record = self._choose(salon)
        values = {"card_id": record.id, "reason": reason}
        self._press("giftcard.block", values, "action_block", record.company_id)
        self._blocked = record

    def _unblock(self):
        self._manager.call(
            "giftcard.card",
            "action_unblock",
            [self._blocked.ids],
            allowed_company_ids=self._blocked.company_id.ids,
        )

    def _adjust(self, salon, direction, amount, account, reason):
        record = self._choose(salon, self._has_amount)
        values = {
            "card_id": record.id,
            "direction": direction,
            "amount": amount,
            "account_id": self._find_account(record.company_id, account).id,
            "reason": reason,
        }
        self._press("giftcard.adjust", values, "action_adjust", record.company_id)
        self._date_requests("giftcard_adjustment")

    def _approve(self):
        """The owner agrees to what the manager asked for."""
        self._approve_all("giftcard.adjustment")

    def _approve_all(self, model):
        """Approve as the owner what waits; return it."""
        waiting = self._env[model].search([("state", "=", "waiting")])
        for document in waiting:
            context = {"allowed_company_ids": document.company_id.ids}
            approve = model, "action_approve", [document.ids]
            self._year.people["owner"].call(*approve, **context)
        self._see_news()
        return waiting

    def _date_requests(self, table):
        """The database has clocks of its own: here it is the day of the story."""
        self._env.cr.execute(
            SQL(
                "UPDATE %s SET create_date = %s WHERE state = 'waiting'",
                SQL.identifier(table),
                fields.Datetime.now(),
            )
        )
        self._see_news()

    def _replace(self, salon, reason):
        record = self._choose(salon)
        values = {"card_id": record.id, "email": False, "reason": reason}
        self._press_at_desk("giftcard.replace", values, "action_replace")

    def _extend(self, salon, months, reason):
        """Extend the oldest card that is still in a drawer; it may have expired."""
        record = self._choose(salon)
        until = record.valid_until + timedelta(30 * months)
        values = {
            "card_id": record.id,
            "valid_until": until.isoformat(),
            "reason": reason,
        }
        self._press_at_desk("giftcard.extend", values, "action_extend")

    def _reprint(self, salon):
        """The desk finds a card by its recipient and prints its slip again."""
        till = self._year.tills[salon]
        record = self._choose(salon)
        found = till.ask_desk("giftcard_find", record.recipient or record.last4)
        if record.id in [row["id"] for row in found]:
            till.ask_desk("giftcard_reprint", record.id)

    def _settle(self):
        self._year.accountants.settle_invoices()

    def _pay_order(self, salon, client):
        record = self._choose(salon, self._has_amount)
        self._desk.sell_by_order(self._find_client(client), record)

    def _pay_invoice(self, salon, client):
        record = self._choose(salon, self._has_amount)
        self._desk.sell_by_invoice(self._find_client(client), record)

    # --- pieces

    @staticmethod
    def _has_amount(card):
        """Tell whether a card can be corrected and pays anything."""
        return not card.has_entitlements and card.remaining >= 50

    def _choose(self, salon, is_fit=lambda card: True):
        """Return the oldest card nobody will redeem, of this salon if there is one."""
        kept = [
            card
            for card in self._year.agenda.never
            if card not in self._touched and not card.is_single_use and is_fit(card)
        ]
        kept.sort(
            key=lambda card: (
                card.salon != salon,
                LOCATIONS[card.salon] != LOCATIONS[salon],
            )
        )
        card = kept[0]
        self._touched.append(card)
        self._see_news()
        return self._env["giftcard.card"]._find_by_code(card.code).sudo()

    def _press(self, wizard, values, button, company):
        action = self._manager.act(
            wizard, values, button, allowed_company_ids=company.ids
        )
        self._see_news()
        return action

    def _press_at_desk(self, wizard, values, button):
        self._year.people["reception"].act(wizard, values, button)
        self._see_news()

    def _see_news(self):
        """Read from here on what requests have committed."""
        self._env.cr.commit()
        self._env.invalidate_all()

    def _find_location(self, salon):
        return self._env["giftcard.location"].search([("name", "=", salon)])

    def _find_client(self, name):
        return self._year.scenes.businesses[name]

    def _find_type(self, name):
        return self._env["giftcard.type"].search([("name", "=", name)])

    def _find_account(self, company, code):
        accounts = self._env["account.account"].with_company(company)
        return accounts.search(
            [("code", "=like", f"{code}%"), ("company_ids", "in", company.ids)],
            order="code",
            limit=1,
        )
