# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What there is to gain: a card with money on it, and documents that it is on."""

import re
import urllib.error
import urllib.request

from lib.rpc import Rpc, RpcError

NOBODY = 2**31 - 1
RIGHTS = ("sales_team.group_sale_salesman_all_leads", "account.group_account_invoice")
# what must be the same before and after
KEPT = {
    "cards": "SELECT id, state, value, available, available_consideration, price,"
    " valid_until, code_hash, holder_id, company_id FROM giftcard_card",
    "parts": "SELECT * FROM giftcard_entitlement",
    "ledger": "SELECT id, card_id, kind, face, consideration, net FROM giftcard_entry",
    "holds": "SELECT id, key, state, revision, amount, card_id"
    " FROM giftcard_redemption",
    "seals": "SELECT id, entry_id, hash FROM giftcard_seal",
    "uses": "SELECT id, key, card_id, amount, paid_amount, move_id, order_id"
    " FROM giftcard_application",
    "requests": "SELECT id, state, amount FROM giftcard_adjustment"
    " UNION ALL SELECT id, state, amount FROM giftcard_approval",
    "bills": "SELECT id, state, amount_total, amount_paid, giftcard_turnover"
    " FROM pos_order",
    "bill lines": "SELECT id, order_id, qty, price_unit, price_subtotal_incl,"
    " giftcard_card_id, giftcard_entry_id, giftcard_role FROM pos_order_line",
    "payments": "SELECT id, pos_order_id, uuid, amount, giftcard_redemption_id,"
    " giftcard_entry_id FROM pos_payment",
    "orders": "SELECT id, state, amount_total FROM sale_order",
    "order lines": "SELECT id, order_id, price_total, giftcard_role,"
    " giftcard_application_id FROM sale_order_line",
    "invoices": "SELECT id, state, amount_total FROM account_move",
    "journal items": "SELECT id, move_id, account_id, balance, giftcard_card_id,"
    " giftcard_entry_id FROM account_move_line",
    "products": "SELECT id, giftcard_type_id FROM product_template",
    "types": "SELECT id, amount_min, amount_max, active FROM giftcard_type",
    "salons": "SELECT id, company_id, active FROM giftcard_location",
    "settings": "SELECT id, giftcard_needs_approval, giftcard_daily_codes,"
    " giftcard_daily_issued, giftcard_account_protection FROM res_company",
    "mails": "SELECT id, email_to, email_cc FROM mail_mail",
    "parameters": "SELECT id, value FROM ir_config_parameter"
    " WHERE key LIKE 'giftcard_salon.%%'",
}


