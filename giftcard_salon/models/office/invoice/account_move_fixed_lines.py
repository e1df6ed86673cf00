# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ....tools.fixed_amounts import get_fixed_key
from ....tools.server_fields import as_writer, without_writer
from ..fixed_line import REVERSAL, SERVER_FIELDS


class AccountMove(models.Model):
    """Invoices with lines of gift cards: bonus discounts and deductions."""

    _name = "account.move"
    _inherit = ["account.move", "giftcard.fixed.document"]
    _giftcard_quantity = "quantity"

    def _get_giftcard_items(self):
        return self.invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and not line.is_downpayment
                and line.giftcard_role not in ("deduction", "bonus")
            )
        )

    def _get_giftcard_base_lines(self):
        return self._get_rounded_base_and_tax_lines()[0]

    def _get_rounded_base_and_tax_lines(self, round_from_tax_lines=True):
        """Override of `account`: a fixed amount is the line's own, also unrounded.

        E-invoices say what the price comes to without tax; their lines would not add
        up to what is due.
        """
        lines, tax_lines = super()._get_rounded_base_and_tax_lines(round_from_tax_lines)
        for line in lines:
            if line["record"] and get_fixed_key(line["record"].extra_tax_data):
                details = line["tax_details"]
                for name in ("total_excluded", "total_excluded_currency"):
                    details[name] += details[f"delta_{name}"]
                    details[f"delta_{name}"] = 0.0
                    details[f"raw_{name}"] = details[name]
        return lines, tax_lines

    def _add_giftcard_line(self, values, quantity, after):
        lines = self.invoice_line_ids.sorted()
        index = list(lines).index(after) + 1 if after else len(lines)
        commands = [
            Command.update(line.id, {"sequence": 2 * number + (number >= index)})
            for number, line in enumerate(lines)
        ]
        values = {**values, "quantity": quantity, "sequence": 2 * index - 1}
        if values["giftcard_role"] == "deduction":
            values["account_id"] = self._get_giftcard_deduction_account(values).id
        if not values["account_id"]:
            # that of the product
            del values["account_id"]
        existing = self.invoice_line_ids
        self._as_giftcard_writer(self).write(
            {"invoice_line_ids": [*commands, Command.create(values)]}
        )
        return self.invoice_line_ids - existing

    def _get_giftcard_deduction_account(self, values):
        """Return where a new line that a card takes off is posted.

        :rtype: account.account
        """
        # sudo: giftcard.application - an accountant or seller reads no applications
        application = (
            self.env["giftcard.application"]
            .sudo()
            .browse(values["giftcard_application_id"])
        )
        paid_item = self.invoice_line_ids.filtered(
            lambda line: (
                line.giftcard_role == "item"
                and line.giftcard_application_id == application
            )
        )
        return self.env["giftcard.accounting"]._get_deduction_account(
            self.company_id,
            application.card_id,
            application.entitlement_id,
            paid_item.account_id,
        )

    def _copy_giftcard_line(self, line, values):
        existing = self.invoice_line_ids
        data = {**line.copy_data()[0], "move_id": self.id, **values}
        # sudo: sale.order.line, account.move.line - lines are put in order, on a
        # document that the caller may write
        self.sudo().write({"invoice_line_ids": [Command.create(data)]})
        return self.invoice_line_ids - existing

    def _apply_giftcard(self, card, amount, entitlement=None, line=None):
        """Override to put the lines of the card on a draft invoice."""
        has_lines = entitlement or self.currency_id.compare_amounts(
            card.available_consideration, card.available
        )
        if has_lines and self.state == "posted":
            raise UserError(
                self.env._(
                    "%(invoice)s is posted, so its lines stay as they are, and card "
                    "%(card)s would change them. Make a credit note with a new "
                    "invoice, and use the card on that one.",
                    invoice=self.name,
                    card=card.name,
                )
            )
        if entitlement:
            return self._apply_giftcard_entitlement(card, entitlement, line, amount)
        self._check_giftcard_payable(card, amount)
        application = super()._apply_giftcard(card, amount)
        if application.bonus:
            self._add_giftcard_bonus(application)
        return application

    # === POSTING === #

    def _post(self, soft=True):
        """Override of `account`: nothing has moved the amounts that cards fixed."""
        for move in self:
            move._check_giftcard_fixed_amounts()
        if bare := self._get_giftcard_copied_lines():
            raise UserError(bare._get_giftcard_copied_message())
        return super()._post(soft)

    def _get_giftcard_copied_lines(self):
        """Return lines that take off what a card pays, with no card behind them.

        A credit note gives back what its invoice took off.

        :rtype: account.move.line
        """
        invoices = self.filtered(lambda move: move.is_invoice(include_receipts=True))
        return invoices.invoice_line_ids._get_giftcard_bare().filtered(
            lambda line: (
                not (
                    line.move_id.reversed_entry_id.invoice_line_ids._get_giftcard_lines()
                )
            )
        )

    def _check_giftcard_fixed_amounts(self):
        """Refuse an invoice whose lines are not what its gift cards pay any more.

        :raises UserError: with the way out
        """
        fixed_lines = self.invoice_line_ids.filtered("giftcard_role")
        applications = self.env["giftcard.application"]
        if self.move_type == "out_invoice":
            applications = self._get_giftcard_applications()
        fixed = applications.filtered(lambda application: application._is_fixed())
        if not fixed_lines and not fixed.filtered(
            lambda application: application.move_id == self
        ):
            return
        stale = fixed_lines.filtered(
            lambda line: (
                line.tax_ids
                and not self._prepare_product_base_line_for_taxes_computation(line)[
                    "manual_tax_amounts"
                ]
            )
        )
        paid = sum(
            application.paid_amount for application in applications if application.bonus
        )
        is_less = self.currency_id.compare_amounts(self.amount_total, paid) < 0
        parted = any(
            application._get_lines_on(self) is None for application in applications
        )
        if stale or is_less or parted:
            # sudo: giftcard.application - only the card's name
            raise UserError(
                self.env._(
                    "%(document)s has changed since gift card %(card)s was used for "
                    "it. Take the gift card off and use it again; on an invoice of a "
                    "sales order, delete the draft and do it on the order.",
                    document=self.display_name,
                    card=(fixed_lines.giftcard_application_id.sudo() or fixed)[
                        :1
                    ].card_name
                    or "",
                )
            )

    def _tag_giftcard_line(self, application, entry):
        """Override: the deduction posts the application."""
        line = application._get_lines_on(self).filtered(
            lambda line: line.giftcard_role == "deduction"
        )
        accounting = self.env["giftcard.accounting"]
        # sudo: account.move.line - what ties an item to the ledger only the server
        # writes
        line.sudo().write(accounting._prepare_line_tag(entry, self.company_id))

    def unlink(self):
        """Override of `account`: a draft that goes leaves the order's cards alone."""
        lines = self.invoice_line_ids.filtered("giftcard_role")
        lines_of_orders = lines.filtered(
            lambda line: line.giftcard_application_id.sudo().order_id
        )
        if lines_of_orders:
            lines_of_orders._as_giftcard_writer().write(
                dict.fromkeys(SERVER_FIELDS, False)
            )
        return super().unlink()

    def copy_data(self, default=None):
        """Override of `account`: a copy has no gift card, a credit note reverses it."""
        vals_list = super().copy_data(default)
        if (default or {}).get("reversed_entry_id"):
            return vals_list
        products = self.env["product.product"]._get_giftcard_line_products().ids
        for move, vals in zip(self, vals_list, strict=True):
            lines = move.invoice_line_ids
            if lines.filtered("giftcard_role") or lines._get_giftcard_lines():
                vals["line_ids"] = [
                    command
                    for command in vals["line_ids"]
                    if command[2].get("display_type")
                    in ("product", "line_section", "line_subsection", "line_note")
                    and command[2].get("product_id") not in products
                ]
                for command in vals["line_ids"]:
                    if command[2].pop("giftcard_role", None):
                        command[2].update(move._free_giftcard_item(command[2]))
                    elif get_fixed_key(command[2].get("extra_tax_data")):
                        # of a till's bill
                        command[2]["extra_tax_data"] = False
        return vals_list

    @api.model
    def _free_giftcard_item(self, values):
        """Return the price of an item without the card that paid it."""
        # sudo: giftcard.application - whoever makes a document reads no applications
        application = (
            self.env["giftcard.application"]
            .sudo()
            .browse(values["giftcard_application_id"])
        )
        free = {"giftcard_application_id": False, "extra_tax_data": False}
        if application.item_price:
            free.update(
                price_unit=application.item_price, discount=application.item_discount
            )
        return free

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Override of `account`: the credit note has the card's lines as well."""
        moves = as_writer(self, REVERSAL)
        notes = super(AccountMove, moves)._reverse_moves(default_values_list, cancel)
        return without_writer(notes, REVERSAL)
