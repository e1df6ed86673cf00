# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging
from dataclasses import replace

from odoo import SUPERUSER_ID, api, models

_logger = logging.getLogger(__name__)


class PosOrder(models.Model):
    _inherit = "pos.order"

    def action_pos_order_paid(self):
        """Override of `point_of_sale`: cards are sold and used with the paid order."""
        has_giftcards = (
            self.lines._filter_giftcard_sale()
            or self.payment_ids._filter_giftcard()
            or self.lines._filter_giftcard_fixed()
        )
        if has_giftcards:
            self._check_giftcard_fixed_amounts()
            # the server's own sums: what the till says of them is not trusted
            self._compute_prices()
        orders = self.env["giftcard.accounting"]._as_writer(self)
        result = super(PosOrder, orders).action_pos_order_paid()
        is_of_chain = (
            self.lines.refunded_orderline_id
            and self._get_giftcard_chain().lines._filter_giftcard_sale()
        )
        if has_giftcards or is_of_chain or self._has_giftcards():
            sold = self._as_giftcard_seller()
            sold.lines._settle_giftcard()
            sold.payment_ids._settle_giftcard()
            # sudo: pos.order - rules are about the ledger and bills of other tills
            self.sudo()._check_giftcard_rules()
        return result

    def _as_giftcard_seller(self):
        """Return this bill as its seller's, when nobody of the salon's pays it.

        A client who pays with a phone is the public user, the bank's later word the
        system itself; the bill says whose sale it is.
        """
        is_nobody = self.env.uid == SUPERUSER_ID or not self.env.user.has_group(
            "point_of_sale.group_pos_user"
        )
        seller = self.user_id or self.session_id.user_id
        if not (self.env.su and is_nobody and seller):
            return self
        # sudo: pos.order - it was paid with these rights, by nobody of the salon
        return self.with_user(seller).sudo().with_company(self.company_id)

    def _clean_payment_lines(self):
        """Override of `point_of_sale`: what is held on a card for a draft stays.

        Payment over the internet empties drafts that it takes for its own.
        """
        if self.payment_ids._filter_giftcard():
            return None
        return super()._clean_payment_lines()

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: a bill may come cancelled from the till."""
        orders = super().create(vals_list)
        orders._release_cancelled_giftcards()
        return orders

    def write(self, vals):
        """Override of `point_of_sale`: a cancelled bill holds nothing.

        However it is cancelled: by its button, by the till, or with its session.
        """
        result = super().write(vals)
        if "state" in vals:
            self._release_cancelled_giftcards()
        return result

    def _release_cancelled_giftcards(self):
        cancelled = self.filtered(lambda order: order.state == "cancel")
        cancelled._unlink_release_giftcards()

    @api.ondelete(at_uninstall=False)
    def _unlink_release_giftcards(self):
        self.payment_ids._release_giftcards()
        self.lines._release_giftcard_entitlements()

    def _prepare_giftcard_origin(self):
        """Return this bill as what its holds and entries of gift cards come from.

        :rtype: Origin
        """
        self.ensure_one()
        return replace(
            self.session_id._prepare_giftcard_origin(),
            model=self._name,
            id=self.id,
            name=self.pos_reference or self.name,
            partner_id=self.partner_id.id,
            key=self.uuid,
        )

    @api.model
    def sync_from_ui(self, orders):
        """Override of `point_of_sale`: the till that sold cards gets their codes."""
        sent = {str(order.get("uuid")) for order in orders}
        response = super().sync_from_ui(orders)
        self._reveal_giftcards(response.get("pos.order.line", []), sent)
        return response

    @api.model
    def _reveal_giftcards(self, rows, sent):
        """Add codes to order lines, for the user who sold them at the open till.

        Who sold them and when is read from the ledger: a till may rewrite its orders.
        """
        # sudo: giftcard.entry - the ledger, not the till, says who sold a card and when
        lines = self.env["pos.order.line"].browse([row["id"] for row in rows]).sudo()
        sold = lines.filtered(lambda line: line.order_id.uuid in sent)
        sold = self._filter_giftcards_sold_now(sold)
        if not sold:
            return
        _logger.info(
            "Codes of gift cards %s go to the till of %s",
            sold.giftcard_card_id.mapped("name"),
            self.env.user.login,
        )
        sold = sold.filtered(lambda line: line._note_giftcard_code_shown_again())
        codes = {line.id: line.giftcard_card_id._reveal() for line in sold}
        for row in rows:
            if row["id"] in codes:
                row["giftcard_code"] = codes[row["id"]]

    @api.model
    def _filter_giftcards_sold_now(self, lines):
        """Return the lines that the user sold at a till that is open still."""
        # sudo: giftcard.entry - the ledger, not the till, says who sold a card and when
        return lines.sudo().filtered(
            lambda line: (
                line.order_id.session_id.state == "opened"
                and line.giftcard_entry_id.kind == "sale"
                and not line.giftcard_reference
                and line.giftcard_entry_id.user_ref == self.env.uid
                and line.giftcard_entry_id.date >= line.order_id.session_id.start_at
            )
        )

    def action_send_receipt(self, email, ticket_image, basic_image):
        """Override of `point_of_sale`: codes of sold cards go apart, unseen.

        The picture of the receipt is kept with the order and shows none.
        """
        self.ensure_one()
        # what a seller hands over with the sale is no look at a code
        origin = replace(self._prepare_giftcard_origin(), channel="receipt")
        for line in self._filter_giftcards_sold_now(self.lines):
            line.giftcard_card_id._send_code(email, origin)
        return super().action_send_receipt(email, ticket_image, basic_image)

    def _generate_pos_order_invoice(self):
        """Override of `point_of_sale`: its items say which cards they are of."""
        orders = self.env["giftcard.accounting"]._as_writer(self)
        invoice = super(PosOrder, orders)._generate_pos_order_invoice()
        return invoice.with_env(self.env)

    @api.model
    def _get_invoice_lines_values(self, line_values, pos_line, move_type):
        values = super()._get_invoice_lines_values(line_values, pos_line, move_type)
        if pos_line._filter_giftcard_sale():
            values["account_id"] = pos_line._get_giftcard_account().id
        return {**values, **pos_line._prepare_giftcard_tag()}

    def _prepare_product_aml_dict(
        self, base_line_vals, update_base_line_vals, rate, sign
    ):
        values = super()._prepare_product_aml_dict(
            base_line_vals, update_base_line_vals, rate, sign
        )
        return {**values, **base_line_vals["record"]._prepare_giftcard_tag()}
