# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The demo chain without a past, for the demo database only.

Belle Île Spa: a French company with two salons and a second one with a third
salon, each with a till, which take each other's cards; services and products at 20,
10 and 5.5 %; gift cards of every kind; and the people who work there. Run inside Odoo
by ``scripts/run_in_odoo.py``; ``history.py`` adds the year that was.
"""

from locations import build_companies, build_tills
from people import build_clients, build_users, silence
from pictures import hang_pictures
from products import build_card_types, build_products
from terms import agree_on_terms

env = env

companies = build_companies(env)
build_products(env, companies)
build_card_types(env, companies)
hang_pictures(env)
build_tills(env, companies)
agree_on_terms(env, companies)
build_users(env, companies)
build_clients(env)
silence(env)
