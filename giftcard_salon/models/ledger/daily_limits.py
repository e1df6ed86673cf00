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
    def _post(self, entries):
        """Override: who does very much of it is stopped, or told of."""
        crossed = self._count_of_today(entries)
        lines = super()._post(entries)
        for company, setting, count in crossed:
            self._tell_of_person(company, setting, count)
        return lines

    @api.model
    def _count_of_today(self, entries):
        """Count what the person has done today, and refuse what is too much.

        A manager goes on, for somebody has to: others are told of that.

        :param list[dict] entries: as for :meth:`_post`
        :return: per limit that is reached with this: company, setting, count
        :rtype: list[tuple]
        :raises UserError: to the desk, with what to do
        """
        crossed = []
        if self.env.uid == SUPERUSER_ID:
            return crossed
        for setting, kinds in LIMITS.items():
            fresh = [
                entry["card"].id
                for entry in entries
                if entry["kind"] in kinds
                and (entry["kind"], entry["channel"]) not in NOT_COUNTED
            ]
            cards = self.env["giftcard.card"].sudo().browse(fresh)
            for company, own in cards.grouped("company_id").items():
                limit = company[setting]
                before = self._count_entries(company, kinds) if limit else 0
                if not limit or before + len(own) < limit:
                    continue
                if before >= limit:
                    self._check_goes_on(setting, limit)
                else:
                    crossed.append((company, setting, before + len(own)))
        return crossed

    @api.model
    def _count_entries(self, company, kinds):
        domain = Domain(
            [
                ("company_id", "=", company.id),
                ("user_ref", "=", self.env.uid),
                ("kind", "in", kinds),
                ("day", "=", self.env["giftcard.card"]._today(company)),
            ]
        )
        for kind, channel in NOT_COUNTED:
            domain &= Domain("kind", "!=", kind) | Domain("channel", "!=", channel)
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
        """Say that a person has reached a limit of the day; the books tell somebody.

        :param company: ``res.company`` record
        :param str setting: which limit
        :param int count: what it comes to
        """
