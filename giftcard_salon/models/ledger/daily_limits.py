# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import Counter

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LOOKS = ("show", "print", "send")
ISSUES = ("issue",)
# a printed card that is made, since who gets the printer's file looks at its code; a
# card that is sent with the receipt of its sale
NOT_COUNTED = {("print", "office"), ("send", "receipt")}
# what of a person's day is counted, and the company's setting of it
LIMITS = {
    "giftcard_daily_codes": LOOKS,
    "giftcard_daily_issued": ISSUES,
}


class GiftcardEntry(models.Model):
    """What one person does in one day: codes looked at, cards issued by hand.

    Counted in the ledger, through which each of them goes whatever button or call it
    came from.
    """

    _inherit = "giftcard.entry"

    @api.model
    def _append(self, entries):
        """Override: who does very much of it is stopped, or told of. Locks nothing."""
        crossed = self._count_of_today(entries)
        lines = super()._append(entries)
        for company, setting, count in crossed:
            self._tell_of_person(company, setting, count)
        return lines

    @api.model
    def _count_of_today(self, entries):
        """Count what the person has done today, and refuse what is too much.

        A manager goes on, for somebody has to: others are told of that.

        :param list[dict] entries: as for :meth:`_append`
        :return: per limit that is reached with this: company, setting, count
        :rtype: list[tuple]
        :raises UserError: to the desk, with what to do
        """
        crossed = []
        if self.env.uid == SUPERUSER_ID:
            return crossed
        for setting, kinds in LIMITS.items():
            # sudo: giftcard.location, giftcard.card - only whose company it is
            fresh = Counter(
                entry["origin"].location.sudo().company_id
                or entry["card"].sudo().company_id
                for entry in entries
                if entry["kind"] in kinds
                and (entry["kind"], entry["origin"].channel) not in NOT_COUNTED
            )
            for company, count in fresh.items():
                limit = company[setting]
                entity = company._get_giftcard_entity()
                before = self._count_entries(kinds, entity) if limit else 0
                if not limit or before + count < limit:
                    continue
                is_first = before < limit
                if not is_first:
                    self._check_goes_on(setting, limit)
                    # who went beyond it in a branch is told of here as well, once
                    here = Domain("location_id.company_id", "=", company.id)
                    is_first = not self._count_entries(kinds, entity, here)
                if is_first:
                    crossed.append((company, setting, before + count))
        return crossed

    @api.model
    def _count_entries(self, kinds, entity, where=Domain.TRUE):
        """Count what the person has done today, with cards of the whole legal entity.

        The ledger has each entry on the day it was for the company that sold the card.

        :param kinds: kinds of ledger entries
        :param entity: ``res.company`` records that sold the cards
        :param where: what else the entries are
        :rtype: int
        """
        cards = self.env["giftcard.card"]
        domain = where & Domain("user_ref", "=", self.env.uid)
        domain &= Domain("kind", "in", kinds) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("day", "=", cards._today(company))
            for company in entity
        )
        for kind, channel in NOT_COUNTED:
            domain &= Domain("kind", "!=", kind) | Domain("channel", "!=", channel)
        # sudo: giftcard.entry - what a person did counts, also where he reads nothing
        return self.sudo().search_count(domain)

    @api.model
    def _check_goes_on(self, setting, limit):
        is_manager = self.env.user.has_group("giftcard_salon.group_manager")
        if setting == "giftcard_daily_codes" and not is_manager:
            raise UserError(
                self.env._(
                    "You have printed, sent or looked at the codes of %s gift cards "
                    "today. Ask a gift card manager to do it.",
                    limit,
                )
            )

    @api.model
    def _tell_of_person(self, company, setting, count):
        """Say that a person has reached a limit of the day; adapters tell somebody.

        :param company: ``res.company`` record
        :param str setting: which limit
        :param int count: what it comes to
        """
