# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Who works in the demo chain, and who comes there."""

from locations import TIME_ZONE

from odoo.fields import Command

LYON, ANNECY = "Belle Île Spa", "Belle Île Annecy"
CASHIER = ("point_of_sale.group_pos_user",)
TILLS = "point_of_sale.action_pos_config_kanban"
CARDS = "giftcard_salon.giftcard_card_action"
CORRECTIONS = "giftcard_salon.giftcard_adjustment_action"
TIE_OUT = "giftcard_salon.giftcard_report_action_liability"
# login, which is the password too: name, what they do, groups, companies, language,
# what they see first
USERS = {
    "cashier": ("Camille Roux", "cashier in Lyon", CASHIER, (LYON,), "en_US", TILLS),
    "caissiere": (
        "Inès Faure",
        "cashier in Lyon, in French",
        CASHIER,
        (LYON,),
        "fr_FR",
        TILLS,
    ),
    "annecy": ("Zoé Blanc", "cashier in Annecy", CASHIER, (ANNECY,), "en_US", TILLS),
    "reception": (
        "Léa Girard",
        "desk: finds, prints and sends cards",
        (*CASHIER, "giftcard_salon.group_desk"),
        (LYON,),
        "en_US",
        CARDS,
    ),
    "manager": (
        "Marc Chevalier",
        "manager of all salons",
        (
            "point_of_sale.group_pos_manager",
            "giftcard_salon.group_manager",
            "giftcard_salon.group_see_codes",
            "sales_team.group_sale_salesman_all_leads",
            "account.group_account_invoice",
        ),
        (LYON, ANNECY),
        "en_US",
        CARDS,
    ),
    "owner": (
        "Hélène Vasseur",
        "owner: approves what the manager corrects",
        ("point_of_sale.group_pos_manager", "giftcard_salon.group_manager"),
        (LYON, ANNECY),
        "en_US",
        CORRECTIONS,
    ),
    "accountant": (
        "Anne Lefèvre",
        "accountant of both companies",
        (
            "account.group_account_manager",
            # what Odoo asks of those who export the FEC
            "account.group_account_user",
            "giftcard_salon.group_accountant",
        ),
        (LYON, ANNECY),
        "en_US",
        TIE_OUT,
    ),
}
CLIENTS = (
    "Sofia Laurent",
    "Julie Moreau",
    "Nicolas Petit",
    "Claire Fontaine",
    "Thomas Garnier",
    "Nathalie Perrin",
    "Antoine Mercier",
    "Sandrine Colin",
    "Hélène Marchand",
    "Olivier Renaud",
    "Aurélie Picard",
    "Mathieu Vidal",
    "Isabelle Gauthier",
    "Romain Lemaire",
    "Céline Barbier",
    "Vincent Schmitt",
    "Laure Benoît",
    "Karim Haddad",
    "Valérie Caron",
    "Pierre Dumont",
    "Amina Benali",
    "François Rolland",
    "Delphine Aubry",
    "Julien Lacroix",
    "Mélanie Brun",
    "Guillaume Royer",
    "Catherine Noël",
    "Hugo Masson",
    "Pauline Leclerc",
    "Sébastien Roy",
    "Florence Guérin",
    "Yann Le Goff",
    "Manon Rivière",
    "Élise Charpentier",
    "David Nguyen",
    "Véronique Meunier",
    "Adrien Poirier",
    "Sarah Cohen",
    "Bruno Fabre",
    "Charlotte Daniel",
)
BUSINESSES = (
    # name, street, zip, city
    ("Cabinet Morel & Associés", "8 rue de la République", "69001", "Lyon"),
    ("Hôtel du Parc", "41 boulevard des Belges", "69006", "Lyon"),
    ("Atelier Numérique Rhône", "17 rue du Mail", "69004", "Lyon"),
    ("Clinique des Lilas", "5 avenue de Genève", "74000", "Annecy"),
)


def build_users(env, companies):
    """Make one user per role; the password is the login."""
    by_name = {company.name: company for company in companies}
    for login, (name, _role, groups, company_names, lang, first) in USERS.items():
        user_companies = [by_name[company_name] for company_name in company_names]
        env["res.users"].with_context(no_reset_password=True).create(
            {
                "login": login,
                "password": login,
                "name": name,
                "lang": lang,
                "tz": TIME_ZONE,
                "notification_type": "inbox",
                "action_id": env.ref(first).id,
                "company_id": user_companies[0].id,
                "company_ids": [
                    Command.set([company.id for company in user_companies])
                ],
                "group_ids": [
                    Command.set([env.ref(g).id for g in ("base.group_user", *groups)])
                ],
            }
        )


def silence(env):
    """Let no summary of the week leave a demo."""
    env["digest.digest"].search([]).action_deactivate()


def build_clients(env):
    """Make people and businesses; their numbers are reserved for fiction."""
    france = env.ref("base.fr").id
    env["res.partner"].create(
        [
            {
                "name": name,
                "country_id": france,
                "phone": f"+33 6 39 98 {number * 7 % 90 + 10} {number * 13 % 90 + 10}",
                "email": f"{_to_address(name)}@example.com",
            }
            for number, name in enumerate(CLIENTS, 1)
        ]
        + [
            {
                "name": name,
                "is_company": True,
                "street": street,
                "zip": zip_code,
                "city": city,
                "country_id": france,
                "email": f"{_to_address(name)}@example.com",
            }
            for name, street, zip_code, city in BUSINESSES
        ]
    )


def _to_address(name):
    plain = name.lower().translate(str.maketrans("éèëêïîôç", "eeeeiioc", "&"))
    return ".".join(plain.split())
