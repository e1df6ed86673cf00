# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ....tools.allocation import exact, release_between, to_decimal

USED = ("redeem", "refund")
ENDED = ("expire", "unexpire", "escheat", "forfeit")
COHORT = ("type_id", "month", "liability_kind")


class GiftcardBreakage(models.Model):
    """What was taken as income of cards that can still be used, cohort by cohort.

    A cohort is the cards of one type that one company sold in one month, per account
    they are owed on. Its lines add up to what stands in the contra account for it.
    """

    _name = "giftcard.breakage"
    _inherit = "giftcard.server.fields"
    _description = "Income taken before gift cards expire"
    _order = "date desc, id desc"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("As of", required=True, readonly=True)
    run_id = fields.Many2one(
        "giftcard.breakage.run", readonly=True, index=True, ondelete="restrict"
    )
    entry_id = fields.Many2one(
        "giftcard.entry",
        "End of a card",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    type_id = fields.Many2one(
        "giftcard.type", required=True, readonly=True, ondelete="restrict"
    )
    month = fields.Date("Month of the sale", required=True, readonly=True)
    month_name = fields.Char("Sold in", compute="_compute_month_name")
    liability_kind = fields.Selection(
        [
            ("liability", "Gift cards owed to clients"),
            ("deferred", "Services sold in advance"),
        ],
        "Owed as",
        required=True,
        readonly=True,
    )
    estimate_id = fields.Many2one(
        "giftcard.breakage.estimate", readonly=True, ondelete="restrict"
    )
    sold = fields.Monetary(readonly=True, help="Without VAT counted at the sale.")
    redeemed = fields.Monetary("Used", readonly=True)
    liability = fields.Monetary("Still owed", readonly=True)
    rate = fields.Float("Never used (%)", digits=(5, 2), readonly=True)
    target = fields.Monetary(
        "Income so far by the estimate",
        readonly=True,
        help="Sold × rate × used / (sold × (1 − rate)), at most what is still owed.",
    )
    before = fields.Monetary("Taken before", readonly=True)
    amount = fields.Monetary("This time", required=True, readonly=True)
    recognised = fields.Monetary("Taken and not ended", readonly=True)
    move_id = fields.Many2one("account.move", readonly=True, ondelete="restrict")

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_name(self):
        for line in self:
            line.month_name = format_date(self.env, line.month, date_format="MMMM yyyy")

    @api.model
    def _sum_cohorts(self, company, day=None, types=None):
        """Return what was sold, used and is still owed per cohort.

        :param company: ``res.company`` record
        :param datetime.date day: ledger up to this day; all of it, when left out
        :param types: ``giftcard.type`` records; all of them, when left out
        :return: decimals ``sold, redeemed, liability`` by type id, month and
            kind of liability
        :rtype: dict
        """
        self.env["giftcard.card"].flush_model(["sold_on"])
        conditions = [
            SQL("entry.company_id = %s", company.id),
            SQL("entry.currency_id = %s", company.currency_id.id),
            SQL("entry.liability_kind IN ('liability', 'deferred')"),
            SQL("entry.net <> 0"),
        ]
        if day:
            conditions.append(SQL("entry.day <= %s", day))
        if types is not None:
            conditions.append(SQL("card.type_id IN %s", tuple(types.ids) or (0,)))
        rows = self.env.execute_query(
            SQL(
                """SELECT card.type_id, date_trunc('month', card.sold_on)::date,
                          entry.liability_kind,
                          SUM(entry.net) FILTER (WHERE entry.kind NOT IN %(gone)s),
                          -SUM(entry.net) FILTER (WHERE entry.kind IN %(used)s),
                          SUM(entry.net)
                     FROM giftcard_entry entry
                     JOIN giftcard_card card ON card.id = entry.card_id
                    WHERE %(conditions)s
                    GROUP BY 1, 2, 3
                    ORDER BY 1, 2, 3""",
                gone=USED + ENDED,
                used=USED,
                conditions=SQL(" AND ").join(conditions),
            )
        )
        return {
            tuple(row[:3]): dict(
                zip(
                    ("sold", "redeemed", "liability"),
                    (exact(money or 0) for money in row[3:]),
                    strict=True,
                )
            )
            for row in rows
        }

    @api.model
    def _sum_recognised(self, company):
        """Return what is income already per cohort, and what of it has ended.

        :param company: ``res.company`` record
        :return: decimals ``recognised`` and ``released`` by type id, month and
            kind of liability
        :rtype: dict
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT type_id, month, liability_kind, SUM(amount),
                          -SUM(amount) FILTER (WHERE entry_id IS NOT NULL)
                     FROM giftcard_breakage WHERE company_id = %s GROUP BY 1, 2, 3""",
                company.id,
            )
        )
        found = defaultdict(lambda: {"recognised": exact(0), "released": exact(0)})
        for *key, recognised, released in rows:
            found[tuple(key)] = {
                "recognised": exact(recognised or 0),
                "released": exact(released or 0),
            }
        return found

    @api.model
    def _reverse_ended(self, entries):
        """Take what ended cards have of their cohort's early income off it.

        Each has its share of what was owed for the cohort before, to the cent (R5).
        An end that is taken back brings back what it took, at most what is owed.

        :param entries: ``giftcard.entry`` records of one company, entered just now
        :return: one line per entry that has a share
        :rtype: giftcard.breakage
        """
        company = entries.company_id
        entries = entries.filtered(
            lambda entry: (
                entry.liability_kind != "tips"
                and entry.currency_id == company.currency_id
            )
        )
        income = self._sum_recognised(company)
        if not income:
            return self.browse()
        cohorts = self._sum_cohorts(company, types=entries.card_id.type_id)
        back = entries.filtered(lambda entry: entry.kind == "unexpire")
        lines = []
        for entry in back:
            cohort = self._get_cohort(entry)
            unrecognised = cohorts[cohort]["liability"] - income[cohort]["recognised"]
            line = self._prepare_back(entry, cohort, max(unrecognised, exact(0)))
            income[cohort]["recognised"] += line["amount"]
            lines.append(line)
        by_cohort = (entries - back).grouped(self._get_cohort)
        for cohort, ended in by_cohort.items():
            if income[cohort]["recognised"] > 0 and cohort in cohorts:
                lines += self._prepare_shares(
                    cohort,
                    ended,
                    income[cohort]["recognised"],
                    cohorts[cohort]["liability"],
                )
        # sudo: giftcard.breakage - the server keeps what was recognised
        return self.sudo().create([line for line in lines if line["amount"]])

    @api.model
    def _get_cohort(self, entry):
        card = entry.card_id
        return card.type_id.id, card.sold_on.replace(day=1), entry.liability_kind

    @api.model
    def _prepare_shares(self, cohort, ended, recognised, liability_after):
        digits = ended.company_id.currency_id.decimal_places
        liability_before = liability_after - sum(exact(entry.net) for entry in ended)
        gone, lines, remaining = exact(0), [], recognised
        for entry in ended:
            before, gone = gone, gone - exact(entry.net)
            share = release_between(recognised, before, gone, liability_before, digits)
            lines.append(
                {
                    **self._prepare_line(entry, cohort),
                    "before": remaining,
                    "amount": -share,
                    "recognised": remaining - share,
                }
            )
            remaining -= share
        return lines

    @api.model
    def _prepare_back(self, entry, cohort, unrecognised):
        """Bring back what the end of this card, or of this entitlement of it, took.

        :param decimal.Decimal unrecognised: what the cohort is owed beyond its
            income so far
        """
        ended = self.search(
            [
                ("entry_id.card_id", "=", entry.card_id.id),
                ("entry_id.entitlement_id", "=", entry.entitlement_id.id),
            ]
        )
        digits = entry.company_id.currency_id.decimal_places
        amount = -to_decimal(sum(ended.mapped("amount")), digits)
        return {
            **self._prepare_line(entry, cohort),
            "amount": min(amount, to_decimal(unrecognised, digits)),
        }

    @api.model
    def _prepare_line(self, entry, cohort):
        return {
            **dict(zip(COHORT, cohort, strict=True)),
            "company_id": entry.company_id.id,
            "date": entry.day,
            "entry_id": entry.id,
        }
