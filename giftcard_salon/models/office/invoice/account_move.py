# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """Invoices paid by gift card: a payment posted beside the invoice."""

    _name = "account.move"
    _inherit = ["account.move", "giftcard.document"]
    _giftcard_application_field = "move_id"

    giftcard_application_ids = fields.One2many(
        "giftcard.application", "move_id", "Gift cards", readonly=True, copy=False
    )
    giftcard_reserved_ids = fields.Many2many(
        "giftcard.application", compute="_compute_giftcard_to_pay", compute_sudo=True
    )
    giftcard_to_pay = fields.Monetary(
        "Left to pay", compute="_compute_giftcard_to_pay", compute_sudo=True
    )
    giftcard_can_apply = fields.Boolean(compute="_compute_giftcard_can_apply")

    @api.depends(
        "amount_total",
        "amount_residual",
        "state",
        "giftcard_application_ids.paid_amount",
    )
    def _compute_giftcard_to_pay(self):
        for move in self:
            applications = move._get_giftcard_applications().filtered(
                lambda application: application.state != "captured"
            )
            move.giftcard_reserved_ids = (
                applications if move.state == "draft" else False
            )
            if move.state == "posted":
                move.giftcard_to_pay = move.amount_residual
                continue
            held = sum(applications.mapped("paid_amount"))
            remaining = move.currency_id.round(move.amount_total - held)
            move.giftcard_to_pay = max(remaining, 0)

    @api.depends("move_type", "state", "giftcard_to_pay")
    @api.depends_context("uid")
    def _compute_giftcard_can_apply(self):
        allowed = self.env.user.has_group("giftcard_salon.group_desk")
        for move in self:
            move.giftcard_can_apply = (
                allowed
                and move.move_type == "out_invoice"
                and move.state in ("draft", "posted")
                and move.giftcard_to_pay > 0
            )

    def _compute_payments_widget_reconciled_info(self):
        """Override of `account`: a payment names its gift card, also on paper."""
        result = super()._compute_payments_widget_reconciled_info()
        for move in self:
            names = {
                application.paying_move_id.id: application.card_name
                for application in move._get_giftcard_applications()
                if application.paying_move_id
            }
            info = move.invoice_payments_widget
            if names and info:
                content = [
                    {**paid, "giftcard_name": names.get(paid["move_id"], "")}
                    for paid in info["content"]
                ]
                move.invoice_payments_widget = {**info, "content": content}
        return result

    def _get_giftcard_applications(self):
        """Return the cards that shall pay this invoice; adapters add theirs.

        :rtype: giftcard.application
        """
        # sudo: giftcard.application - whoever makes a document reads no applications
        return self.sudo().giftcard_application_ids

    def _has_giftcards(self):
        """Override: an invoice that cards shall pay."""
        found = self._get_giftcard_applications() or self.invoice_line_ids.filtered(
            "giftcard_role"
        )
        return bool(found) or super()._has_giftcards()

    def _prepare_giftcard_origin(self):
        return replace(
            super()._prepare_giftcard_origin(),
            name=self.name or self.env._("Draft invoice"),
            partner_id=self.commercial_partner_id.id,
        )

    def _hold_giftcard(self, card, amount, entitlement=None):
        """Override: a posted invoice is paid at once."""
        if self.state != "posted":
            return super()._hold_giftcard(card, amount, entitlement)
        applications = self.env["giftcard.application"].sudo()
        origin = self._prepare_giftcard_origin()
        application = applications._hold_here(
            card, amount, origin, {"move_id": self.id}
        )
        application._settle(self)
        return application

    # === POSTING === #

    def _settle_giftcards(self):
        """Take from the cards what they pay of these posted invoices."""
        for move in self:
            if move.move_type != "out_invoice":
                continue
            for application in move._get_giftcard_applications():
                if application.state != "captured":
                    move._settle_giftcard(application)

    def _settle_giftcard(self, application):
        """Let one card pay this posted invoice, as far as something is due."""
        if application._is_fixed():
            application._settle(self)
            return
        due = self._get_giftcard_due(application)
        if self.currency_id.compare_amounts(due, 0) <= 0:
            if application.move_id == self:
                application._release_holds()
            return
        remaining = application.paid_amount - due
        if self.currency_id.compare_amounts(remaining, 0) > 0:
            application._lower(due, self)
        application._settle(self)
        if self.currency_id.compare_amounts(remaining, 0) > 0:
            self._settle_giftcard_remaining(application, remaining)

    def _settle_giftcard_remaining(self, application, remaining):
        """Decide on what a card was to pay and this invoice did not need."""

    def _get_giftcard_due(self, application):
        """Return how much of this posted invoice ``application`` may pay."""
        return self.amount_residual

    def _tag_giftcard_line(self, application, entry):
        """Tie the line that posts an application to its entry; adapters know it."""

    def _reconcile_giftcard(self, payment):
        """Match a card's payment entry with what is due on this document."""
        items = (self | payment).line_ids.filtered(
            lambda line: (
                line.account_type == "asset_receivable"
                and line.parent_state == "posted"
                and not line.reconciled
            )
        )
        for items_of_account in items.grouped("account_id").values():
            if len(items_of_account.move_id) > 1:
                items_of_account.reconcile()

    # === WHAT MUST NOT HAPPEN TO THEM === #

    def button_draft(self):
        """Override of `account`: what a card has paid stays paid."""
        self._check_giftcard_untouched()
        return super().button_draft()

    def _check_giftcard_untouched(self):
        """Refuse to undo documents that gift cards' ledger stands on.

        :raises UserError: with the way out
        """
        # sudo: account.move - also what the user does not see of it
        posted = self.sudo().filtered(lambda move: move.state == "posted")
        paid = posted.filtered(
            lambda move: move.giftcard_application_ids.filtered(
                lambda application: application.state == "captured"
            )
        )
        if paid:
            raise UserError(
                self.env._(
                    "A gift card paid %s and its ledger stays as it is. Make a credit "
                    "note instead: the money goes back to the card.",
                    paid[0].display_name,
                )
            )

    def button_cancel(self):
        """Override of `account`: a cancelled invoice holds nothing."""
        result = super().button_cancel()
        self.sudo().giftcard_application_ids._release_holds()
        return result

    def unlink(self):
        """Override of `account`: a deleted draft holds nothing."""
        if applications := self.sudo().giftcard_application_ids:
            applications._remove()
        return super().unlink()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _reconcile_marked(self):
        """Override of `account`: the last step of posting, before any document.

        Gift cards pay here, so that every XML or PDF of the invoice says so.
        """
        self.move_id._settle_giftcards()
        return super()._reconcile_marked()
