# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import csv

from odoo.fields import Command
from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools.misc import file_open

from ...models.accounting.chart_numbers import (
    FAMILIES,
    ROLES,
    chart_number_of,
    number_of,
)

# where each family keeps such things: accounts of the same beginning stand there
CHARTS = {
    "fr": ("l10n_fr_account", ["fr"], 6),
    "be_comp": ("l10n_be", ["be", "be_comp"], 6),
    "lu": ("l10n_lu", ["lu"], 6),
    "es_pymes": ("l10n_es", ["es_common", "es_common_mainland", "es_pymes"], 6),
    "de_skr03": ("l10n_de", ["de_skr03"], 4),
    "de_skr04": ("l10n_de", ["de_skr04"], 4),
    "at": ("l10n_at", ["at"], 4),
    "ch": ("l10n_ch", ["ch"], 4),
    "it": ("l10n_it", ["it"], 6),
    "nl": ("l10n_nl", ["nl"], 6),
    "pt": ("l10n_pt", ["pt"], 6),
    "uk": ("l10n_uk", ["uk"], 6),
    "ie": ("l10n_ie", ["ie"], 6),
    "us": ("l10n_us_account", ["us"], 6),
}
NUMBERS = {
    "fr": {"liability": "4191", "deferred": "487", "income": "7581"},
    "mc": {"liability": "4191", "deferred": "487", "income": "7581"},
    "be_comp": {"liability": "460", "deferred": "493", "income": "743"},
    "lu": {"liability": "431", "deferred": "482", "income": "7488"},
    "es_pymes": {"liability": "438", "deferred": "485", "income": "759"},
    "de_skr03": {"liability": "179", "deferred": "099", "income": "270"},
    "de_skr04": {"liability": "378", "deferred": "390", "income": "483"},
}
KINDS = {
    "liability": "liability",
    "contra": "liability",
    "deferred": "liability",
    "tips": "liability",
    "escheat": "liability",
    "income": "income",
    "receivable": "asset",
    "payable": "liability",
    "cost": "expense",
}


def read_chart(module, names, digits):
    """Return the kinds of a chart's accounts by number, as Odoo writes them."""
    found = {}
    for name in names:
        path = f"{module}/data/template/account.account-{name}.csv"
        with file_open(path) as rows:
            for row in csv.DictReader(rows):
                if row.get("code"):
                    found[row["code"].ljust(digits, "0")] = row["account_type"]
    return found


class TestChartNumbers(BaseCase):
    """Gift cards stand in the classes of each country's chart, in its digits."""

    def test_each_number_is_free_and_stands_in_its_class(self):
        for chart, (module, names, digits) in CHARTS.items():
            known = read_chart(module, names, digits)
            self.assertGreater(len(known), 60, chart)
            for role in ROLES:
                number = number_of(chart, role)
                with self.subTest(chart=chart, role=role):
                    self.assertEqual(len(number), digits)
                    self.assertFalse(known.get(number))
                    beside = {
                        kind.split("_")[0]
                        for code, kind in known.items()
                        if code[:2] == number[:2]
                    }
                    if beside:
                        self.assertIn(KINDS[role], beside)

    def test_numbers_of_a_chart_are_its_own(self):
        for family, numbers in FAMILIES.items():
            listed = numbers.split()
            self.assertEqual(len(listed), len(ROLES), family)
            self.assertEqual(len(set(listed)), len(listed), family)
        for chart, wanted in NUMBERS.items():
            for role, start in wanted.items():
                self.assertTrue(number_of(chart, role).startswith(start), (chart, role))

    def test_german_charts_have_an_account_for_gift_tokens(self):
        for chart, number in (("de_skr03", "1796"), ("de_skr04", "3786")):
            known = read_chart(*CHARTS[chart])
            self.assertEqual(known[number], "liability_current")
            self.assertEqual(chart_number_of(chart, "liability"), number)
        self.assertIsNone(chart_number_of("fr", "liability"))


@tagged("post_install", "-at_install", "giftcard_runner")
class TestChartAccounts(TransactionCase):
    """The accounts that a company gets with its chart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounting = cls.env["giftcard.accounting"]
        cls.company = cls.env["res.company"].create({"name": "New spa"})
        cls.env.user.company_ids += cls.company
        cls.accounts = cls.env["account.account"].with_company(cls.company)

    def _set_up(self, chart, *codes):
        """Make accounts of a chart that is not installed here, and set up."""
        accounts = self.accounts.browse()
        for code, kind in codes:
            accounts += self.accounts.create(
                {
                    "name": code,
                    "code": code,
                    "account_type": kind,
                    "company_ids": [Command.link(self.company.id)],
                }
            )
        self.env.cr.execute(
            "UPDATE res_company SET chart_template = %s WHERE id = %s",
            [chart, self.company.id],
        )
        self.company.invalidate_recordset()
        self.accounting._set_up(self.company)
        return accounts

    def _get_codes(self):
        company = self.company.with_company(self.company)
        return {role: company[f"giftcard_{role}_account_id"].code for role in ROLES}

    def test_skr_takes_its_own_account_for_gift_tokens(self):
        (tokens,) = self._set_up("de_skr03", ("1796", "liability_current"))
        self.assertEqual(self.company.giftcard_liability_account_id, tokens)
        self.assertTrue(tokens.reconcile)
        codes = self._get_codes()
        self.assertEqual((codes["contra"], codes["income"]), ("1799", "2706"))
        self.assertEqual({len(code) for code in codes.values()}, {4})

    def test_number_that_is_taken_gives_way_to_the_next(self):
        self._set_up("es_pymes", ("438080", "liability_current"))
        self.assertEqual(self._get_codes()["liability"], "438081")

    def test_chart_that_is_not_known_shows_where_its_likes_stand(self):
        self._set_up(
            "xx_other",
            ("2110500", "liability_current"),
            ("4010100", "income_other"),
            ("1201000", "asset_receivable"),
        )
        codes = self._get_codes()
        owed = {codes[role] for role in ("liability", "contra", "deferred", "tips")}
        self.assertEqual(owed, {"2110501", "2110502", "2110503", "2110504"})
        self.assertEqual((codes["income"], codes["receivable"]), ("4010101", "1201001"))

    def test_french_company_keeps_french_names(self):
        """As Odoo's own accounts: in every language, whoever made them."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.accounting.with_context(lang="en_US")._set_up(self.company)
        company = self.company.with_context(lang="fr_FR").with_company(self.company)
        account = company.giftcard_liability_account_id
        self.assertEqual(account.name, "Cartes cadeaux dues aux clients")
        self.assertEqual(
            account.with_context(lang="en_US").name, "Gift cards owed to clients"
        )
        self.assertEqual(company.giftcard_journal_id.name, "Cartes cadeaux")

    def test_language_that_comes_later_names_what_nobody_renamed(self):
        charts = self.env["account.chart.template"]
        charts.try_loading("generic_coa", company=self.company, install_demo=False)
        company = self.company.with_company(self.company)
        company.giftcard_tips_account_id.name = "Our own name"
        self.env["res.lang"]._activate_lang("fr_FR")
        charts._load_translations(["fr_FR"], self.company)
        french = company.with_context(lang="fr_FR")
        self.assertEqual(
            french.giftcard_liability_account_id.name, "Cartes cadeaux dues aux clients"
        )
        self.assertEqual(french.giftcard_tips_account_id.name, "Our own name")
