# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.fields import Command

# posted against what a card that is used once, or is over, can no longer pay
LOST = "forfeit"


class GiftcardAccounting(models.AbstractModel):
    """Gift cards that pay invoices: a payment of its own, never a line of the invoice.

    Use: Dr liability / Cr receivable. Back on the card: the opposite.
    """

    _inherit = "giftcard.accounting"

    @api.model
    def _post_payment(self, entries, invoice, discount=()):
        """Post what a card paid of ``invoice``, or got back of a credit note.

        The entries are in the ledger already, in this transaction, and on no journal
        item yet: the account's protection counts them. Locks nothing of gift cards.

        :param entries: ``giftcard.entry`` records of one redemption: 'redeem' or
            'refund', and 'forfeit'
        :param invoice: posted ``account.move`` of a client
        :param discount: items of an early payment discount that comes with it
        :return: the posted journal entry; none when nobody ever paid for the redemption
        :rtype: account.move
        :raises UserError: when a setting is missing, or the period is locked
        """
        # sudo: account.move - whoever posts the invoice may post what its cards pay
        moves = self._as_writer(self.env["account.move"].sudo())
        entries = entries.sudo()
        currency = entries.currency_id
        company = invoice.company_id
        # what a single-use card loses is in the accounts of who sold it
        entries = entries.filtered(
            lambda entry: (
                not currency.is_zero(entry.net)
                and (
                    entry.kind != LOST
                    or entry.company_id._is_giftcard_entity_of(company)
                )
            )
        )
        if not entries:
            return self.env["account.move"]
        texts = self._in_language_of(company)
        move = moves.with_company(company).create(
            {
                "move_type": "entry",
                "journal_id": self._get_journal(company).id,
                "date": self.env["giftcard.card"]._today(company),
                "ref": texts._get_payment_ref(entries[0], invoice),
                "line_ids": [
                    Command.create(line)
                    for entry in entries
                    for line in texts._prepare_payment_lines(entry, invoice)
                ]
                + self._prepare_discount_lines(discount, invoice),
            }
        )
        move.action_post()
        return move.with_env(self.env)

    @api.model
    def _get_payment_ref(self, entry, invoice):
        return self.env._(
            "Gift card %(card)s on %(invoice)s",
            card=entry.card_id.name,
            invoice=invoice.name,
        )

    @api.model
    def _prepare_discount_lines(self, discount, invoice):
        """Return ``discount`` and what it takes off the receivable."""
        if not discount:
            return []
        names = ("amount_currency", "balance")
        term = invoice._get_giftcard_terms()
        receivable_item = {
            "name": discount[0]["name"],
            "currency_id": invoice.currency_id.id,
            "partner_id": invoice.commercial_partner_id.id,
            "account_id": term.account_id.id,
            **{name: -sum(item[name] for item in discount) for name in names},
        }
        return [Command.create(item) for item in (*discount, receivable_item)]

    @api.model
    def _prepare_payment_lines(self, entry, invoice):
        """Return the two journal items of one ledger entry."""
        company, amount = invoice.company_id, entry.net
        if entry.kind == LOST:
            counter = self._get_account(company, "income")
        else:
            counter = invoice.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            ).account_id[:1]
        common = {
            "name": self._get_label(entry),
            "currency_id": entry.currency_id.id,
            "partner_id": invoice.commercial_partner_id.id,
        }
        return [
            {
                **common,
                **self._prepare_redemption_item(entry, company),
                "amount_currency": -amount,
            },
            {**common, "account_id": counter.id, "amount_currency": amount},
        ]

    @api.model
    def _check_items(self, items):
        """Override: a card's own lines get their ledger entry with the posting."""
        card_items = items.filtered(
            lambda item: item.giftcard_application_id or item.giftcard_reversed_entry_id
        )
        return super()._check_items(items - card_items)
