# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The two companies of the demo chain, their salons and tills."""

from products import name_in_french

from odoo.fields import Command

TIME_ZONE = "Europe/Paris"
# first the company that Odoo has from the start
COMPANIES = (
    {
        "name": "Belle Île Spa",
        "street": "12 place Bellecour",
        "zip": "69002",
        "city": "Lyon",
        "phone": "+33 4 65 71 20 10",
        "email": "bonjour@belle-ile-spa.example",
        "company_registry": "90210345600017",
    },
    {
        "name": "Belle Île Annecy",
        "street": "3 quai Eustache Chappuis",
        "zip": "74000",
        "city": "Annecy",
        "phone": "+33 4 65 71 74 30",
        "email": "annecy@belle-ile-spa.example",
        "company_registry": "90210399200018",
    },
)
METHODS = {
    "Cash": "Espèces",
    "Bank card": "Carte bancaire",
    "On account": "En compte",
    "Gift card or code": "Carte cadeau ou code",
}
LOCATIONS = {
    "Bellecour": "Belle Île Spa",
    "Croix-Rousse": "Belle Île Spa",
    "Annecy": "Belle Île Annecy",
}


def build_companies(env):
    """Make the companies, each with the French chart of accounts.

    :rtype: res.company
    """
    install_french(env)
    companies = env.ref("base.main_company")
    france = {
        "country_id": env.ref("base.fr").id,
        "currency_id": env.ref("base.EUR").id,
    }
    # Odoo would ask an address on the internet what it knows of the company
    companies.write({**COMPANIES[0], **france, "iap_enrich_auto_done": True})
    for values in COMPANIES[1:]:
        companies |= env["res.company"].create(
            {**values, **france, "iap_enrich_auto_done": True}
        )
    for company in companies:
        company.giftcard_tz = TIME_ZONE
        env["account.chart.template"].try_loading("fr", company, install_demo=False)
    for user in env.user | env.ref("base.user_admin"):
        user.write({"tz": TIME_ZONE, "notification_type": "inbox"})
        user.company_ids |= companies
    return companies


def install_french(env):
    """Make French a language of the database, with the texts of every module."""
    french = env.ref("base.lang_fr")
    env["base.language.install"].create(
        {"lang_ids": [Command.set(french.ids)]}
    ).lang_install()


def build_tills(env, companies):
    """Make a salon and a till per location, with cash, bank card and gift card."""
    for company in companies:
        names = [salon for salon, name in LOCATIONS.items() if name == company.name]
        env["giftcard.location"]._get_default(company).name = names[0]
        company_env = env(context={**env.context, "allowed_company_ids": company.ids})
        shared = _make_shared_methods(company_env)
        for number, name in enumerate(names, 1):
            _make_till(company_env, name, shared, f"CSH{number}")


def _make_shared_methods(env):
    """Make the ways to pay that the tills of a company share."""
    bank = env["account.journal"].search(
        [("company_id", "=", env.company.id), ("type", "=", "bank")], limit=1
    )
    return env["pos.payment.method"].create(
        [
            {"name": "Bank card", "journal_id": bank.id, "sequence": 10},
            {"name": "On account", "split_transactions": True, "sequence": 30},
        ]
    )


def _make_till(env, name, shared, code):
    named = {"name": name, "company_id": env.company.id}
    location = env["giftcard.location"].search(
        [(field, "=", value) for field, value in named.items()]
    ) or env["giftcard.location"].create(named)
    drawer = env["account.journal"].create(
        {"name": f"Cash {name}", "type": "cash", "code": code}
    )
    cash = env["pos.payment.method"].create({"name": "Cash", "journal_id": drawer.id})
    config = env["pos.config"].create(
        {
            "name": f"Belle Île – {name}",
            "payment_method_ids": [Command.set((cash + shared).ids)],
            "giftcard_location_id": location.id,
            "auto_validate_terminal_payment": False,
        }
    )
    config.giftcard_enabled = True
    name_in_french(config.payment_method_ids, METHODS)
