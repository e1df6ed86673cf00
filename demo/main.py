"""The demo salon, for the demo database only: run by scripts/run_in_odoo.py.

Belle Île Spa: one French company, two salons with a till each, services and
products at 20, 10 and 5.5 %, gift cards of 50, 100 and a free amount, and a
cashier, a manager and an accountant. What it prints is what `make demo` shows.
"""

from world import (
    build_company,
    build_products,
    build_tills,
    build_users,
    print_addresses,
)

env = env

company = build_company(env)
build_products(env, company)
build_tills(env, company)
build_users(env, company)
print_addresses()
