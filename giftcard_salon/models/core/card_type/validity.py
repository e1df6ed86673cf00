# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..res_company import INCOME_MODES


class GiftcardType(models.Model):
    """The end of a card: its last day, and whose its rest is then."""

    _inherit = "giftcard.type"
    income_mode = fields.Selection(
        INCOME_MODES,
        "Unused cards become income",
        help="Empty: as the company decides in the settings.",
    )

    def _get_income_mode(self, company):
        """Return when unused cards of this type become income of ``company``.

        :param company: ``res.company`` record
        :return: 'expiry', 'proportion' or 'never'
        :rtype: str
        """
        self.ensure_one()
        # sudo: res.company - what a company decides counts for whoever works with its
        # cards
        company_sudo = company.sudo()
        if company_sudo.giftcard_expiry_forbidden:
            return "never"
        return self.income_mode or company_sudo.giftcard_income_mode

    def _get_last_day(self, company, sold_on):
        """Return the last day of a card that ``company`` sells, as the law has it.

        :param company: ``res.company`` record
        :param datetime.date sold_on: day of the sale in the company's time zone
        :return: a day, or False for a card without expiry
        """
        self.ensure_one()
        # sudo: res.company - what a company decides counts for whoever works with its
        # cards
        company_sudo = company.sudo()
        until = self._get_valid_until(sold_on)
        if not until or company_sudo.giftcard_expiry_forbidden:
            return False
        least = relativedelta(months=company_sudo.giftcard_least_months)
        return (
            max(until, sold_on + least) if company_sudo.giftcard_least_months else until
        )

    def _get_valid_until(self, sold_on):
        """Return the last day on which a card sold on ``sold_on`` can be used.

        :param datetime.date sold_on: day of the sale in the company's time zone
        :return: a day, or False for a card without expiry
        """
        self.ensure_one()
        if self.validity_mode == "date":
            return self.validity_date
        if self.validity_mode == "period" and self.validity_unit:
            unit = {f"{self.validity_unit}s": self.validity_count}
            return sold_on + relativedelta(**unit)
        return False
