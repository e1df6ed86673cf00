from odoo import api, models


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    def _find_giftcard(self, code, key, session):
        """Return the card; refuse at once what the till's closing could not post."""
        card = super()._find_giftcard(code, key, session)
        company, known = session.company_id, card.sudo()
        if known.company_id == company:
            roles = known.type_id._get_account_roles()
            self.env["giftcard.accounting"]._check_ready(company, roles)
        return card


class GiftcardType(models.Model):
    _inherit = "giftcard.type"

    @api.model
    def _load_pos_data_read(self, records, config):
        """Override of `point_of_sale`: terms as the company has them, or why not.

        ``refusal`` says which setting keeps the till from selling such cards.
        """
        company = config.company_id
        rows = super()._load_pos_data_read(records, config)
        for row in rows:
            card_type = self.browse(row["id"]).sudo()
            row["refusal"] = card_type._get_books_refusal(company)
            row.update(card_type._get_terms_by_law(company))
        return rows

    def _get_terms_by_law(self, company):
        """Return what the till shows of a validity that ``company`` cannot choose.

        :param company: ``res.company`` record
        :rtype: dict
        """
        self.ensure_one()
        today = self.env["giftcard.card"]._today(company)
        last_day = self._get_last_day(company, today)
        if last_day == self._get_valid_until(today):
            return {}
        if not last_day:
            return {"validity_mode": "unlimited"}
        return {
            "validity_mode": "period",
            "validity_count": company.sudo().giftcard_least_months,
            "validity_unit": "month",
        }
