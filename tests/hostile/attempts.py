# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What hostile people try: one line each. Add yours, and say who tries it.

``$name`` stands for a value of :class:`hostile.world.World`, ``$0`` for the answer to
the first step of the same attempt, and so on. Each attempt is made twice: as it is, and
with every context key that might open a door.
"""

from uuid import uuid4

FORGED = str(uuid4())
CARD = {"available": 900, "value": 900, "state": "active", "valid_until": False}
HOLD = {
    "key": FORGED,
    "revision": 1,
    "amount": 30,
    "session_id": "$session",
    "order_uuid": FORGED,
}
# a key that another document holds, as every cashier may come to know it
KNOWN = {**HOLD, "key": "$key", "revision": 99, "amount": 300}
ISSUE = {"type_id": "$type", "amount": 100, "reason": "x"}
METHOD = "pos.payment.method"
TENDER = "giftcard_hold_tender"

# === ONE CALL: model, method, arguments ===
EVERYBODY = [
    # the records themselves
    ("giftcard.card", "write", ["$card", CARD]),
    ("giftcard.card", "create", [{**CARD, "type_id": "$type"}]),
    ("giftcard.card", "copy", ["$card"]),
    ("giftcard.card", "unlink", ["$card"]),
    ("giftcard.card", "web_save", ["$card", CARD, {}]),
    ("giftcard.card", "load", [[".id", "available"], [["1", "900"]]]),
    ("giftcard.card", "action_unblock", ["$card"]),
    ("giftcard.card", "action_mark_paid", ["$card"]),
    ("giftcard.card", "action_reveal", ["$card"]),
    ("giftcard.card", "read", ["$card", ["code_cipher", "code_hash"]]),
    ("giftcard.card", "export_data", ["$card", ["code_cipher"]]),
    ("giftcard.card", "search", [[("code_hash", "like", "a")]]),
    ("giftcard.card", "_reveal", ["$card"]),
    ("giftcard.card", "_issue", [1, [], {}]),
    ("giftcard.card", "_move", ["$card", 900, 900]),
    (
        "giftcard.entitlement",
        "create",
        [{"card_id": "$card", "value": 900, "kind": "amount"}],
    ),
    ("giftcard.entry", "create", [{"card_id": "$card", "kind": "issue", "face": 900}]),
    ("giftcard.entry", "unlink", ["$entry"]),
    ("giftcard.entry", "write", ["$entry", {"face": 900}]),
    ("giftcard.entry", "_append", [[]]),
    ("giftcard.redemption", "write", ["$hold", {"state": "released", "amount": 0}]),
    ("giftcard.redemption", "create", [{"key": FORGED, "card_id": "$card"}]),
    ("giftcard.redemption", "action_release", ["$hold"]),
    ("giftcard.redemption", "unlink", ["$hold"]),
    ("giftcard.redemption", "_release", ["$key"]),
    ("giftcard.seal", "unlink", ["$seal"]),
    (
        "giftcard.application",
        "create",
        [{"card_id": "$card", "key": FORGED, "amount": 9}],
    ),
    ("giftcard.application", "write", ["$use", {"amount": 0.01, "paid_amount": 300}]),
    ("giftcard.application", "unlink", ["$use"]),
    ("giftcard.attempt", "search", [[]]),
    ("giftcard.adjustment", "create", [{"card_id": "$card", "amount": 900}]),
    ("giftcard.adjustment", "write", ["$request", {"state": "waiting"}]),
    ("giftcard.approval", "create", [{"kind": "issue", "company_id": 1}]),
    ("giftcard.approval", "action_approve", ["$request"]),
    ("giftcard.settlement", "unlink", ["$card"]),
    ("giftcard.type", "write", ["$type", {"amount_max": 900000}]),
    ("giftcard.location", "write", ["$location", {"company_id": 1}]),
    # steps that are a manager's
    ("giftcard.issue", "create", [ISSUE]),
    ("giftcard.adjust", "create", [{"card_id": "$card", "amount": 900, "reason": "x"}]),
    ("giftcard.block", "create", [{"card_id": "$card", "reason": "x"}]),
    ("giftcard.cancel", "create", [{"card_id": "$card", "reason": "x"}]),
    ("giftcard.stock", "create", [{"type_id": "$type", "count": 1}]),
    ("giftcard.expire", "create", [{"card_ids": [(6, 0, ["$card"])]}]),
    ("giftcard.escheat", "create", [{"card_ids": [(6, 0, ["$card"])], "reason": "x"}]),
    ("giftcard.remit", "create", [{"amount": 9}]),
    ("giftcard.pay", "create", [{"statement_id": 1}]),
    ("giftcard.report", "get_report", ["liability", {}]),
    # documents of others that carry what cards did
    ("account.move.line", "write", ["$item", {"giftcard_entry_id": False}]),
    ("account.move", "button_draft", ["$move"]),
    ("product.template", "write", ["$shampoo", {"giftcard_type_id": "$type"}]),
    ("res.company", "write", ["$company", {"giftcard_needs_approval": False}]),
    ("res.company", "write", ["$company", {"giftcard_daily_codes": 0}]),
    ("ir.config_parameter", "set_param", ["giftcard_salon.key_check.hash.1", "0"]),
    ("ir.default", "set", ["giftcard.card", "available", 900]),
]
CASHIER = [
    # codes guessed, damaged or told by nobody
    *(
        (METHOD, TENDER, ["$method", {**HOLD, **values}])
        for values in (
            {"code": "GC0000000000000000"},
            {"code": "\ud800"},
            {"code": "$reference"},
            {"code": "$code", "amount": "1_0"},
            {"code": "$code", "amount": -5},
            {"code": "$code", "amount": 301},
            {"card_id": "$card"},
        )
    ),
    (METHOD, TENDER, ["$cash", {**HOLD, "code": "$code"}]),
    *(
        (METHOD, "giftcard_present", ["$method", {**HOLD, **values}])
        for values in (
            {"code": "GC0000000000000000"},
            {"code": "$reference", "payable": {"without_tips": 30}},
            {"code": "$code", "payable": {"without_tips": "1_0"}},
            {"code": "$code", "payable": {"without_tips": -5}},
            {"code": "$code", "amount": 30},
            {"code": "$code", "key": "$key", "payable": {"without_tips": 300}},
        )
    ),
    (
        METHOD,
        "giftcard_hold_entitlements",
        ["$method", {**HOLD, "code": "$code", "redemptions": [HOLD]}],
    ),
    (
        METHOD,
        "giftcard_hold_conversion",
        ["$method", {**HOLD, "code": "$code", "keys": [FORGED]}],
    ),
    # a key is no proof
    *(
        (METHOD, TENDER, ["$method", {**KNOWN, **values}])
        for values in (
            {},
            {"amount": 1},
            {"code": "$code"},
            {"order_uuid": "sale.order,1"},
        )
    ),
    (METHOD, "giftcard_release", ["$method", "$key", 99, "$session"]),
    (METHOD, "giftcard_release", ["$method", "$key", 2**31 - 2, "$session"]),
    (METHOD, "giftcard_status", ["$method", ["$key"], "$session"]),
    # what is the desk's
    (METHOD, "giftcard_find", ["$method", "Sofia", "$session"]),
    (METHOD, "giftcard_reprint", ["$method", "$card", "$session"]),
    (METHOD, "giftcard_send", ["$method", "$card", "$session", "thief@example.com"]),
    (METHOD, "giftcard_undo", ["$method", "$bill", "$session"]),
    (METHOD, "giftcard_release_abandoned", ["$method", "$session", ["$hold"]]),
    # what the server says of a bill
    ("pos.order.line", "write", ["$line", {"giftcard_entry_id": False}]),
    ("pos.order.line", "write", ["$line", {"giftcard_card_id": "$other"}]),
    ("pos.order.line", "write", ["$line", {"price_unit": 1}]),
    ("pos.order.line", "unlink", ["$line"]),
    ("pos.payment", "write", ["$paid", {"amount": 1}]),
    ("pos.payment", "write", ["$paid", {"uuid": FORGED}]),
    ("pos.payment", "write", ["$paid", {"giftcard_redemption_id": False}]),
    ("pos.payment", "unlink", ["$paid"]),
    ("pos.order", "unlink", ["$bill"]),
    ("pos.order", "write", ["$bill", {"giftcard_turnover": 0}]),
    ("giftcard.send", "create", [{"card_id": "$card", "email": "thief@example.com"}]),
    ("giftcard.replace", "create", [{"card_id": "$card", "reason": "x"}]),
    ("giftcard.extend", "create", [{"card_id": "$card", "reason": "x"}]),
    ("giftcard.redeem", "create", [{"order_id": "$order", "code": "$code"}]),
]
DESK = [
    ("sale.order.line", "write", ["$deduction", {"price_unit": 0}]),
    ("sale.order.line", "write", ["$deduction", {"order_id": "$empty"}]),
    ("sale.order.line", "write", ["$deduction", {"giftcard_application_id": False}]),
]

# === SEVERAL CALLS, IN ANY ORDER ===
REDEEM = {"order_id": "$empty", "amount": 90}
COURSES = {
    "cashier": [],
    "visitor": [],
    "reception": [
        # a card that is named is no card whose code is known
        [
            ("giftcard.redeem", "create", [{**REDEEM, "card_id": "$card"}]),
            ("giftcard.redeem", "write", ["$0", {"card_id": "$card"}]),
            ("giftcard.redeem", "action_apply", ["$0"]),
        ],
        # nor is one whose code was typed for something else, an hour ago
        [
            ("giftcard.redeem", "write", ["$wizard", REDEEM]),
            ("giftcard.redeem", "action_apply", ["$wizard"]),
        ],
        [
            ("ir.default", "set", ["giftcard.redeem", "card_id", "$card"]),
            ("giftcard.redeem", "create", [REDEEM]),
            ("giftcard.redeem", "action_apply", ["$1"]),
        ],
        [
            ("giftcard.redeem", "create", [{**REDEEM, "code": "GC0"}]),
            ("giftcard.redeem", "action_apply", ["$0"]),
        ],
    ],
}

# === WITHOUT A LOGIN: addresses, and calls as above ===
ADDRESSES = [
    "/giftcard_salon/report/liability.xlsx?self=1",
    "/giftcard_salon/stock/1.csv",
    "/web/content/giftcard.card/$card/code_cipher",
    "/web/content?model=giftcard.entry&id=$entry&field=reason",
    "/web/image/giftcard.card/$card/last4",
    "/my/orders/$order",
    "/json/1/giftcard.card",
    "/web/database/backup",
]
VISITOR = [
    ("giftcard.card", "read", ["$card", ["last4"]]),
    ("giftcard.card", "search_read", [[], ["last4", "available"]]),
    ("giftcard.type", "search_read", [[], ["name"]]),
    (METHOD, "giftcard_lookup", ["$method", "$code", "$session"]),
    (METHOD, TENDER, ["$method", {**HOLD, "code": "$code"}]),
    (METHOD, "giftcard_status", ["$method", ["$key"]]),
    (METHOD, "giftcard_release", ["$method", "$key", 9]),
    (METHOD, "giftcard_find", ["$method", "Sofia", "$session"]),
    ("pos.order", "read_pos_orders", [[]]),
    ("pos.order", "action_pos_order_cancel", ["$bill"]),
    *EVERYBODY,
]

ATTEMPTS = {
    "cashier": [*EVERYBODY, *CASHIER],
    "reception": [*EVERYBODY, *DESK],
    "visitor": VISITOR,
}
# every key of a context that anything of Odoo or of ours listens to
CONTEXT = {
    "giftcard_writer": 1,
    "giftcard_reversal": 1,
    "giftcard_bill": ["$bill"],
    "default_card_id": "$card",
    "default_code": "$reference",
    "default_state": "active",
    "default_available": 900,
    "default_giftcard_use_id": "$use",
    "default_giftcard_role": "deduction",
    "default_giftcard_entry_id": "$entry",
    "default_giftcard_card_id": "$card",
    "default_email_cc": "thief@example.com",
    "active_model": "giftcard.card",
    "active_ids": ["$card"],
    "active_id": "$card",
    "active_test": False,
    "tracking_disable": True,
    "install_mode": True,
    "force_delete": True,
    "skip_invoice_sync": True,
    "check_move_validity": False,
    "uid": 1,
    "su": True,
}
