# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import fields, models
from odoo.exceptions import AccessError


class GiftcardCard(models.Model):
    """Where a card is valid besides the company that sold it.

    The companies its type named at the sale are kept with the card: a later change of
    the type does not reach it. Whether a company of the group settles is asked anew at
    every redemption, since money between companies depends on it.
    """

    _inherit = "giftcard.card"

    company_ids = fields.Many2many(
        "res.company",
        "giftcard_card_company_rel",
        "card_id",
        "company_id",
        string="Companies that take it",
        readonly=True,
        help="As the card's type said when it was sold. Empty: the company that sold "
        "it and its group.",
    )

    def _check_user_company(self):
        """Refuse steps of the back office on cards of companies one does not work in.

        More can be read: the cards of the whole legal entity.

        :raises AccessError: for these
        """
        self.check_access("read")
        # sudo: giftcard.card - also a card that the user does not see
        foreign = self.sudo().company_id - self.env.companies
        if foreign and not self.env.su:
            raise AccessError(
                self.env._(
                    "This card was sold by %s: in the back office it is changed, and "
                    "its code seen and sent, in that company only. Choose it at the "
                    "top of the screen, or ask somebody who works there.",
                    ", ".join(foreign.mapped("name")),
                )
            )

    def _get_valid_companies(self):
        """Return the companies whose tills take the card: its own one first.

        :rtype: res.company
        """
        self.ensure_one()
        # sudo: giftcard.card, res.company - where a card is good, any till may ask
        card = self.sudo()
        issuer = card.company_id
        entity = issuer._get_giftcard_entity()
        others = (entity | issuer.giftcard_group_company_ids) - issuer
        return issuer | others.filtered(card._is_named_for)

    def _is_named_for(self, company):
        """Tell whether the card's type named ``company`` at the sale, or its parent."""
        # sudo: giftcard.card, res.company - where a card is good, any till may ask
        named = self.sudo().company_ids
        return not named or bool(named & company.sudo().parent_ids)

    def _get_company_refusal(self, company):
        """Return why ``company`` does not take the card, as a sentence; else "".

        :param company: ``res.company`` of the till or document
        :rtype: str
        """
        self.ensure_one()
        # sudo: giftcard.card, res.company - where a card is good, any till may ask
        card = self.sudo()
        issuer = card.company_id
        if company == issuer:
            return ""
        is_named = card._is_named_for(company)
        if is_named and (
            company in issuer.giftcard_group_company_ids
            or company._is_giftcard_entity_of(issuer)
        ):
            return ""
        if company in card.company_ids or (
            is_named and issuer.giftcard_group_company_ids
        ):
            return self.env._(
                "This card was sold by %(issuer)s and cannot be used here: "
                "%(company)s is not among its Group companies that settle gift cards "
                "(Gift cards > Configuration > Settings). Take another payment.",
                issuer=issuer.name,
                company=company.sudo().name,
            )
        return self.env._(
            "This card was sold by %s and cannot be used here. Take another payment.",
            issuer.name,
        )
