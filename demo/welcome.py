# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What `make demo` prints; {url} is filled in by it."""

from people import USERS

from odoo.addons.giftcard_salon.tools.keys.card_code import grouped

LOOK_FIRST = (
    (
        "cashier",
        "open Belle Île – Bellecour: a bill waits half-paid with a gift card (Orders)",
    ),
    ("manager", "Gift Cards > Cards: group by status, open a card and its history"),
    ("owner", "Gift Cards > Cards > Corrections: one waits for a second person"),
    ("accountant", "Gift Cards > Reporting > Gift card liability, for both companies"),
    (
        "accountant",
        "Gift Cards > Accounting: a settlement to pay, and the next one to make",
    ),
)


def print_welcome(figures, cards):
    """Print addresses, logins, where to begin, and codes to type at a till.

    :param dict figures: what the year had of what
    :param cards: tuples of text and code
    """
    counted = ", ".join(f"{number} {what}" for what, number in figures.items())
    print("Belle Île Spa, a demo chain: three salons, two companies, French accounts.")
    print(f"   The year that was: {counted}.")
    print("   {url}/odoo                 back office (Point of Sale, Gift Cards)")
    for login, (_name, role, *_others) in USERS.items():
        print(f"   login {login:<12} password {login:<12} {role}")
    print("   login admin        password admin        administrator")
    print("Begin with")
    for login, text in LOOK_FIRST:
        print(f"   {login:<12} {text}")
    print("Cards to type in at the till, in Lyon")
    for text, code in cards:
        print(f"   {grouped(code)}   {text}")