class World:
    """Names for attempts, and whether anything was gained.

    :param salon: :class:`lib.salon.Salon`
    :param tills: two open tills
    """

    def __init__(self, salon, tills):
        self.salon, (till, other) = salon, tills
        admin = salon.login("admin", "admin")
        manager = salon.login("manager", "manager")
        self._give_rights(admin)
        desk = salon.login("reception", "reception")
        self.people = {
            "cashier": salon.cashier,
            "reception": desk,
            "visitor": Rpc(salon.server.port, salon.database),
        }
        self.code, sold = till.sell_card(300)
        self.known = {
            "code": self.code,
            "session": till.session_id,
            "method": till.methods["giftcard"],
            "cash": till.methods["cash"],
            "company": till.company_id,
            "line": sold.bill.lines and next(iter(sold.lines.values()))["id"],
        }
        self._pay_and_hold(till, other)
        self._issue_free_card(manager)
        self._make_documents(desk)
        self._name_the_remaining()
        self.secrets = [self.code, self.free, self.code[2:], self.free[2:]]

    def _give_rights(self, admin):
        groups = [
            self.salon.query(
                "SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s",
                name.split("."),
            )[0]["res_id"]
            for name in RIGHTS
        ]
        users = admin.call("res.users", "search", [[("login", "=", "reception")]])
        values = {"group_ids": [(4, group) for group in groups]}
        admin.call("res.users", "write", [users, values])

    def _pay_and_hold(self, till, other):
        bill = till.bill()
        bill.add_service(60, 20)
        sent = till.send(till.pay_with(bill, till.hold(60, self.code, bill=bill)))
        held = other.hold(40, self.code, bill=other.bill())
        self.known.update(
            bill=sent.order["id"],
            paid=next(iter(sent.payments.values()))["id"],
            key=held["key"],
        )

    def _issue_free_card(self, manager):
        [card_type] = manager.call(
            "giftcard.type", "search", [[("is_free_amount", "=", True)]], {"limit": 1}
        )
        account = self.salon.query(
            """SELECT account.id FROM account_account account
                 JOIN account_account_res_company_rel own
                      ON own.account_account_id = account.id
                WHERE own.res_company_id = %s AND account_type = 'expense' LIMIT 1""",
            [self.known["company"]],
        )[0]["id"]
        context = {"context": {"allowed_company_ids": [self.known["company"]]}}
        for price in (0, 100):
            values = {
                "type_id": card_type,
                "amount": 100,
                "price": price,
                "account_id": account,
                "reason": "A gesture",
            }
            wizard = manager.call("giftcard.issue", "create", [[values]], context)
            manager.call("giftcard.issue", "action_issue", [wizard], context)
            self.known.setdefault("other", self._approve())
        shown = manager.call("giftcard.card", "action_reveal", [self.known["other"]])
        self.free = re.sub(r"\s", "", shown["params"]["message"])
        self.known.update(type=card_type)

    def _approve(self):
        """Let the owner approve what the manager asks for; return the card."""
        owner = self.salon.login("owner", "owner")
        waiting = [("state", "=", "waiting")]
        requests = owner.call("giftcard.approval", "search", [waiting])
        owner.call("giftcard.approval", "action_approve", [requests])
        rows = owner.call("giftcard.approval", "read", [requests, ["card_ids"]])
        self.known["done"] = requests[0]
        return rows[0]["card_ids"][0]

    def _make_documents(self, desk):
        client = desk.call("res.partner", "search", [[("name", "=", "Sofia Laurent")]])
        product = desk.call(
            "product.product", "search", [[("type", "=", "service")]], {"limit": 1}
        )
        line = {"product_id": product[0], "price_unit": 90, "product_uom_qty": 1}
        for name in ("order", "empty"):
            values = {"partner_id": client[0], "order_line": [(0, 0, line)]}
            [self.known[name]] = desk.call("sale.order", "create", [[values]])
        [wizard] = desk.call(
            "giftcard.redeem",
            "create",
            [[{"order_id": self.known["order"], "code": self.free, "amount": 30}]],
        )
        desk.call("giftcard.redeem", "action_apply", [wizard])
        self.known["wizard"] = wizard
        values = {"move_type": "out_invoice", "partner_id": client[0]}
        [self.known["invoice"]] = desk.call("account.move", "create", [[values]])

    def _name_the_remaining(self):
        first = {
            "card": "SELECT card_id AS id FROM giftcard_redemption ORDER BY id",
            "entry": "SELECT id FROM giftcard_entry ORDER BY id DESC",
            "hold": "SELECT id FROM giftcard_redemption WHERE state = 'held'",
            "seal": "SELECT id FROM giftcard_seal",
            "use": "SELECT id FROM giftcard_application ORDER BY id DESC",
            "deduction": "SELECT id FROM sale_order_line WHERE giftcard_role = 'bonus'",
            "item": "SELECT id FROM account_move_line"
            " WHERE giftcard_entry_id IS NOT NULL ORDER BY id DESC",
            "move": "SELECT move_id AS id FROM account_move_line"
            " WHERE giftcard_entry_id IS NOT NULL ORDER BY id DESC",
            "location": "SELECT id FROM giftcard_location",
            "shampoo": "SELECT id FROM product_template WHERE giftcard_type_id IS NULL",
            "liability": "SELECT account_id AS id FROM account_move_line"
            " WHERE giftcard_entry_id IS NOT NULL ORDER BY id DESC",
            "reference": "SELECT code_hash AS id FROM giftcard_card",
        }
        for name, sql in first.items():
            rows = self.salon.query(f"{sql} LIMIT 1")
            self.known[name] = rows[0]["id"] if rows else 1
        self.known["request"] = 1

    # === TRYING ===

    def fill_in(self, value, answers=()):
        """Return ``value`` with what its names stand for."""
        if isinstance(value, dict):
            return {key: self.fill_in(value[key], answers) for key in value}
        if isinstance(value, (list, tuple)):
            return [self.fill_in(one, answers) for one in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        name = value[1:]
        if name.isdigit():
            answer = answers[int(name)]
            return answer if isinstance(answer, (int, list)) else NOBODY
        return self.known[name]

    def try_course(self, who, steps, context):
        """Make the calls of an attempt; return everything that was answered."""
        answers = []
        for model, method, args in steps:
            try:
                answer = self.people[who].call(
                    model,
                    method,
                    self.fill_in(args, answers),
                    {"context": self.fill_in(context)} if context else {},
                )
            except RpcError as error:
                answer = error.message
                if error.name not in REFUSALS:
                    answer = f"{error.name} is no refusal: {error.message}"
            answers.append(answer)
        return answers

    def visit(self, address):
        """Fetch an address without a login; return what it shows."""
        for name, value in self.known.items():
            address = address.replace(f"${name}", str(value))
        try:
            with urllib.request.urlopen(self.salon.server.url + address) as page:
                return page.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return f"refused with {error.code}"

    def look(self):
        """Return a fingerprint of each thing that must be kept."""
        sums = ", ".join(
            "(SELECT md5(string_agg(kept::text, ',' ORDER BY kept::text))"
            f' FROM ({sql}) kept) AS "{name}"'
            for name, sql in KEPT.items()
        )
        return self.salon.query(f"SELECT {sums}")[0]


REFUSALS = (
    "AccessError",
    "UserError",
    "ValidationError",
    "MissingError",
    "RedirectWarning",
    "AccessDenied",
    "SessionExpiredException",
)
