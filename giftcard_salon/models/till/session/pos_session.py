# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models

from ....tools.origin import Origin
from ....tools.server_fields import clean_action

# what Odoo finds of a line when no model distributes anything
NOT_ANALYTIC = {"analytic_distribution": False}


class PosSession(models.Model):
    _inherit = "pos.session"

    @api.model
    def _load_pos_data_models(self, config):
        return [
            *super()._load_pos_data_models(config),
            "giftcard.type",
            "giftcard.type.amount",
        ]

    def _prepare_giftcard_origin(self):
        """Return this session as what holds and entries of its till come from.

        :rtype: Origin
        """
        self.ensure_one()
        # sudo: pos.config - only where the till stands
        return Origin(
            company=self.company_id,
            location=self.config_id.sudo()._get_giftcard_location(),
            currency=self.currency_id,
            channel="till",
            model=self._name,
            id=self.id,
            name=self.name,
        )

    def get_closing_control_data(self):
        """Override of `point_of_sale`: nobody counts gift cards in the drawer."""
        data = super().get_closing_control_data()
        giftcard_method_ids = self.payment_method_ids.filtered("giftcard_is_method").ids
        data["non_cash_payment_methods"] = [
            method
            for method in data["non_cash_payment_methods"]
            if method["id"] not in giftcard_method_ids
        ]
        holds = self._get_giftcard_holds()
        data["giftcard_can_release"] = self.env.user.has_group(
            "giftcard_salon.group_desk"
        )
        data["giftcard_holds"] = [
            {
                "id": hold.id,
                "last4": hold.card_id.last4,
                "amount": hold.amount,
                "bill": hold.source_name,
                "key": hold.document_key,
                "since": fields.Datetime.to_string(hold.held_at),
            }
            for hold in holds
        ]
        return data

    def _get_giftcard_holds(self):
        """Return what bills of this till still hold on cards.

        :rtype: giftcard.redemption
        """
        # sudo: giftcard.redemption - a cashier has no right on them; names and amounts
        # only
        return (
            self.env["giftcard.redemption"]
            .sudo()
            .search(
                [
                    ("state", "=", "held"),
                    ("source_model", "=", self._name),
                    ("source_id", "in", self.ids),
                ],
                order="held_at, id",
            )
        )

    def _create_bank_payment_moves(self, data):
        """Override of `point_of_sale`: one debit of the liability per card payment.

        Instead of one payment per method on an outstanding account, which loses the
        card and goes wrong in a session with a negative sum.
        """
        by_method = data["combine_receivables_bank"]
        for method in [method for method in by_method if method.giftcard_is_method]:
            by_method.pop(method)
        # of a card that nobody paid for there is nothing to post
        payments = self._get_closed_orders().payment_ids._filter_giftcard()
        models = self.env["account.analytic.distribution.model"]
        # sudo: account.analytic.distribution.model - whether there is any at all: where
        # there is none, Odoo would look for one by line
        analytic = {} if models.sudo().search_count([], limit=1) else NOT_ANALYTIC
        data["MoveLine"].create(
            [
                {**vals, **analytic}
                for payment in payments
                for vals in self._prepare_giftcard_lines(payment)
            ]
        )
        return super()._create_bank_payment_moves(data)

    def _prepare_giftcard_lines(self, payment):
        """Return the journal items of one gift card payment of the session.

        A payment that no card stands behind was not made at the till. It is posted
        all the same, so that the till can be closed, and shows as a difference.
        """
        accounting = self.env["giftcard.accounting"]
        # sudo: giftcard.redemption, giftcard.entry - a cashier reads no ledger
        entry = payment.sudo().giftcard_entry_id
        lines = []
        if payment.amount:
            item = accounting._prepare_redemption_item(entry, self.company_id)
            lines.append(
                self._prepare_giftcard_line(entry, item, payment.amount, payment)
            )
        if entry and not entry.company_id._is_giftcard_entity_of(self.company_id):
            # what a single-use card loses is in the accounts of who sold it
            return lines
        for lost in entry.redemption_id.entry_ids.filtered(
            lambda lost: (
                lost.kind == "forfeit" and lost.key == entry.key and lost.consideration
            )
        ):
            income = accounting._get_account(self.company_id, "income")
            counter = {"account_id": income.id, "giftcard_card_id": lost.card_id.id}
            amount = -lost.consideration
            item = accounting._prepare_redemption_item(lost, self.company_id)
            lines += [
                self._prepare_giftcard_line(lost, item, amount, payment),
                self._prepare_giftcard_line(lost, counter, -amount, payment),
            ]
        return lines

    def _prepare_giftcard_line(self, entry, item, amount, payment):
        converted = self._update_amounts(
            {"amount": 0.0, "amount_converted": 0.0},
            {"amount": amount},
            payment.payment_date,
        )
        vals = {
            "move_id": self.move_id.id,
            "name": self._get_giftcard_label(entry, payment.pos_order_id),
            "partner_id": payment.partner_id.commercial_partner_id.id,
            **item,
        }
        vals = self._debit_amounts(
            vals, converted["amount"], converted["amount_converted"]
        )
        # a balance is kept as it is; debit and credit are written once more, by line
        vals["balance"] = vals.pop("debit") - vals.pop("credit")
        return vals

    def _get_sale_key(self, base_line):
        """Override of `point_of_sale`: one credit line per card sold."""
        key = super()._get_sale_key(base_line)
        line = base_line["record"]
        if line._filter_giftcard_sale() or line.sudo().giftcard_entry_id:
            key["giftcard_line_id"] = line.id
        return key

    def _get_sale_vals(self, key, sale_vals):
        vals = super()._get_sale_vals(key, sale_vals)
        if line_id := key.get("giftcard_line_id"):
            line = self.env["pos.order.line"].browse(line_id)
            entry = line.sudo().giftcard_entry_id
            vals.update(line._prepare_giftcard_tag())
            vals["name"] = self._get_giftcard_label(entry, line.order_id)
        return vals

    def _get_giftcard_label(self, entry, order):
        bill = order.pos_reference or order.name
        if not entry:
            return self.env._("Gift card that nobody knows (%s)", bill)
        accounting = self.env["giftcard.accounting"]._in_language_of(self.company_id)
        return f"{accounting._get_label(entry)} ({bill})"

    def _validate_session(self, *args, **kwargs):
        """Override of `point_of_sale`: what is committed is sealed with the closing."""
        orders = self._get_closed_orders().sudo()
        used = orders.payment_ids.giftcard_entry_id | orders.lines.giftcard_entry_id
        self.env["giftcard.seal"].sudo()._seal_pending(
            self.company_id | used.company_id
        )
        session = self.env["giftcard.accounting"]._as_writer(self)
        result = super(PosSession, session)._validate_session(*args, **kwargs)
        self._tell_giftcards_held()
        self.env["giftcard.accounting"]._match_soon()
        return clean_action(result)

    def _tell_giftcards_held(self):
        """Say on a closed till which cards it still holds, for a manager to release."""
        for session in self.filtered(lambda session: session.state == "closed"):
            if held := session._get_giftcard_holds():
                # sudo: pos.session - a note that the cashier may not write by himself
                session.sudo().message_post(
                    body=self.env._(
                        "Gift cards still held by this till: %s. A gift card manager "
                        "can release them under Gift cards > Uses and holds.",
                        ", ".join(
                            f"{hold.card_id.name} "
                            f"{hold.currency_id.format(hold.amount)}"
                            for hold in held
                        ),
                    )
                )
