from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class GiftcardAccounting(models.AbstractModel):
    """Which account a gift card event is posted to, and the add-on's own entries.

    Rules: accounting specification 1.3, multi-purpose column. Sale: the liability
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
        for level in reversed(company.sudo().parent_ids):
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

        :param entries: ``giftcard.entry`` records of one company
        :param counter_account: where the money came from or goes to
        :param str ref: reference of the journal entry
        :return: the posted journal entry; none when they are about no money
        :rtype: account.move
        :raises UserError: when a setting is missing, or the period is locked
        """
        entries = entries.filtered("net")
        if not entries:
            return self.env["account.move"]
        company = entries.company_id.ensure_one()
        journal = self._get_journal(company)
        lines = []
        for entry in entries.sudo():
            label, amount = self._get_label(entry), entry.net
            common = {"name": label, "currency_id": entry.currency_id.id}
            lines += [
                {
                    **common,
                    **self._prepare_tag(entry),
                    "account_id": self._get_account(company, entry.book).id,
                    "amount_currency": -amount,
                },
                {
                    **common,
                    "account_id": counter_account.id,
                    "amount_currency": amount,
                    "partner_id": entry.partner_ref or False,
                },
            ]
        move = (
            self._as_writer(self.env["account.move"])
            .sudo()
            .with_company(company)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": fields.Date.context_today(self),
                    "ref": ref,
                    "line_ids": [Command.create(line) for line in lines],
                }
            )
        )
        move.action_post()
        return move
