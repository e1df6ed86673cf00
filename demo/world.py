"""Pieces of the demo salon. Each function makes one of them."""

from odoo.fields import Command

PLACES = ("Bellecour", "Croix-Rousse")
SERVICES = (
    # name, price, VAT rate, category
    ("Relaxing massage 60 min", 90, 20, "Treatments"),
    ("Hot stone massage 90 min", 125, 20, "Treatments"),
    ("Facial care", 70, 20, "Treatments"),
    ("Manicure", 35, 20, "Treatments"),
    ("Haircut", 48, 20, "Hair"),
    ("Colour", 85, 20, "Hair"),
    ("Spa lunch", 32, 10, "Tea room"),
    ("Pot of tea", 6.5, 10, "Tea room"),
)
GOODS = (
    ("Night cream 50 ml", 39, 20, "Shop"),
    ("Massage oil 100 ml", 24.9, 20, "Shop"),
    ("Herbal infusion 100 g", 9.99, 5.5, "Shop"),
    ("Honey 250 g", 8.5, 5.5, "Shop"),
)
USERS = (
    # login, name, groups
    ("cashier", "Camille Cashier", ("point_of_sale.group_pos_user",)),
    (
        "manager",
        "Marc Manager",
        (
            "point_of_sale.group_pos_manager",
            "giftcard_salon.group_manager",
            "giftcard_salon.group_see_codes",
        ),
    ),
    (
        "accountant",
        "Anne Accountant",
        ("account.group_account_manager", "giftcard_salon.group_accountant"),
    ),
)


def build_company(env):
    """Turn the first company into the French salon, with its chart of accounts."""
    company = env.ref("base.main_company")
    env["res.lang"]._activate_lang("fr_FR")
    company.write(
        {
            "name": "Belle Île Spa",
            "street": "12 place Bellecour",
            "zip": "69002",
            "city": "Lyon",
            "country_id": env.ref("base.fr").id,
            "phone": "+33 4 72 00 00 00",
            "email": "bonjour@belle-ile-spa.example",
        }
    )
    company.partner_id.tz = "Europe/Paris"
    env["account.chart.template"].try_loading("fr", company, install_demo=False)
    env.user.tz = "Europe/Paris"
    env.ref("base.user_admin").tz = "Europe/Paris"
    env["giftcard.type"].search([]).active = False
    for values in (
        {"name": "Gift card 50", "is_free_amount": False, "amounts": [50]},
        {"name": "Gift card 100", "is_free_amount": False, "amounts": [100]},
        {
            "name": "Gift card",
            "is_free_amount": True,
            "amounts": [50, 75, 100, 150, 200],
            "default_amount": 100,
        },
    ):
        amounts = values.pop("amounts")
        env["giftcard.type"].create(
            {
                **values,
                "currency_id": company.currency_id.id,
                "amount_ids": [Command.create({"amount": a}) for a in amounts],
            }
        )
    return company


def build_products(env, company):
    """Make services and retail goods with French VAT included in the price."""
    categories = {}
    for name, price, rate, place in SERVICES + GOODS:
        if place not in categories:
            categories[place] = env["pos.category"].create({"name": place})
        env["product.template"].create(
            {
                "name": name,
                "type": "service"
                if (name, price, rate, place) in SERVICES
                else "consu",
                "list_price": price,
                "taxes_id": [Command.set(_find_tax(env, company, rate).ids)],
                "available_in_pos": True,
                "pos_categ_ids": [Command.set(categories[place].ids)],
            }
        )
    cards = env["pos.category"].create({"name": "Gift cards", "sequence": 0})
    types = env["giftcard.type"].search([])
    types.product_ids.pos_categ_ids = [Command.set(cards.ids)]


def _find_tax(env, company, rate):
    """Return a sale tax of ``rate``, included in the price and due at once.

    The French chart has each rate, some of them archived and none included.
    """
    taxes = env["account.tax"].with_company(company).with_context(active_test=False)
    name = f"{rate} % incl."
    made = taxes.search([("company_id", "=", company.id), ("name", "=", name)])
    if made:
        return made
    of_chart = taxes.search(
        [
            ("company_id", "=", company.id),
            ("type_tax_use", "=", "sale"),
            ("amount", "=", rate),
            ("amount_type", "=", "percent"),
        ],
        order="active desc, tax_exigibility, sequence, id",
        limit=1,
    ).ensure_one()
    return of_chart.copy(
        {
            "name": name,
            "active": True,
            "price_include_override": "tax_included",
            "tax_exigibility": "on_invoice",
        }
    )


def build_tills(env, company):
    """Make a till per salon, with cash, bank card and gift card."""
    journals = env["account.journal"].with_company(company)
    bank = journals.search(
        [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
    )
    methods = env["pos.payment.method"].with_company(company)
    card = methods.create({"name": "Bank card", "journal_id": bank.id, "sequence": 10})
    locations = env["giftcard.location"]
    first = locations._get_default(company)
    for number, place in enumerate(PLACES, 1):
        name = f"{company.name} – {place}"
        location = first if number == 1 else locations.create({"name": place})
        location.name = place
        cash = journals.create(
            {"name": f"Cash {place}", "type": "cash", "code": f"CSH{number}"}
        )
        method = methods.create({"name": "Cash", "journal_id": cash.id})
        config = (
            env["pos.config"]
            .with_company(company)
            .create(
                {
                    "name": name,
                    "payment_method_ids": [Command.set((method + card).ids)],
                    "giftcard_location_id": location.id,
                    "auto_validate_terminal_payment": False,
                }
            )
        )
        config.giftcard_enabled = True


def build_users(env, company):
    """Make one user per role; the password is the login."""
    for login, name, groups in USERS:
        env["res.users"].with_context(no_reset_password=True).create(
            {
                "login": login,
                "password": login,
                "name": name,
                "tz": "Europe/Paris",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [
                    Command.set([env.ref(g).id for g in ("base.group_user", *groups)])
                ],
            }
        )


def print_addresses():
    """Print what `make demo` shows; {url} is filled in by it."""
    print("Belle Île Spa, a demo salon: two tills, gift cards, French accounts.")
    print("   {url}/odoo                 back office (Point of Sale, Gift cards)")
    for login, name, _groups in USERS:
        print(f"   login {login:<12} password {login:<12} {name}")
    print("   login admin        password admin        administrator")
