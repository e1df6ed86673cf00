# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ResCompany(models.Model):
    """A company and its branches that are one legal entity: they share their cards.

    Whoever may set up companies says so. VAT numbers only propose it, once: they are
    kept on contacts, which many people change.
    """

    _inherit = "res.company"
    giftcard_is_one_entity = fields.Boolean(
        "One legal entity with its parent company",
        compute="_compute_giftcard_is_one_entity",
        store=True,
        readonly=False,
        help="The two take each other's gift cards, with no entry between companies. "
        "Proposed when the branch is made, if it has no VAT number of its own. It "
        "cannot be changed once a card of the one was used in the other.",
    )
    giftcard_entity_ids = fields.Many2many(
        "res.company",
        string="One legal entity",
        compute="_compute_giftcard_entity_ids",
        search="_search_giftcard_entity_ids",
        compute_sudo=True,
        help="The company, its branches and the company it is a branch of, as far as "
        "they are one legal entity. They take each other's cards.",
    )

    # not of the VAT numbers: a later change of a contact decides nothing
    @api.depends("parent_id")
    def _compute_giftcard_is_one_entity(self):
        for company in self:
            parent = company.parent_id
            company.giftcard_is_one_entity = bool(parent) and (
                not company.vat or company.vat == parent.vat
            )

    @api.depends("parent_id", "giftcard_is_one_entity")
    def _compute_giftcard_entity_ids(self):
        for company in self:
            company.giftcard_entity_ids = company._get_giftcard_entity()

    @api.model
    def _search_giftcard_entity_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        named = self.browse([number for number in value if number]).exists()
        return [("id", "in", named._get_giftcard_entity().ids)]

    def _get_giftcard_entity(self):
        """Return the companies that are one legal entity with any of these, these too.

        :rtype: res.company
        """
        # sudo: res.company - all of a legal entity, seen or not
        companies = self.sudo().with_context(active_test=False)
        heads = companies.browse().union(
            *(company._get_giftcard_entity_head() for company in companies)
        )
        below = companies.search([("id", "child_of", heads.ids)])
        return below.filtered(
            lambda company: company._get_giftcard_entity_head() in heads
        ).with_env(self.env)

    def _get_giftcard_entity_head(self):
        company = self
        while company.parent_id and company.giftcard_is_one_entity:
            company = company.parent_id
        return company

    def _is_giftcard_entity_of(self, other):
        """Tell whether two companies are one legal entity.

        :param other: ``res.company`` record
        :rtype: bool
        """
        # sudo: res.company - of which entity it is, counts for all
        return self == other or (
            self.sudo()._get_giftcard_entity_head()
            == other.sudo()._get_giftcard_entity_head()
        )

    def write(self, vals):
        """Override: what redemptions were posted by stays as it was then."""
        if "giftcard_is_one_entity" in vals:
            self.filtered(
                lambda company: (
                    company.giftcard_is_one_entity
                    != bool(vals["giftcard_is_one_entity"])
                )
            )._check_giftcard_entity_is_free()
        return super().write(vals)

    def _check_giftcard_entity_is_free(self):
        """Refuse to join or part companies of which the one used cards of the other.

        :raises UserError: naming such a card
        """
        # sudo: giftcard.entry - also of companies that the user does not see
        for company in self.sudo().filtered("parent_id"):
            below = company.with_context(active_test=False).search(
                [("id", "child_of", company.id)]
            )
            here = company._get_giftcard_entity() & below
            there = company.parent_id._get_giftcard_entity() - here
            domain = Domain.OR(
                Domain("company_id", "in", seller.ids)
                & Domain("location_id.company_id", "in", user.ids)
                for seller, user in ((here, there), (there, here))
            )
            used = self.env["giftcard.entry"].sudo()
            if entry := used.search(domain & Domain("face", "!=", 0), limit=1):
                raise UserError(
                    self.env._(
                        "Gift card %(card)s of %(seller)s was used in %(place)s, and "
                        "the books have it as it was then. Whether %(branch)s and "
                        "%(parent)s are one legal entity cannot be changed any more.",
                        card=entry.card_id.name,
                        seller=entry.company_id.name,
                        place=entry.location_id.company_id.name,
                        branch=company.name,
                        parent=company.parent_id.name,
                    )
                )
