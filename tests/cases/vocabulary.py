# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The words of the schema: what a file of cases may say, and other words for it."""

EVENTS = {
    "sale",
    "reload",
    "hold",
    "release",
    "capture",
    "redeem",
    "refund",
    "refund_to_card",
    "refund_card_sale",
    "cancel",
    "undo_redeem",
    "expire",
    "issue_promo",
    "convert_spv_to_mpv",
    "breakage_proportional",
    "escheat_due",
    "escheat_remit",
    "pay_tips",
    "redeem_ic_issuer",
    "redeem_ic_redeemer",
    "settle",
    "change_account",
}
EVENT_ALIASES = {
    "account_change": "change_account",
    "move_account": "change_account",
    "change_liability_account": "change_account",
}
CASE = {
    "id",
    "title",
    "jurisdiction",
    "currency",
    "rounding",
    "tags",
    "steps",
    "note",
    "sessions",
    "rates",
}
STEP = {
    "n",
    "date",
    "company",
    "event",
    "input",
    "journal",
    "vat_return_delta",
    "alt_net_rounding",
    "refused",
    "expect",
    "note",
    "document",
    "location_matrix",
    "rates",
}
# what an input says is done
DONE = {
    "card",
    "cards",
    "price",
    "face",
    "tender",
    "gross",
    "tax",
    "units",
    "parts",
    "amount",
    "key",
    "available_after",
    "lines",
    "uses",
    "other_tenders",
    "promo_discount",
    "value",
    "allocated_gross",
    "service_price",
    "item_gross",
    "top_up",
    "tip",
    "order_currency",
    "repeat_same_key",
    "original_step",
    "reverses_step",
    "to",
    "rate",
    "net",
    "face_used",
    "part",
    "is_tip",
    "spv",
    "kind",
    "currency",
    "exchange_rate",
    "role",
}
# what it explains beside that; the books show whether it is so
TOLD = {
    "discount",
    "discount_by_rate",
    "item_line",
    "deduction_line",
    "item",
    "card_currency",
    "sold",
    "redeemed_to_date",
    "formula",
    "cumulative",
    "this_period",
    "reason",
    "already_recognised",
    "consideration",
    "deferred",
    "base",
    "vat",
    "invoice_from",
    "invoice_to",
    "fee",
    "desc",
    "note",
}
INPUT = DONE | TOLD
INPUT_ALIASES = {
    "face_value": "face",
    "vat_rate": "tax",
    "tax_rate": "tax",
    "vat_mode": "kind",
    "original": "original_step",
    "description": "desc",
    "rate_of_day": "exchange_rate",
    "fx_rate": "exchange_rate",
    "account": "role",
}
LINE = {"desc", "gross", "net", "tax"}
# a list with one of these in each object is what a bill sells
LINE_PRICES = {"gross", "net", "amount", "price"}
LINE_ALIASES = {
    "amount": "gross",
    "price": "gross",
    "rate": "tax",
    "vat_rate": "tax",
    "description": "desc",
    "name": "desc",
}
AMOUNTS = {
    "price",
    "face",
    "gross",
    "net",
    "amount",
    "value",
    "allocated_gross",
    "service_price",
    "item_gross",
    "top_up",
    "tip",
    "promo_discount",
    "face_used",
    "available_after",
    "consideration",
}
USES = {"redeem", "capture", "redeem_ic_issuer"}
REFUNDS = {"refund", "refund_to_card", "undo_redeem"}
# what says how a card is used, when it stands beside the card's name
USE = {
    "units",
    "allocated_gross",
    "face_used",
    "service_price",
    "item_gross",
    "top_up",
    "part",
    "is_tip",
}
TENDERS = {"bank", "cash"}
# words of an input that are one text or number, and the others with their shape
PLAIN = {
    "card",
    "to",
    "key",
    "tender",
    "tax",
    "kind",
    "part",
    "rate",
    "original_step",
    "reverses_step",
    "order_currency",
    "currency",
    "card_currency",
    "role",
    "desc",
}
SHAPES = {
    "lines": list,
    "parts": list,
    "uses": list,
    "cards": (dict, list),
    "other_tenders": dict,
    "units": int,
}
ROLES = {
    "bank",
    "cash",
    "gc_liability",
    "spv_deferred",
    "breakage_contra",
    "breakage_income",
    "vat_input",
    "tips_payable",
    "tips_prepaid",
    "escheat_payable",
    "ic_payable",
    "ic_receivable",
    "sales_tax_payable",
    "revenue_us",
    "chargeback_receivable",
    "bad_debt_expense",
    "bank_fees",
    "cost_of_services",
    "exchange_difference",
}
ROLE_ALIASES = {
    "exchange_gain": "exchange_difference",
    "exchange_loss": "exchange_difference",
    "fx_gain": "exchange_difference",
    "fx_loss": "exchange_difference",
    "fx_difference": "exchange_difference",
}
# of a role before and after another account was chosen for it: one role
ROLE_ENDS = ("_old", "_new", "_former")
# roles whose account a case may change, by the setting
CHANGED_ROLES = {
    "gc_liability": "liability",
    "spv_deferred": "deferred",
    "tips_prepaid": "tips",
    "breakage_contra": "contra",
}
RATED_ROLES = ("vat_", "revenue_")
KINDS = {
    "mpv": "MPV",
    "multi": "MPV",
    "multi_purpose": "MPV",
    "multi-purpose": "MPV",
    "spv": "SPV",
    "single": "SPV",
    "single_purpose": "SPV",
    "single-purpose": "SPV",
}
# expectations of a card: word of the file -> word of cards.read_card
EXPECTED = {
    "MPV": {
        "kind": "kind",
        "face": "face",
        "face_value": "face",
        "balance": "face",
        "liability": "liability",
        "consideration": "liability",
        "carried": "carried",
        "state": "state",
    },
    "SPV": {
        "kind": "kind",
        "rate": "rate",
        "tax": "rate",
        "units_left": "units_left",
        "gross": "gross",
        "gross_left": "gross_left",
        "face": "gross_left",
        "face_value": "gross_left",
        "balance": "gross_left",
        "deferred": "deferred",
        "vat_at_sale": "vat_at_sale",
        "base_at_sale": "base_at_sale",
        "carried": "carried",
        "state": "state",
    },
}
