# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

DEFAULT_AMOUNTS = (50, 75, 100, 150, 200)
DEFAULT_AMOUNT = 100
DEFAULT_TYPE = "giftcard_salon.giftcard_type_default"


class GiftcardType(models.Model):
    _name = "giftcard.type"
    _inherit = "giftcard.server.fields"
    _description = "Gift card type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_ids = fields.Many2many(
        "res.company",
        string="Companies",
        help="Companies that sell and take this card. Empty: all of them.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    kind = fields.Selection(
        [("amount", "An amount"), ("service", "Services")],
        string="The client buys",
        default="amount",
        required=True,
    )
    vat_mode = fields.Selection(
        [
            ("mpv", "When the card is used"),
            ("spv", "When it is sold"),
            ("none", "No VAT here"),
        ],
        string="VAT is counted",
        default="mpv",
        required=True,
        help="Multi-purpose: no VAT at the sale of the card. VAT is counted in full on "
        "what the client buys with it.\n"
        "Single-purpose: everything the card buys has one VAT rate, so VAT is counted "
        "when the card is sold.",
    )
    service_ids = fields.One2many(
        "giftcard.type.service", "type_id", string="Services", copy=True
    )
    bonus_rate = fields.Float(
        "Bonus on own amounts",
        digits=(5, 2),
        help="What the card is worth above what the client pays. The rest is a "
        "discount when the card is used.",
    )
    amount_ids = fields.One2many(
        "giftcard.type.amount", "type_id", string="Amounts on offer", copy=True
    )
    is_free_amount = fields.Boolean("Own amount", default=True)
    amount_min = fields.Monetary("From", default=20)
    amount_max = fields.Monetary("To", default=500)
    default_amount = fields.Monetary(
        "Chosen at first",
        help="The amount the till proposes. Zero: the first one on offer.",
    )
    validity_mode = fields.Selection(
        [
            ("period", "A period"),
            ("date", "Until a date"),
            ("unlimited", "No expiry"),
        ],
        string="Valid for",
        default="period",
        required=True,
    )
    validity_date = fields.Date("Until")
    validity_count = fields.Integer("How long", default=12)
    validity_unit = fields.Selection(
        [("day", "days"), ("week", "weeks"), ("month", "months"), ("year", "years")],
        default="month",
    )
    is_single_use = fields.Boolean(
        "Once only",
        help="The card ends with its first use; what remains on it is lost.",
    )
    pays_tips = fields.Boolean(
        "Pays tips", help="The card may also pay what a bill says is the tip."
    )
    card_ids = fields.One2many("giftcard.card", "type_id", string="Cards")
    card_count = fields.Integer("Number of cards", compute="_compute_card_count")

    _amounts_in_order = models.Constraint(
        "CHECK(NOT is_free_amount OR (amount_min > 0 AND amount_min <= amount_max))",
        "Other amounts go from more than zero up to the higher figure.",
    )
    _bonus_not_negative = models.Constraint(
        "CHECK(bonus_rate >= 0)", "The client would pay more than the card is worth."
    )
    _validity_complete = models.Constraint(
        "CHECK(validity_mode = 'unlimited'"
        " OR (validity_mode = 'date' AND validity_date IS NOT NULL)"
        " OR (validity_mode = 'period' AND validity_count > 0"
        " AND validity_unit IS NOT NULL))",
        "Say until when, or for how long, the card is valid.",
    )

    @api.depends("card_ids")
    def _compute_card_count(self):
        counts = dict(
            self.env["giftcard.card"]._read_group(
                [("type_id", "in", self.ids)], ["type_id"], ["__count"]
            )
        )
        for card_type in self:
            card_type.card_count = counts.get(card_type, 0)

    @api.onchange("kind")
    def _onchange_kind(self):
        """Named services have known VAT: it is counted at the sale, unless chosen."""
        if self.kind == "service" and self.vat_mode == "mpv":
            self.vat_mode = "spv"
        elif self.kind == "amount" and self.vat_mode == "spv":
            self.vat_mode = "mpv"

    @api.constrains("kind", "service_ids", "is_single_use")
    def _check_services(self):
        for card_type in self.filtered(lambda kept: kept.kind == "service"):
            if card_type.active and not card_type.service_ids:
                raise ValidationError(
                    self.env._("Give the card at least one service that it stands for.")
                )
            if card_type.is_single_use:
                raise ValidationError(
                    self.env._(
                        "A card for services is used unit by unit. Switch off "
                        '"Once only".'
                    )
                )

    @api.constrains("kind", "amount_ids", "is_free_amount", "active")
    def _check_amounts(self):
        for card_type in self.filtered(lambda kept: kept.kind == "amount"):
            if card_type.active and not (
                card_type.is_free_amount or card_type.amount_ids
            ):
                raise ValidationError(
                    self.env._(
                        "Give the card at least one amount that clients can buy."
                    )
                )

    @api.constrains("currency_id")
    def _check_currency(self):
        for card_type in self:
            if card_type.card_ids.filtered(
                lambda card, kept=card_type.currency_id: card.currency_id != kept
            ):
                raise ValidationError(
                    self.env._(
                        "Cards of this type were sold in another currency. "
                        "Make a new type for the new currency."
                    )
                )

    @api.model
    def _make_default(self, company):
        """Give ``company`` a first type to sell, when none is in its currency.

        The type made at the installation follows a company that changes its currency
        before anything is sold, and while no other company is in its currency.

        :param company: ``res.company`` record
        """
        # sudo: giftcard.type - a company is made, and gets its currency, by people who
        # have no right on types
        types = self.sudo().with_context(active_test=False)
        currency_domain = [("currency_id", "=", company.currency_id.id)]
        if types.search_count(
            [
                *currency_domain,
                "|",
                ("company_ids", "=", False),
                ("company_ids", "in", company.ids),
            ],
            limit=1,
        ):
            return
        first = types.env.ref(DEFAULT_TYPE, raise_if_not_found=False)
        in_use = types.env["res.company"]._read_group([], ["currency_id"])
        if first and not first.card_ids and (first.currency_id,) not in in_use:
            first.currency_id = company.currency_id
            return
        made = self.sudo().create(
            {
                "name": self.env._("Gift card"),
                "currency_id": company.currency_id.id,
                "default_amount": DEFAULT_AMOUNT,
                "amount_ids": [
                    Command.create({"amount": amount}) for amount in DEFAULT_AMOUNTS
                ],
            }
        )
        if not first:
            types.env["ir.model.data"]._update_xmlids(
                [{"xml_id": DEFAULT_TYPE, "record": made, "noupdate": True}]
            )
