# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A French company, with the modules that the template database has."""

from lxml import etree

from odoo.fields import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .deduction_common import GiftcardDeductionCommon
from .invoice_common import GiftcardInvoiceMixin

MODULES = ("l10n_fr_account", "l10n_fr_pos_cert", "account_edi_ubl_cii")


def install_french(env):
    """Make French a language of this database, with our texts and the till's."""
    env["res.lang"]._activate_lang("fr_FR")
    names = ("web", "base", "point_of_sale", "giftcard_salon")
    modules = env["ir.module.module"].search([("name", "in", names)])
    modules._update_translations("fr_FR")


class GiftcardFrenchCommon(GiftcardInvoiceMixin, GiftcardDeductionCommon):
    """Services whose VAT is due when they are paid, as in the French chart."""

    takes_prepared_company = False

    @classmethod
    @AccountTestInvoicingCommon.setup_country("fr")
    def setUpClass(cls):
        super().setUpClass()
        modules = cls.env["ir.module.module"].search(
            [("name", "in", MODULES), ("state", "=", "installed")]
        )
        if len(modules) != len(MODULES):
            raise AssertionError(f"{MODULES} must be installed for these tests")
        cls.company.partner_id.write(
            {
                "vat": "FR23334175221",
                "street": "1 rue de la Paix",
                "zip": "75002",
                "city": "Paris",
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        cls.client.write(
            {
                "street": "2 quai du Port",
                "zip": "69002",
                "city": "Lyon",
                "country_id": cls.env.ref("base.fr").id,
                "vat": "FR83404833048",
            }
        )
        chart = cls.env["account.chart.template"].with_company(cls.company)
        cls.on_payment = chart.ref("tva_normale_encaissement_ttc")
        cls.on_payment.active = True
        cls.transition = cls.on_payment.cash_basis_transition_account_id
        cls.vat_due = cls.on_payment.invoice_repartition_line_ids.account_id
        cls.care = cls.env["product.product"].create(
            {
                "name": "Care",
                "type": "service",
                "list_price": 60,
                "available_in_pos": True,
                "taxes_id": [Command.set(cls.on_payment.ids)],
            }
        )

    def _treatment_invoice(self, *prices, product=None):
        """A draft invoice of services whose VAT is due when they are paid."""
        return (
            self.env["account.move"]
            .with_user(self.desk)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.client.id,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": (product or self.care).id,
                                "price_unit": price,
                                "tax_ids": [Command.set(self.on_payment.ids)],
                            }
                        )
                        for price in prices
                    ],
                }
            )
        )

    def _balance(self, account):
        items = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return round(sum(items.mapped("balance")), 2)

    def assertVat(self, due, waiting=0):
        """VAT that is due, and VAT that waits for its payment; credit negative."""
        found = (self._balance(self.vat_due), self._balance(self.transition))
        self.assertEqual(found, (due, waiting))

    def _ubl(self, invoice):
        """The invoice as UBL Bis 3: a function that finds the texts of an element."""
        builder = self.env["account.edi.xml.ubl_bis3"]
        return self._texts(builder._export_invoice(invoice.sudo())[0])

    def _facturx(self, invoice):
        builder = self.env["account.edi.xml.cii"]
        return self._texts(builder._export_invoice(invoice.sudo())[0])

    def _texts(self, content):
        tree = etree.fromstring(content)

        def find(name):
            return [node.text for node in tree.iterfind(f".//{{*}}{name}")]

        return find
