from odoo import api, models
from odoo.tools import SQL

from ..tools.split import exact

# days from, days to; the bounds of the accounting specification 6.2
BUCKETS = (
    (0, 90),
    (91, 180),
    (181, 365),
    (366, 730),
    (731, 1095),
    (1096, 1825),
    (1826, None),
)
MONEY = ("face", "consideration", "net")


class GiftcardReportAgeing(models.AbstractModel):
    """How old is what is owed? By days since the sale, since the last use, to the end.

    Accounting specification 6.2. Balances are the ledger's as of the day; the last day
    of a card is the one that it has now.
    """

    _name = "giftcard.report.ageing"
    _inherit = "giftcard.report"
    _description = "Age of gift cards"
    _report_sequence = 20

    @api.model
    def _get_title(self):
        return self.env._("Age of what is owed")

    @api.model
    def _has_period(self):
        return False

    @api.model
    def _build(self, options):
        cards = self._read_cards(options)
        tables = [
            self._build_table(self.env._("Days since the sale"), cards, "since_sale"),
            self._build_table(
                self.env._("Days since the last use"),
                cards,
                "since_use",
                self.env._("Never used"),
            ),
            self._build_table(
                self.env._("Days until the card ends"),
                cards,
                "to_end",
                self.env._("No end date"),
            ),
        ]
        if options["company"].country_id.code == "US":
            tables.append(self._build_states(cards))
        return None, tables

    @api.model
    def _read_cards(self, options):
        """Return the balance of each card as of the day, and its ages in days."""
        self.env["giftcard.card"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT balance.*, %(day)s - card.sold_at::date AS since_sale,
                          %(day)s - balance.last_use AS since_use,
                          card.valid_until - %(day)s AS to_end,
                          state.name AS state
                     FROM (SELECT card_id, currency_id, SUM(face) AS face,
                                  SUM(consideration) AS consideration,
                                  SUM(net) AS net,
                                  MAX(day) FILTER (WHERE kind = 'redeem') AS last_use
                             FROM giftcard_entry
                            WHERE company_id = %(company)s AND day <= %(day)s
                            GROUP BY card_id, currency_id
                           HAVING SUM(face) <> 0) balance
                     JOIN giftcard_card card ON card.id = balance.card_id
                     LEFT JOIN res_partner holder ON holder.id = card.holder_id
                     LEFT JOIN res_country_state state ON state.id = holder.state_id
                    WHERE balance.currency_id = %(currency)s""",
                day=options["date_to"],
                company=options["company"].id,
                currency=options["company"].currency_id.id,
            )
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _build_table(self, title, cards, age, without=None):
        rows = [
            self._build_row(
                self._say_bucket(low, high),
                [
                    card
                    for card in cards
                    if card[age] is not None
                    and low <= card[age]
                    and (high is None or card[age] <= high)
                ],
                cards,
            )
            for low, high in BUCKETS
        ]
        over = [card for card in cards if card[age] is not None and card[age] < 0]
        if over:
            rows.insert(0, self._build_row(self.env._("Over"), over, cards))
        if without:
            none = [card for card in cards if card[age] is None]
            rows.append(self._build_row(without, none, cards))
        return self._finish(title, rows, cards)

    @api.model
    def _build_states(self, cards):
        """Return what unclaimed property law asks for: the State of the holder."""
        names = sorted({card["state"] or "" for card in cards})
        rows = [
            self._build_row(
                name or self.env._("State not known"),
                [card for card in cards if (card["state"] or "") == name],
                cards,
            )
            for name in names
        ]
        return self._finish(self.env._("State of the holder"), rows, cards)

    @api.model
    def _finish(self, title, rows, cards):
        total = self._build_row(self.env._("Total"), cards, cards)
        return {
            "title": title,
            "columns": [
                self._column("count", self.env._("Cards"), "count"),
                self._column("face", self.env._("Value left")),
                self._column("consideration", self.env._("Paid for")),
                self._column("net", self.env._("Owed in the accounts")),
                self._column("share", self.env._("Share"), "percent"),
            ],
            "rows": [*rows, {**total, "style": "total"}],
        }

    @api.model
    def _say_bucket(self, low, high):
        if high is None:
            return self.env._("More than 5 years")
        if low < 366:
            return self.env._("%(low)s to %(high)s days", low=low, high=high)
        years = {366: (1, 2), 731: (2, 3), 1096: (3, 5)}[low]
        return self.env._("%(low)s to %(high)s years", low=years[0], high=years[1])

    @api.model
    def _build_row(self, label, cards, of_all):
        sums = {name: sum(exact(card[name]) for card in cards) for name in MONEY}
        whole = sum(exact(card["net"]) for card in of_all)
        return {
            "label": label,
            "style": "",
            "cells": {
                "count": len(cards),
                **{name: float(amount) for name, amount in sums.items()},
                "share": float(sums["net"] / whole) if whole else 0.0,
            },
            "drill": self._drill(
                "giftcard.card",
                [("id", "in", [card["card_id"] for card in cards])],
                label,
            ),
        }
