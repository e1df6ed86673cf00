# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_amount

# shortest life of a gift card in months, where the law sets one
LEAST_MONTHS = {"IE": 60, "US": 60, "AU": 36}


class GiftcardType(models.Model):
    """A card type in one sentence, and what to think of before selling it."""

    _inherit = "giftcard.type"

    sentence = fields.Char("In one sentence", compute="_compute_sentence")
    amount_warning = fields.Char(compute="_compute_amount_warning")
    validity_warning = fields.Char(compute="_compute_validity_warning")
    liability = fields.Monetary("Still owed", compute="_compute_liability")
    sold_count = fields.Integer("Cards sold", compute="_compute_liability")

    @api.depends(
        "amount_ids.amount",
        "is_free_amount",
        "amount_min",
        "amount_max",
        "currency_id",
        "validity_mode",
        "validity_date",
        "validity_count",
        "validity_unit",
        "is_single_use",
        "pays_tips",
        "company_ids",
        "kind",
        "vat_mode",
        "bonus_rate",
        "amount_ids.value",
        "service_ids",
    )
    @api.depends_context("lang")
    def _compute_sentence(self):
        for card_type in self:
            sentences = [card_type._describe_amounts(), card_type._describe_scope()]
            if card_type.pays_tips:
                sentences.append(self.env._("It also pays tips."))
            sentences.append(card_type._describe_vat())
            card_type.sentence = " ".join(filter(None, sentences))

    def _describe_vat(self):
        return {
            "mpv": self.env._("VAT is counted when the card is used."),
            "spv": self.env._("VAT is counted when the card is sold."),
        }.get(self.vat_mode, "")

    def _describe_price(self, preset):
        paid = format_amount(self.env, preset.amount, self.currency_id)
        if preset.value <= preset.amount:
            return paid
        worth = format_amount(self.env, preset.value, self.currency_id)
        return self.env._("%(paid)s (worth %(worth)s)", paid=paid, worth=worth)

    def _describe_services(self):
        return ", ".join(
            self.env._(
                "%(count)s × %(service)s",
                count=line.quantity,
                service=line.display_name,
            )
            for line in self.service_ids
        )

    def _describe_amounts(self):
        if self.kind == "service":
            services = self._describe_services()
            return services and self.env._("The client buys %s.", services)
        amounts = self._describe_paid()
        if amounts and self.is_free_amount and self.bonus_rate > 0:
            bonus = self.env._("Own amounts get %g %% on top.", self.bonus_rate)
            return f"{amounts} {bonus}"
        return amounts

    def _describe_paid(self):
        presets = ", ".join(map(self._describe_price, self.amount_ids))
        values = {
            "presets": presets,
            "low": format_amount(self.env, self.amount_min, self.currency_id),
            "high": format_amount(self.env, self.amount_max, self.currency_id),
        }
        if presets and self.is_free_amount:
            return self.env._(
                "The client pays %(presets)s, or any amount from %(low)s to %(high)s.",
                **values,
            )
        if presets:
            return self.env._("The client pays %(presets)s.", presets=presets)
        if self.is_free_amount:
            return self.env._(
                "The client pays any amount from %(low)s to %(high)s.",
                low=values["low"],
                high=values["high"],
            )
        return ""

    def _describe_scope(self):
        values = {"where": self._describe_where(), "long": self._describe_validity()}
        if self.kind == "service":
            return self.env._(
                "Whoever has the code uses them one by one, %(where)s, %(long)s.",
                **values,
            )
        if self.is_single_use:
            return self.env._(
                "Whoever has the code uses it once, for all services and products, "
                "%(where)s, %(long)s; what remains then is lost.",
                **values,
            )
        return self.env._(
            "Whoever has the code uses it in parts, for all services and products, "
            "%(where)s, %(long)s.",
            **values,
        )

    def _describe_where(self):
        if not self.company_ids:
            return self.env._("in all salons")
        # sudo: res.company - only the names
        names = ", ".join(self.company_ids.sudo().mapped("name"))
        return self.env._("in the salons of %s", names)

    def _describe_validity(self):
        if self.validity_mode == "date" and self.validity_date:
            day = self.env["giftcard.card"]._format_day(self.validity_date)
            return self.env._("until %s", day)
        if self.validity_mode != "period":
            return self.env._("without end date")
        one, many = {
            "day": (
                self.env._("for 1 day after the sale"),
                self.env._("for %s days after the sale"),
            ),
            "week": (
                self.env._("for 1 week after the sale"),
                self.env._("for %s weeks after the sale"),
            ),
            "month": (
                self.env._("for 1 month after the sale"),
                self.env._("for %s months after the sale"),
            ),
            "year": (
                self.env._("for 1 year after the sale"),
                self.env._("for %s years after the sale"),
            ),
        }[self.validity_unit or "month"]
        return one if self.validity_count == 1 else many % self.validity_count

    @api.depends("kind", "amount_ids", "is_free_amount", "service_ids")
    @api.depends_context("lang")
    def _compute_amount_warning(self):
        for card_type in self:
            card_type.amount_warning = card_type._get_amounts_warning()

    def _get_amounts_warning(self):
        if self.kind == "service":
            return not self.service_ids and self.env._(
                "Give the card at least one service that it stands for."
            )
        return not (self.amount_ids or self.is_free_amount) and self.env._(
            "Give the card at least one amount that clients can buy."
        )

    @api.depends(
        "validity_mode",
        "validity_date",
        "validity_count",
        "validity_unit",
        "company_ids",
    )
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_validity_warning(self):
        for card_type in self:
            companies = card_type.company_ids or self.env.companies
            short = [
                self.env._(
                    "In %(country)s a gift card must be valid for at least %(years)s "
                    "years.",
                    country=country.name,
                    years=LEAST_MONTHS[country.code] // 12,
                )
                for country in companies.sudo().country_id
                if country.code in LEAST_MONTHS
                and any(
                    card_type._is_short_lived(company)
                    for company in companies.sudo()
                    if company.country_id == country
                )
            ]
            card_type.validity_warning = " ".join(short)

    def _is_short_lived(self, company):
        today = self.env["giftcard.card"]._today(company)
        until = self._get_last_day(company, today)
        least = relativedelta(months=LEAST_MONTHS[company.country_id.code])
        return bool(until) and until < today + least

    def _compute_liability(self):
        """Sum up what clients paid for and have not used yet, holds included."""
        sold = {
            card_type: (paid, count)
            for card_type, paid, count in self.env["giftcard.card"]._read_group(
                [("type_id", "in", self.ids), ("state", "!=", "draft")],
                ["type_id"],
                ["available_consideration:sum", "__count"],
            )
        }
        holds = self.env["giftcard.redemption"].search(
            [("card_id.type_id", "in", self.ids), ("state", "=", "held")]
        )
        for card_type in self:
            paid, card_type.sold_count = sold.get(card_type, (0, 0))
            holds_of_type = holds.filtered(
                lambda redemption, kept=card_type: redemption.card_id.type_id == kept
            )
            held = sum(
                redemption.consideration + redemption.forfeited_consideration
                for redemption in holds_of_type
            )
            card_type.liability = paid + held
