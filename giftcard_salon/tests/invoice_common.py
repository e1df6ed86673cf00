# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Invoices and sales orders that gift cards pay, as the desk makes them."""

from odoo.fields import Command
from odoo.tests import Form, new_test_user

from .common import GiftcardTillCommon

DESK = (
    "giftcard_salon.group_desk,account.group_account_invoice,"
    "sales_team.group_sale_salesman_all_leads"
)


class GiftcardInvoiceMixin:
    """For test classes with a company and taxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = new_test_user(
            cls.env, "giftcard_office_desk", groups=DESK, company_id=cls.company.id
        )
        cls.revenue = cls.company_data["default_account_revenue"]

    def _card(self, value, price):
        """A card made in the office: worth ``value``, ``price`` received for it."""
        form = Form(self.env["giftcard.issue"])
        form.type_id = self.card_type
        form.amount = value
        form.price = price
        if price:
            form.account_id = self.company_data["default_account_assets"]
        form.reason = "Test"
        wizard = form.save()
        action = wizard.action_issue()
        self._commit()
        return self.env["giftcard.card"].browse(action["res_id"])

    def _invoice(self, *prices, rate=20, **values):
        """A draft invoice of services of one rate, tax included."""
        product = self.services[rate]
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
                                "product_id": product.id,
                                "price_unit": price,
                                "tax_ids": [Command.set(product.taxes_id.ids)],
                            }
                        )
                        for price in prices
                    ],
                    **values,
                }
            )
        )

    def _order(self, *prices, rate=20, policy="order", **values):
        """A quotation of services of one rate, tax included."""
        product = self.services[rate]
        product.invoice_policy = policy
        return (
            self.env["sale.order"]
            .with_user(self.desk)
            .create(
                {
                    "partner_id": self.client.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "price_unit": price,
                                "tax_ids": [Command.set(product.taxes_id.ids)],
                            }
                        )
                        for price in prices
                    ],
                    **values,
                }
            )
        )

    def _invoice_of(self, order):
        """Make the draft invoice of an order, as the button does."""
        wizard = self.env["sale.advance.payment.inv"].with_user(self.desk)
        wizard = wizard.with_context(active_model="sale.order", active_ids=order.ids)
        wizard.create({"advance_payment_method": "delivered"}).create_invoices()
        return order.invoice_ids.sorted("id")[-1:].with_user(self.desk)

    def _redeem_card(self, document, card, amount=None, line=None, part=None):
        """Go through the wizard as the desk does; return its last effect."""
        action = document.with_user(self.desk).action_apply_giftcard()
        wizard = self.env[action["res_model"]].with_user(self.desk)
        with Form(wizard.with_context(**action["context"])) as form:
            form.code = card._reveal()
            if part:
                form.entitlement_id = part
            if line and line._name == "sale.order.line":
                form.order_line_id = line
            elif line:
                form.invoice_line_id = line
            if amount is not None:
                form.amount = amount
        effect = form.record.effect
        form.record.action_apply()
        self._commit()
        document.invalidate_recordset()
        return effect

    def _draft_credit(self, invoice):
        """Make the credit note of an invoice, as the wizard does; return it."""
        wizard = self._open_reversal(invoice)
        wizard.refund_moves()
        return wizard.new_move_ids

    def _open_reversal(self, invoice):
        wizard = self.env["account.move.reversal"].with_user(self.desk)
        wizard = wizard.with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        return wizard.create({"reason": "Test", "journal_id": invoice.journal_id.id})

    def _credit(self, invoice, edit=None, modify=False):
        """Make and post the credit note; return it."""
        if modify:
            self._open_reversal(invoice).modify_moves()
            self._commit()
            return invoice.reversal_move_ids
        note = self._draft_credit(invoice)
        if edit:
            with Form(note) as form:
                edit(form)
        self._posted(note)
        return note

    def assertBalances(self, **expected):
        """Posted balances per role, debit positive."""
        accounts = {
            "liability": self.liability,
            "revenue": self.revenue,
            "vat": self.company_data["default_account_tax_sale"],
            "receivable": self.company_data["default_account_receivable"],
            "lost": self.company.giftcard_income_account_id,
            "deferred": self.company.giftcard_deferred_account_id,
        }
        found = {
            role: round(
                sum(
                    self.env["account.move.line"]
                    .search(
                        [
                            ("account_id", "=", accounts[role].id),
                            ("parent_state", "=", "posted"),
                        ]
                    )
                    .mapped("balance")
                ),
                2,
            )
            for role in expected
        }
        self.assertEqual(found, expected)

    def _posted(self, invoice):
        """Post as the desk; return the invoice's payment entries."""
        invoice.with_user(self.desk).action_post()
        self._commit()
        return invoice.giftcard_application_ids.sudo().paying_move_id


class GiftcardInvoiceCommon(GiftcardInvoiceMixin, GiftcardTillCommon):
    """Invoices and orders of a company with taxes of 20, 10 and 5.5 %."""
