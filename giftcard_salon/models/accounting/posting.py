# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

# what a sale and a redemption ask of a company, whose row is wide
ASKED = (
    "active",
    "parent_path",
    "giftcard_tz",
    "giftcard_liability_account_id",
    "giftcard_deferred_account_id",
    "giftcard_tips_account_id",
    "giftcard_income_account_id",
)


class GiftcardAccounting(models.AbstractModel):
    """Which account a gift card event is posted to, and the add-on's own entries.

    Rules: the multi-purpose column of docs/rules.rst. Sale: the liability
    is credited, no tax. Use: the liability is debited, tax arises on the lines sold.
    """

    _name = "giftcard.accounting"
    _description = "Gift card accounting"

    @api.model
    def _get_account(self, company, role):
        """Return the account of ``company`` for a role; a branch may use its parent's.

        :param company: ``res.company`` record
        :param str role: 'liability', 'deferred', 'tips', 'income', 'contra',
            'escheat', 'receivable', 'payable' or 'cost'
        :rtype: account.account
        :raises UserError: naming the setting to fill in
        """
        field = company._fields[f"giftcard_{role}_account_id"]
        account = self._get_of_company(company, field)
        account.fetch(["active"])
        if not account.active:
            raise UserError(
                self.env._(
                    'The account %(account)s, which is "%(setting)s" of %(company)s, '
                    "is archived. Choose another one under Gift cards > Configuration "
                    "> Settings, or bring it back.",
                    account=account.display_name,
                    setting=field._description_string(self.env),
                    company=company.name,
                )
            )
        return account

    @api.model
    def _get_entity_refusal(self, issuer, company, roles):
        """Return why one part of a legal entity cannot post cards of another; else "".

        :param issuer: ``res.company`` that sold the card
        :param company: ``res.company`` that is to take it
        :param roles: roles of accounts, as for :meth:`_get_account`
        """
        for role in roles:
            account = self._get_account(issuer, role)
            # sudo: res.company - settings count for whoever posts, in a branch those of
            # its parents
            if not account.company_ids & company.sudo().parent_ids:
                return self.env._(
                    "This card was sold by %(issuer)s, which keeps it on %(account)s, "
                    "an account that %(company)s does not have. Share the account "
                    "with its parent company, or take another payment.",
                    issuer=issuer.name,
                    account=account.display_name,
                    company=company.name,
                )
        return ""

    @api.model
    def _get_journal(self, company):
        """Return the journal of the add-on's own entries.

        :param company: ``res.company`` record
        :rtype: account.journal
        :raises UserError: naming the setting to fill in
        """
        field = company._fields["giftcard_journal_id"]
        journal = self._get_of_company(company, field)
        if not journal.active:
            raise UserError(
                self.env._(
                    "The gift card journal %(journal)s of %(company)s is archived. "
                    "Choose another one under Gift cards > Configuration > Settings, "
                    "or bring it back.",
                    journal=journal.display_name,
                    company=company.name,
                )
            )
        return journal

    @api.model
    def _get_of_company(self, company, field):
        """Return what ``field`` says for a company, or for the ones above it."""
        # sudo: res.company - settings count for whoever posts, in a branch those of its
        # parents
        company = company.sudo()
        company.fetch(ASKED)
        for level in reversed(company.parent_ids):
            if value := level[field.name]:
                return value
        raise UserError(
            self.env._(
                'The setting "%(setting)s" of %(company)s is empty. Fill it in '
                "under Gift cards > Configuration > Settings.",
                setting=field._description_string(self.env),
                company=company.name,
            )
        )

    @api.model
    def _prepare_tag(self, entry):
        """Return what ties an item of the liability to its card and ledger entry."""
        return {
            "giftcard_card_id": entry.card_id.id,
            "giftcard_entry_id": entry.id,
        }

    @api.model
    def _in_language_of(self, company):
        """Return this model in the language in which ``company`` keeps its accounts.

        :param company: ``res.company`` record
        """
        # sudo: res.company - settings count for whoever posts, in a branch those of its
        # parents
        return self.with_context(lang=company.sudo().partner_id.lang or self.env.lang)

    @api.model
    def _get_label(self, entry):
        """Return what a journal item says: the kind of event and the card."""
        kinds = dict(entry._fields["kind"]._description_selection(self.env))
        return self.env._(
            "Gift card %(card)s: %(event)s",
            card=entry.card_id.name,
            event=kinds[entry.kind],
        )

    @api.model
    def _post_entries(self, entries, counter_account, ref):
        """Post ledger entries of the back office against ``counter_account``.

        They were appended in this transaction, under the lock of their card, and are on
        no journal item yet. Locks nothing of gift cards itself.

        :param entries: ``giftcard.entry`` records of one company
        :param counter_account: where the money came from or goes to
        :param str ref: reference of the journal entry
        :return: the posted journal entry; none when they are about no money
        :rtype: account.move
        :raises UserError: when a setting is missing
        """
        entries = entries.filtered("net")
        if not entries:
            return self.env["account.move"]
        company = entries.company_id.ensure_one()
        texts, items = self._in_language_of(company), []
        # sudo: giftcard.entry - who corrects a card may not read the ledger
        for entry in entries.sudo():
            items += [
                texts._prepare_item(entry),
                {
                    **texts._prepare_counter_item(entry, counter_account, entry.net),
                    "partner_id": entry.partner_ref or False,
                },
            ]
        return self._post_items(company, items, ref, max(entries.mapped("day")))

    @api.model
    def _prepare_item(self, entry):
        """Return the item of a ledger entry on the account of its role."""
        return {
            **self._prepare_counter_item(
                entry,
                self._get_account(entry.company_id, entry.liability_kind),
                -entry.net,
            ),
            **self._prepare_tag(entry),
        }

    @api.model
    def _prepare_counter_item(self, entry, account, amount):
        return {
            "name": self._get_label(entry),
            "currency_id": entry.currency_id.id,
            "account_id": account.id,
            "amount_currency": float(amount),
        }

    @api.model
    def _post_items(self, company, items, ref, date=None, journal=None):
        """Post journal items.

        A day in a closed period gives way to the first open one, as Odoo has it. The
        items balance; those on accounts of cards name their ledger entry. Posted as one
        of the server's own writes: nobody checks it again. Locks nothing of gift cards.

        :param company: ``res.company`` record
        :param list[dict] items: values of the journal items
        :param str ref: reference of the journal entry
        :param datetime.date date: the company's today, when left out
        :param journal: ``account.journal``; the one of gift cards, when left out
        :return: the posted journal entry
        :rtype: account.move
        :raises UserError: when a setting is missing
        """
        # sudo: account.move - who closes or corrects a card may not post by himself
        move = (
            self._as_writer(self.env["account.move"])
            .sudo()
            .with_company(company)
            .create(
                {
                    "move_type": "entry",
                    # a branch may use its parent's journal, for its own entries
                    "company_id": company.id,
                    "journal_id": (journal or self._get_journal(company)).id,
                    "date": date or self.env["giftcard.card"]._today(company),
                    "ref": ref,
                    "line_ids": [Command.create(item) for item in items],
                }
            )
        )
        move.action_post()
        return move.with_env(self.env)

    # === IS EVERYTHING SET? ASKED BEFORE MONEY CHANGES HANDS === #

    @api.model
    def _check_posting_preconditions(self, company, roles):
        """Refuse what could not be posted later.

        :param company: ``res.company`` record
        :param roles: roles of accounts, as for :meth:`_get_account`
        :raises UserError: naming the setting to mend
        """
        for role in roles:
            self._get_account(company, role)

    @api.model
    def _check_tax_accounts(self, taxes):
        """Refuse to sell with VAT that would be posted to the account of the card.

        :param taxes: ``account.tax`` records
        :raises UserError: naming the tax to mend
        """
        # sudo: account.tax - who sells may not read the accounts of a tax
        for tax in taxes.sudo().flatten_taxes_hierarchy():
            lines = tax.invoice_repartition_line_ids
            if tax.amount and not all(
                line.account_id
                for line in lines.filtered(
                    lambda line: line.repartition_type == "tax" and line.factor
                )
            ):
                raise UserError(
                    self.env._(
                        "The tax %(tax)s of %(company)s has no account, so its VAT "
                        "would be mixed with what you owe for gift cards. Choose the "
                        "account under Accounting > Configuration > Taxes.",
                        tax=tax.name,
                        company=tax.company_id.name,
                    )
                )
