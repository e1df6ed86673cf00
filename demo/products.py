# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What the demo chain sells: services, products for home, gift cards."""

from odoo.fields import Command

CATEGORIES = {
    # name: colour of its buttons
    "Gift cards": 5,
    "Treatments": 4,
    "Hair": 2,
    "Tea room": 10,
    "Shop": 3,
}
SERVICES = (
    # name, price, VAT rate, category
    ("Relaxing massage 60 min", 90, 20, "Treatments"),
    ("Hot stone massage 90 min", 125, 20, "Treatments"),
    ("Facial care", 70, 20, "Treatments"),
    ("Body scrub 45 min", 65, 20, "Treatments"),
    ("Hammam and sauna, half a day", 45, 20, "Treatments"),
    ("Manicure", 35, 20, "Treatments"),
    ("Pedicure", 42, 20, "Treatments"),
    ("Haircut", 48, 20, "Hair"),
    ("Colour", 85, 20, "Hair"),
    ("Blow-dry", 32, 20, "Hair"),
    ("Spa lunch", 32, 10, "Tea room"),
    ("Pot of tea", 6.5, 10, "Tea room"),
    ("Pastry of the day", 5.8, 10, "Tea room"),
)
GOODS = (
    ("Night cream 50 ml", 39, 20, "Shop"),
    ("Massage oil 100 ml", 24.9, 20, "Shop"),
    ("Bath salts 300 g", 14.5, 20, "Shop"),
    ("Scented candle", 29, 20, "Shop"),
    ("Herbal infusion 100 g", 9.99, 5.5, "Shop"),
    ("Honey 250 g", 8.5, 5.5, "Shop"),
)
CARD_TYPES = (
    {"name": "Gift card 50", "is_free_amount": False, "amounts": [50]},
    {
        "name": "Gift card 100",
        "is_free_amount": False,
        "amounts": [100],
        # its clients are known well: an estimate says how many are never used
        "income_mode": "proportion",
    },
    {
        "name": "Gift card",
        "is_free_amount": True,
        "amounts": [50, 75, 100, 150, 200],
        "default_amount": 100,
    },
    {
        "name": "Discovery card 60",
        "is_free_amount": False,
        "amounts": [60],
        "is_single_use": True,
        "validity_count": 3,
    },
    {
        "name": "Bonus card",
        "is_free_amount": False,
        "amounts": [100, 200],
        "worth": [110, 225],
    },
    {
        "name": "Treatment card",
        "vat_mode": "spv",
        "is_free_amount": False,
        "amounts": [60, 120],
        "only": "Treatments",
    },
    {
        "name": "Three massages",
        "kind": "service",
        "vat_mode": "spv",
        "services": [("Relaxing massage 60 min", 3)],
    },
    {
        "name": "Spa day",
        "kind": "service",
        "vat_mode": "spv",
        "services": [("Hot stone massage 90 min", 1), ("Spa lunch", 1), ("Tip", 5)],
    },
)

FRENCH = {
    "Gift cards": "Cartes cadeaux",
    "Treatments": "Soins",
    "Hair": "Coiffure",
    "Tea room": "Salon de thé",
    "Shop": "Boutique",
    "Gift card 50": "Carte cadeau 50",
    "Gift card 100": "Carte cadeau 100",
    "Gift card": "Carte cadeau",
    "Discovery card 60": "Carte découverte 60",
    "Bonus card": "Carte bonus",
    "Treatment card": "Carte soins",
    "Three massages": "Trois massages",
    "Spa day": "Journée au spa",
    "Relaxing massage 60 min": "Massage relaxant 60 min",
    "Hot stone massage 90 min": "Massage aux pierres chaudes 90 min",
    "Facial care": "Soin du visage",
    "Body scrub 45 min": "Gommage du corps 45 min",
    "Hammam and sauna, half a day": "Hammam et sauna, demi-journée",
    "Manicure": "Manucure",
    "Pedicure": "Pédicure",
    "Haircut": "Coupe",
    "Colour": "Couleur",
    "Blow-dry": "Brushing",
    "Spa lunch": "Déjeuner au spa",
    "Pot of tea": "Théière",
    "Pastry of the day": "Pâtisserie du jour",
    "Night cream 50 ml": "Crème de nuit 50 ml",
    "Massage oil 100 ml": "Huile de massage 100 ml",
    "Bath salts 300 g": "Sels de bain 300 g",
    "Scented candle": "Bougie parfumée",
    "Herbal infusion 100 g": "Tisane 100 g",
    "Honey 250 g": "Miel 250 g",
}


def build_card_types(env, companies):
    """Make the types of gift cards, which all companies of the chain sell."""
    env["giftcard.type"].search([]).active = False
    types = env["giftcard.type"].concat(
        *(_build_card_type(env, companies, dict(values)) for values in CARD_TYPES)
    )
    name_in_french(types, FRENCH)


def _build_card_type(env, companies, values):
    amounts = values.pop("amounts", [])
    worth = values.pop("worth", amounts)
    services = values.pop("services", [])
    only = env["product.category"].search([("name", "=", values.pop("only", False))])
    amounts_and_values = zip(amounts, worth, strict=True)
    return env["giftcard.type"].create(
        {
            **values,
            "currency_id": companies.currency_id.ensure_one().id,
            "categ_ids": [Command.set(only.ids)],
            "amount_ids": [
                Command.create({"amount": amount, "value": value})
                for amount, value in amounts_and_values
            ],
            "service_ids": [
                Command.create(_prepare_service(env, name, count))
                for name, count in services
            ],
        }
    )


def _prepare_service(env, name, count):
    if name == "Tip":
        return {"is_tip": True, "price": count}
    product = env["product.product"].search([("name", "=", name)]).ensure_one()
    return {"product_id": product.id, "quantity": count}


def build_products(env, companies):
    """Make services and retail goods with French VAT included in the price."""
    # the tiles of card types stand in the first one by themselves
    card_category = env.ref("giftcard_salon.pos_category")
    others = env["pos.category"].create([{"name": name} for name in CATEGORIES][1:])
    categories = dict(zip(CATEGORIES, card_category + others, strict=True))
    for number, (name, color) in enumerate(CATEGORIES.items()):
        categories[name].write({"color": color, "sequence": number})
    rates = {rate for _name, _price, rate, _category in SERVICES + GOODS}
    kinds = {
        name: env["product.category"].create({"name": name}) for name in CATEGORIES
    }
    taxes = {
        rate: env["account.tax"].concat(
            *(_provide_tax(env, company, rate) for company in companies)
        )
        for rate in sorted(rates)
    }
    products = env["product.template"].create(
        [
            {
                "name": name,
                "type": kind,
                "list_price": price,
                "taxes_id": [Command.set(taxes[rate].ids)],
                "available_in_pos": True,
                "categ_id": kinds[category].id,
                "pos_categ_ids": [Command.set(categories[category].ids)],
            }
            for kind, rows in (("service", SERVICES), ("consu", GOODS))
            for name, price, rate, category in rows
        ]
    )
    for records in (*categories.values(), products):
        name_in_french(records, FRENCH)


def name_in_french(records, names):
    """Give records their French names beside the English ones."""
    for record in records:
        record.with_context(lang="fr_FR").name = names[record.name]


def _provide_tax(env, company, rate):
    """Return a sale tax of ``rate``, included in the price and due at once.

    The French chart has each rate, some of them archived and none included.
    """
    taxes = env["account.tax"].with_company(company).with_context(active_test=False)
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
            "name": f"{rate} % incl.",
            "active": True,
            "price_include_override": "tax_included",
            "tax_exigibility": "on_invoice",
        }
    )
