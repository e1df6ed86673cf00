# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ....tools.allocation import to_decimal
from ....tools.server_fields import as_writer


class PosOrderLine(models.Model):
    """Bill lines of cards whose VAT is counted when they are sold.

    A card is sold by one line per entitlement: each with the VAT of what it stands
    for. It is redeemed by two lines: the item, and the deduction that takes it off
    again.
    """

    _inherit = "pos.order.line"

    giftcard_role = fields.Selection(
        selection_add=[
            ("sale", "Part of a card that is sold"),
            ("conversion_out", "Card changed: what it stood for"),
            ("conversion_in", "Card changed: its money"),
        ],
    )
    giftcard_card_key = fields.Char(
        copy=False, help="The same on all lines that sell one card."
    )
    giftcard_entitlement_number = fields.Integer(
        copy=False, help="Which part of the card this line sells, from 0."
    )
    giftcard_redemption_id = fields.Many2one(
        "giftcard.redemption",
        "Gift card use",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    giftcard_revision = fields.Integer(copy=False)
    giftcard_summary = fields.Json(
        copy=False, help="What the till shows and prints of the use of a card."
    )

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            *super()._load_pos_data_fields(config),
            "giftcard_card_key",
            "giftcard_entitlement_number",
            "giftcard_revision",
            "giftcard_summary",
        ]

    def unlink(self):
        """Override of `point_of_sale`: a line that goes away holds nothing."""
        self._release_giftcard_entitlements()
        return super().unlink()

    def _release_giftcard_entitlements(self):
        """Give back what lines of bills that will not be paid hold.

        Once it is certain: when this transaction has been committed.
        """
        # sudo: giftcard.redemption - a bill frees what it holds, a cashier does not
        unused = self.sudo().filtered(
            lambda line: (
                line.giftcard_role in ("deduction", "conversion_out")
                and not line.giftcard_entry_id
            )
        )
        keys = dict(unused.mapped(lambda line: (line.uuid, line.order_id.uuid)))
        self.env["giftcard.redemption"]._release_later("till", keys)

    def _settle_giftcard(self):
        """Override to use and change the cards of a paid order as well."""
        result = super()._settle_giftcard()
        self._settle_giftcard_conversions()
        self._capture_giftcard_entitlements()
        return result

    # === ACCOUNTS === #

    def _get_giftcard_account(self):
        """Override: what a card stands for decides where its sale is owed."""
        entry = self.sudo().giftcard_entry_id
        if not entry and self.giftcard_role != "sale":
            return super()._get_giftcard_account()
        role = entry.liability_kind or ("deferred" if self.tax_ids else "tips")
        return self.env["giftcard.accounting"]._get_account(
            self.order_id.company_id, role
        )

    def _get_giftcard_fixed_account(self):
        """Override: a deduction releases the account that its entitlement stands on."""
        self.ensure_one()
        redemption = self.sudo().giftcard_redemption_id
        company = self.order_id.company_id
        accounting = self.env["giftcard.accounting"]
        if (
            self.giftcard_role in ("deduction", "conversion_out")
            and redemption.entitlement_id
        ):
            return accounting._get_deduction_account(
                company,
                redemption.card_id,
                redemption.entitlement_id,
                self._get_giftcard_item_account(),
            )
        if self.giftcard_role == "conversion_in":
            return accounting._get_account(company, "liability")
        if self.giftcard_role == "bonus" and (
            account := self._get_giftcard_item_account()
        ):
            return account
        return super()._get_giftcard_fixed_account()

    def _get_giftcard_item_account(self):
        """Return the account of the item that this line deducts from."""
        item = self.order_id.lines.filtered(
            lambda line: (
                line.giftcard_role == "item"
                and line.giftcard_deduction_key == self.giftcard_deduction_key
            )
        )
        if not item:
            return self.env["account.account"]
        return item[0]._prepare_base_line_for_taxes_computation()["account_id"]

    # === SALE === #

    def _sell_giftcards(self, card_type):
        """Override to sell a card of entitlements: its lines make one card."""
        if card_type.sudo().vat_mode != "spv":
            return super()._sell_giftcards(card_type)
        order = self.order_id
        splits = order._get_giftcard_splits()
        sales = self.grouped(lambda line: line.giftcard_card_key or line.uuid)
        requests = [
            lines._prepare_giftcard_of_entitlements(card_type.sudo(), splits)
            for lines in sales.values()
        ]
        cards = (
            self.env["giftcard.card"]
            .sudo()
            ._issue(
                card_type.sudo(),
                requests,
                "sale",
                order._prepare_giftcard_origin(),
                is_pending=order._is_giftcard_on_account(),
            )
        )
        for lines, card in zip(sales.values(), cards.sudo(), strict=True):
            for line in lines:
                sold = card.entry_ids.filtered(
                    lambda entry, key=line.uuid: entry.key == key
                )
                line._link_giftcard(card, sold)
        return None

    def _prepare_giftcard_of_entitlements(self, card_type, splits):
        """Return what is asked of the core for one card sold by these lines.

        :raises UserError: when the lines are not what the type offers now
        """
        lines = self.sorted("giftcard_entitlement_number")
        first = lines[0]
        price = sum(splits[line].gross for line in lines)
        offered = card_type._prepare_entitlements(first.order_id.company_id, price)
        if len(offered) != len(lines) or lines.mapped(
            "giftcard_entitlement_number"
        ) != list(range(len(lines))):
            raise UserError(self._get_quote_refusal(card_type))
        entitlements = []
        for line, entitlement in zip(lines, offered, strict=True):
            line._check_giftcard_entitlement_sale(card_type, entitlement, splits[line])
            entitlements.append(
                {
                    **entitlement,
                    "key": line.uuid,
                    "net": splits[line].base,
                    "tax_ids": [Command.set(splits[line].taxes)],
                }
            )
        return {
            **first._prepare_giftcard(),
            "key": first.uuid,
            "price": price,
            "value": sum(
                to_decimal(entitlement["value"], card_type.currency_id.decimal_places)
                for entitlement in entitlements
            ),
            "entitlements": entitlements,
        }

    def _check_giftcard_entitlement_sale(self, card_type, entitlement, split):
        """Refuse a line that sells one for another price or with another tax."""
        currency = self.order_id.currency_id
        expected = self.env["giftcard.accounting"]._split_gross(
            self.tax_ids_after_fiscal_position, entitlement["price"], currency
        )
        if (
            float_compare(self.qty, 1, precision_digits=3)
            or self.discount
            or self.refunded_orderline_id
            or set(self.tax_ids.ids) != set(entitlement["tax_ids"][0][2])
            or split != expected
        ):
            raise UserError(self._get_quote_refusal(card_type))

    def _get_quote_refusal(self, card_type):
        return self.env._(
            "%s has another price or another VAT by now, or its lines were changed. "
            "Remove it from the bill and add it again.",
            card_type.display_name,
        )

    # === USE === #

    def _capture_giftcard_entitlements(self):
        """Use what the deduction lines of a paid order hold, or give it back.

        :raises UserError: a sentence to read out; the order is not paid then
        """
        # sudo: giftcard.redemption - a paid bill captures, a cashier does not
        redemptions = self.env["giftcard.redemption"].sudo()
        unused = self.filtered(
            lambda line: (
                line.giftcard_role == "deduction" and not line.sudo().giftcard_entry_id
            )
        )
        for line in unused:
            origin = line.order_id._prepare_giftcard_origin()
            if line.qty > 0:
                redemption = redemptions._capture_for_row(line.uuid, None, origin, True)
                kind = "redeem"
            else:
                redemption = line.refunded_orderline_id.sudo().giftcard_redemption_id
                if not redemption:
                    raise UserError(line.order_id._get_giftcard_deduction_refusal())
                redemption._refund(redemption.amount, line.uuid, origin)
                kind = "refund"
            entry = redemption.entry_ids.filtered(
                lambda entry, line=line, kind=kind: (
                    entry.key == line.uuid and entry.kind == kind
                )
            )
            line._link_giftcard_redemption(redemption, entry)
        unused._note_giftcard_remaining()

    def _note_giftcard_remaining(self):
        """Keep with each redemption what remains on its card: the receipt says it."""
        # sudo: pos.order.line - what a card has left only the server writes
        for line in as_writer(self.sudo()):
            summary = line.giftcard_summary
            summary = summary if isinstance(summary, dict) else {}
            entitlements = line.giftcard_card_id.entitlement_ids._describe_remaining()
            line.giftcard_summary = {**summary, "entitlements": entitlements}

    def _link_giftcard_redemption(self, redemption, entry):
        # sudo: pos.order.line - what the ledger says of a line only the server writes
        card = entry.sudo().card_id
        as_writer(self.sudo()).write(
            {
                "giftcard_redemption_id": redemption.id,
                "giftcard_card_id": card.id,
                "giftcard_entry_id": entry.id,
                "giftcard_last4": card.last4,
                "giftcard_balance_after": card.available,
            }
        )

    def _get_giftcard_deduction_key(self):
        """Return what this deduction and its item are named by.

        A refund keeps the name of the deduction that it gives back.
        """
        return (self.refunded_orderline_id if self.qty < 0 else self).uuid

    def _is_giftcard_tax_kept(self, others):
        """Tell whether a deduction has one tax, that which its card was sold with."""
        taxes = self.tax_ids_after_fiscal_position
        # sudo: giftcard.redemption, res.company - a cashier reads no ledger
        entitlement = self.sudo().giftcard_redemption_id.entitlement_id
        expected_taxes = entitlement._get_taxes(self.order_id.company_id)
        company = self.order_id.company_id
        if (
            self.qty < 0
            and entitlement.card_id.company_id not in company.sudo().parent_ids
        ):
            # in another company its rates may have changed since the redemption
            expected_taxes = self.refunded_orderline_id.tax_ids_after_fiscal_position
        return self.env["giftcard.accounting"]._is_same_vat(
            taxes, expected_taxes
        ) and all(line.tax_ids_after_fiscal_position == taxes for line in others)
