# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError


class GiftcardAccounting(models.AbstractModel):
    """A card of one company redeemed in another: whose account it is posted to."""

    _inherit = "giftcard.accounting"

    @api.model
    def _prepare_redemption_item(self, entry, company):
        """Return account, partner and tags of what a card pays in a document.

        In the legal entity that sold the card: what is owed to the client. Elsewhere:
        what that company owes for it; its own postings follow by queue.

        :param entry: ``giftcard.entry`` of the redemption or of money back on the card;
            none for a payment that no card stands behind
        :param company: ``res.company`` of the document
        :return: values of the journal item
        :rtype: dict
        :raises UserError: naming the setting to fill in
        """
        # sudo: giftcard.entry - whoever makes a document reads no ledger
        entry = entry.sudo()
        if not entry or entry.company_id._is_giftcard_entity_of(company):
            role = entry.liability_kind or "liability"
            return {
                "account_id": self._get_account(entry.company_id or company, role).id,
                **self._prepare_tag(entry),
            }
        row = self.env["giftcard.settlement"]._get_of_entry(entry)
        return {
            "account_id": self._get_account(company, "receivable").id,
            "partner_id": entry.company_id.partner_id.id,
            "giftcard_settlement_id": row.id,
        }

    @api.model
    def _prepare_deduction_item(self, entry, company, item_account):
        """Return account and tags of the deduction that goes with an item.

        In another company than the seller's, item and deduction of a service net to
        zero on the item's own account: that company is paid by its invoice. A tip
        passes through, so it is owed by the company that sold the card.

        :param entry: ``giftcard.entry`` of the redemption
        :param company: ``res.company`` of the document
        :param item_account: ``account.account`` of the item's line
        :return: values of the journal item
        :rtype: dict
        """
        # sudo: giftcard.entry - whoever makes a document reads no ledger
        entry = entry.sudo()
        is_same_entity = entry.company_id._is_giftcard_entity_of(company)
        if is_same_entity or entry.liability_kind == "tips":
            return self._prepare_redemption_item(entry, company)
        return {"account_id": item_account.id}

    @api.model
    def _prepare_line_tag(self, entry, company):
        """Return what ties the item of a bill line to its card, without the account.

        :param entry: ``giftcard.entry`` of what the line sells, uses or gives back
        :param company: ``res.company`` of the document
        :rtype: dict
        """
        # sudo: giftcard.entry - whoever makes a document reads no ledger
        entry = entry.sudo()
        is_same_entity = entry.company_id._is_giftcard_entity_of(company)
        if not is_same_entity and entry.liability_kind == "deferred":
            return {}
        item = self._prepare_redemption_item(entry, company)
        item.pop("account_id")
        return item

    @api.model
    def _get_deduction_account(self, company, card, entitlement, item_account):
        """Return only the account of :meth:`_prepare_deduction_item`.

        :param company: ``res.company`` of the document
        :param card: ``giftcard.card`` that pays
        :param entitlement: ``giftcard.entitlement`` that is used
        :param item_account: ``account.account`` of the item's line
        :rtype: account.account
        """
        # sudo: giftcard.card, giftcard.entitlement - whoever makes a document reads no
        # cards
        issuer, liability_kind = (
            card.sudo().company_id,
            entitlement.sudo().liability_kind,
        )
        if issuer._is_giftcard_entity_of(company):
            return self._get_account(issuer, liability_kind)
        if liability_kind == "tips":
            return self._get_account(company, "receivable")
        return item_account

    @api.model
    def _get_revenue_account(self, entry, company):
        """Return where a single-purpose redemption's net is revenue in ``company``.

        :param entry: ``giftcard.entry`` of the redemption
        :param company: ``res.company`` record
        :rtype: account.account
        :raises UserError: naming the setting to fill in
        """
        # sudo: res.company - the accounts of two companies, of which the user sees one
        account = company.sudo().income_account_id
        if not account:
            raise UserError(
                self.env._(
                    "%s has no income account of its own to post the service to. "
                    "Choose one on the service.",
                    company.name,
                )
            )
        return account

    @api.model
    def _get_group_refusal(self, issuer, company):
        """Return why the accounts of two companies cannot settle cards; else "".

        :param issuer: ``res.company`` that sold the card
        :param company: ``res.company`` that is to take it
        :rtype: str
        """
        # sudo: res.company - the accounts of two companies, of which the user sees one
        issuer, company = issuer.sudo(), company.sudo()
        if issuer.currency_id != company.currency_id:
            return self.env._(
                "This card was sold by %(issuer)s, which keeps its books in %(own)s, "
                "and %(company)s keeps them in %(other)s: they cannot settle it. Take "
                "another payment.",
                issuer=issuer.name,
                own=issuer.currency_id.name,
                company=company.name,
                other=company.currency_id.name,
            )
        try:
            self._get_account(company, "receivable")
            self._get_account(issuer, "payable")
            self._get_journal(issuer)
        except UserError as error:
            return self.env._("%s Take another payment.", str(error))
        return ""
