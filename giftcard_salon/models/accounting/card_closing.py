# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models

from ...tools.allocation import exact


class GiftcardAccounting(models.AbstractModel):
    """Rows 10 and 12 of docs/rules.rst: expiry and escheat."""

    _inherit = "giftcard.accounting"

    @api.model
    def _post_ends(self, entries, role, reason):
        """Post what ended cards, or what gave them back what their end had taken.

        What was taken as income before the end leaves the contra account.

        :param entries: ``giftcard.entry`` records of one company
        :param str role: whose the rest of the cards is: 'income' or 'escheat'
        :param str reason: what people gave as the reason
        :return: the posted journal entry; none when nobody paid for what was left
        :rtype: account.move
        :raises UserError: when a setting is missing
        """
        # sudo: giftcard.entry - who closes cards may not read the ledger
        entries = entries.sudo().filtered("net")
        if not entries:
            return self.env["account.move"]
        company = entries.company_id.ensure_one()
        lines = self.env["giftcard.breakage"]._reverse_ended(entries)
        recognised = {line.entry_id: exact(line.amount) for line in lines}
        texts, items = self._in_language_of(company), []
        for entry in entries:
            items += texts._prepare_end_items(entry, role, recognised.get(entry, 0))
        kinds = dict(entries._fields["kind"]._description_selection(texts.env))
        ref = texts.env._("Gift cards: %s", kinds[entries[0].kind])
        move = self._post_items(
            company,
            items,
            f"{ref} ({reason})" if reason else ref,
            max(entries.mapped("day")),
        )
        lines.move_id = move
        self._match_soon()
        return move

    @api.model
    def _post_remittance(self, payment):
        """Post what is paid to the State for unclaimed cards (case C18).

        :param payment: ``giftcard.remit`` record
        :return: the posted journal entry
        :rtype: account.move
        """
        company = payment.company_id
        texts = self._in_language_of(company).env
        name = payment.reference or texts._("Unclaimed gift cards paid to the State")
        escheat = self._get_account(company, "escheat")
        items = [
            {"name": name, "account_id": account.id, "balance": amount}
            for account, amount in (
                (escheat, payment.amount),
                (payment.account_id, -payment.amount),
            )
        ]
        return self._post_items(company, items, name, payment.date, payment.journal_id)

    @api.model
    def _prepare_end_items(self, entry, role, recognised):
        """Return the journal items of one end.

        :param entry: ``giftcard.entry`` record
        :param str role: 'income' or 'escheat'
        :param decimal.Decimal recognised: change of what is income already, signed
        :rtype: list[dict]
        """
        company, remaining = entry.company_id, exact(entry.net)
        amounts = {role: remaining}
        if recognised:
            # the State's part is no income: what was taken early is given back
            amounts["contra"] = recognised
            amounts["income"] = amounts.get("income", 0) - recognised
        return [
            self._prepare_item(entry),
            *(
                self._prepare_counter_item(
                    entry, self._get_account(company, name), amount
                )
                for name, amount in amounts.items()
                if amount
            ),
        ]
