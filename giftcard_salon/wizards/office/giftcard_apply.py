# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ...tools.server_fields import as_writer, is_writer, without


class GiftcardRedeem(models.TransientModel):
    """Use a gift card for a sales order or an invoice: code, card, amount.

    The code is not stored: it finds the card and is forgotten.
    """

    _name = "giftcard.redeem"
    _inherit = "giftcard.server.fields"
    _description = "Use a gift card"

    code = fields.Char("Code of the card", store=False)
    move_id = fields.Many2one("account.move", ondelete="cascade")
    order_id = fields.Many2one("sale.order", ondelete="cascade")
    company_id = fields.Many2one("res.company", compute="_compute_document")
    currency_id = fields.Many2one("res.currency", compute="_compute_document")
    to_pay = fields.Monetary("Left to pay", compute="_compute_document")
    card_id = fields.Many2one(
        "giftcard.card", compute="_compute_card_id", compute_sudo=False, store=True
    )
    has_entitlements = fields.Boolean(compute="_compute_card_summary")
    entitlement_id = fields.Many2one(
        "giftcard.entitlement",
        "What is used",
        compute="_compute_entitlement_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('card_id', '=', card_id), ('available', '>', 0)]",
    )
    order_line_id = fields.Many2one(
        "sale.order.line",
        "Pays",
        compute="_compute_line",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('order_id', '=', order_id), ('display_type', '=', False),"
        " ('is_downpayment', '=', False), ('qty_invoiced', '=', 0),"
        " ('giftcard_role', '=', False)]",
    )
    invoice_line_id = fields.Many2one(
        "account.move.line",
        "Pays this line",
        compute="_compute_line",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('move_id', '=', move_id), ('display_type', '=', 'product'),"
        " ('is_downpayment', '=', False),"
        " ('giftcard_role', '=', False)]",
    )
    card_summary = fields.Char(compute="_compute_card_summary")
    refusal = fields.Char(compute="_compute_card_summary")
    amount = fields.Monetary(
        compute="_compute_amount", store=True, readonly=False, compute_sudo=False
    )
    effect = fields.Char(compute="_compute_effect")

    @api.model_create_multi
    def create(self, vals_list):
        """Override: the card is the one of the code; no card comes in otherwise."""
        vals_list = [{"card_id": False, **self._parse_code(vals)} for vals in vals_list]
        wizards = super(GiftcardRedeem, as_writer(self)).create(vals_list)
        return wizards.with_env(self.env)

    def write(self, vals):
        """Override: as of :meth:`create`."""
        if not is_writer(self.env):
            vals = self._parse_code(vals)
        return super(GiftcardRedeem, as_writer(self)).write(vals)

    @api.model
    def _parse_code(self, vals):
        """Return ``vals`` with the card of their code instead of the code."""
        code = vals.get("code")
        vals = without(vals, ("code", *self._get_server_fields()))
        if code:
            card = self._find_card(code)
            if not card:
                raise UserError(self._get_unknown_message())
            vals["card_id"] = card.id
        return vals

    @api.model
    def _find_card(self, code):
        """Return the card of ``code``, or none; who guesses has to wait."""
        self.env["giftcard.card"]._check_desk()
        guesser = f"user:{self.env.uid}:office"
        self.env["giftcard.attempt"]._check(guesser)
        card = self.env["giftcard.card"]._find_by_code(code)
        if not card:
            self.env["giftcard.attempt"]._note(guesser)
        return card

    @api.model
    def _get_unknown_message(self):
        return self.env._("We do not know this code. Check it with the client.")

    @api.depends("code")
    def _compute_card_id(self):
        """Find the card of a form that is not saved yet; saved ones keep theirs."""
        for wizard in self:
            saved_card = wizard._origin.card_id
            wizard.card_id = self._find_card(wizard.code) if wizard.code else saved_card

    def _get_document(self):
        """Return the document that the card pays."""
        self.ensure_one()
        return self.order_id or self.move_id

    @api.depends("move_id", "order_id")
    def _compute_document(self):
        for wizard in self:
            document = wizard._get_document()
            document.check_access("read")
            wizard.company_id = document.company_id
            wizard.currency_id = document.currency_id
            wizard.to_pay = document.giftcard_to_pay

    def _get_card(self):
        """Return the card as its company sees it here."""
        # sudo: giftcard.card - the code was shown; the desk sees this card
        return self.card_id.sudo().with_company(self.company_id)

    @api.depends("card_id", "company_id", "currency_id")
    def _compute_card_summary(self):
        redemptions = self.env["giftcard.redemption"]
        for wizard in self:
            card = wizard._get_card()
            wizard.card_summary, wizard.refusal = "", ""
            wizard.has_entitlements = bool(card.entitlement_ids)
            if not card:
                wizard.refusal = wizard._get_unknown_message() if wizard.code else ""
                continue
            wizard.refusal = redemptions._get_currency_refusal(
                card, wizard.currency_id
            ) or wizard._get_refusal(card)
            wizard.card_summary = wizard._describe_card(card)

    def _get_refusal(self, card):
        return card._get_refusal()

    def _describe_card(self, card):
        texts = [
            card.name,
            card.type_id.name,
            self.env._(
                "%s left", format_amount(self.env, card.available, card.currency_id)
            ),
            card.valid_note,
        ]
        return " · ".join(texts)

    @api.depends("card_id")
    def _compute_entitlement_id(self):
        for wizard in self:
            open_entitlements = wizard._get_card().entitlement_ids.filtered("available")
            wizard.entitlement_id = open_entitlements[:1]

    @api.depends(
        "card_id",
        "refusal",
        "to_pay",
        "entitlement_id",
        "order_line_id",
        "invoice_line_id",
    )
    def _compute_amount(self):
        for wizard in self:
            card, entitlement = wizard._get_card(), wizard.entitlement_id.sudo()
            if wizard.refusal or not card:
                wizard.amount = 0
            elif not card.entitlement_ids:
                wanted = min(card.available, wizard._get_most(card))
                most, _why = wizard._get_document()._get_giftcard_most(card, wanted)
                wizard.amount = float(most)
            else:
                wizard.amount = wizard._propose_for_line(entitlement)

    def _get_most(self, card):
        """Return what ``card`` can pay of the document at most."""
        return self.to_pay

    @api.depends("card_id", "amount", "refusal", "to_pay")
    def _compute_effect(self):
        for wizard in self:
            wizard.effect = ""
            if wizard.card_id and wizard.amount > 0 and not wizard.refusal:
                wizard.effect = wizard._describe_effect()

    def _describe_effect(self):
        card, document = self._get_card(), self._get_document()
        values = {
            "amount": format_amount(self.env, self.amount, self.currency_id),
            "card": card.name,
            "rest": format_amount(
                self.env, self.to_pay - self.amount, self.currency_id
            ),
        }
        if card.entitlement_ids:
            return self.env._(
                "%(amount)s of card %(card)s pays this line and is taken off below it. "
                "VAT was counted when the card was sold.",
                **values,
            )
        if document._name == "account.move" and document.state == "posted":
            return self.env._(
                "%(amount)s is taken from card %(card)s and pays the invoice now. "
                "%(rest)s is left to pay.",
                **values,
            )
        return self.env._(
            "%(amount)s is reserved on card %(card)s and taken when the invoice is "
            "posted. %(rest)s is left to pay.",
            **values,
        )

    def action_apply(self):
        """Let the card pay the document.

        :raises AccessError: without the desk's right, or the document's
        :raises UserError: a sentence: why not, and what to do
        """
        self.ensure_one()
        self.env["giftcard.card"]._check_desk()
        document = self._get_document()
        document.check_access("write")
        if not self.card_id:
            raise UserError(self.env._("Type or scan the code of the card."))
        if self.refusal:
            raise UserError(self.refusal)
        if not document.giftcard_can_apply:
            raise UserError(
                self.env._(
                    "%s cannot be paid by gift card: nothing is due on it any more.",
                    document.display_name,
                )
            )
        card = self._get_card()
        if card.entitlement_ids:
            entitlement = card.entitlement_ids & self.entitlement_id.sudo()
            if not entitlement:
                raise UserError(self.env._("Choose what of the card is used."))
            document._apply_giftcard(card, self.amount, entitlement, self._get_line())
        else:
            self._check_amount()
            document._apply_giftcard(card, self.amount)
        # whoever wants more of it shows the code again
        as_writer(self).card_id = False
        return {"type": "ir.actions.act_window_close"}

    def _check_amount(self):
        if self.currency_id.compare_amounts(self.amount, self.to_pay) > 0:
            raise UserError(
                self.env._(
                    "At most %s: that is what is left to pay.",
                    format_amount(self.env, self.to_pay, self.currency_id),
                )
            )
