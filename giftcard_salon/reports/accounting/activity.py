# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

LIMIT = 2000
LONG_HELD = timedelta(minutes=30)
RECENT = timedelta(days=30)


class GiftcardReportActivity(models.AbstractModel):
    """Who did what to which card, where and when; what needs a look (6.8)."""

    _name = "giftcard.report.activity"
    _inherit = "giftcard.report"
    _description = "Gift card activity"
    _report_sequence = 80

    @api.model
    def _get_title(self):
        return self.env._("Activity")

    @api.model
    def _build(self, options):
        return None, [
            self._build_entries(options),
            self._build_holds(options),
            self._build_expired(options),
            self._build_tests(options),
        ]

    @api.model
    def _build_entries(self, options):
        domain = [
            ("company_id", "=", options["company"].id),
            ("day", ">=", options["date_from"]),
            ("day", "<=", options["date_to"]),
        ]
        entries = self.env["giftcard.entry"].search(
            domain, order="date desc, id desc", limit=LIMIT
        )
        count = self.env["giftcard.entry"].search_count(domain)
        zone = self.env["giftcard.card"]._get_zone(options["company"])
        return {
            "title": self.env._("What happened"),
            "note": self.env._(
                "the last %(shown)s of %(count)s lines", shown=LIMIT, count=count
            )
            if count > LIMIT
            else self.env._("%s lines", count),
            "columns": [
                self._column("when", self.env._("When"), "text"),
                self._column("what", self.env._("What happened"), "text"),
                self._column("who", self.env._("By"), "text"),
                self._column("where", self.env._("Where"), "text"),
                self._column("document", self.env._("Document"), "text"),
                self._column("face", self.env._("Value")),
                self._column("consideration", self.env._("Paid part")),
                self._column("net", self.env._("Owed")),
            ],
            "rows": [self._build_entry(entry, zone) for entry in entries],
        }

    @api.model
    def _build_entry(self, entry, zone):
        kinds = dict(entry._fields["kind"]._description_selection(self.env))
        row = {
            "label": entry.card_id.name,
            "style": "",
            "cells": {
                "when": entry.card_id._format_moment(
                    entry.date, entry.company_id, zone=zone
                ),
                "what": kinds[entry.kind],
                "who": entry.user_id.name or "",
                "where": entry.location_id.display_name or "",
                "document": entry._get_name_in_sentence() or "",
                "face": entry.face,
                "consideration": entry.consideration,
                "net": entry.net,
            },
            "drill": self._drill(
                "giftcard.card", [("id", "=", entry.card_id.id)], entry.card_id.name
            ),
        }
        if entry._is_of_document():
            row["drills"] = {
                "document": self._drill(
                    entry.source_model,
                    [("id", "=", entry.source_id)],
                    entry.source_name,
                )
            }
        return row

    @api.model
    def _build_holds(self, options):
        holds = self.env["giftcard.redemption"].search(
            [
                ("state", "=", "held"),
                ("company_id", "=", options["company"].id),
                ("held_at", "<", fields.Datetime.now() - LONG_HELD),
            ],
            order="held_at",
        )
        zone = self.env["giftcard.card"]._get_zone(options["company"])
        return {
            "title": self.env._("On hold for more than 30 minutes"),
            "note": self.env._("now"),
            "columns": [
                self._column("when", self.env._("Since"), "text"),
                self._column("where", self.env._("Where"), "text"),
                self._column("document", self.env._("Document"), "text"),
                self._column("amount", self.env._("Amount")),
            ],
            "rows": [
                {
                    "label": hold.card_id.name,
                    "style": "",
                    "cells": {
                        "when": hold.card_id._format_moment(
                            hold.held_at, hold.company_id, zone=zone
                        ),
                        "where": hold.location_id.display_name or "",
                        "document": hold.source_name or "",
                        "amount": hold.amount,
                    },
                    "drill": self._drill(
                        "giftcard.redemption", [("id", "=", hold.id)], hold.card_id.name
                    ),
                }
                for hold in holds
            ],
        }

    @api.model
    def _build_expired(self, options):
        day = options["date_to"]
        cards = self.env["giftcard.card"].search(
            [
                ("company_id", "=", options["company"].id),
                ("valid_until", "<", day),
                ("valid_until", ">=", day - RECENT),
                "|",
                ("available", ">", 0),
                ("close_reason", "=", "expired"),
            ],
            order="valid_until desc, id",
        )
        return {
            "title": self.env._("Expired in the last 30 days"),
            "note": self.env._("not used up"),
            "columns": [
                self._column("day", self.env._("Last day"), "date"),
                self._column("type", self.env._("Type"), "text"),
                self._column("remaining", self.env._("Left")),
            ],
            "rows": [
                {
                    "label": card.name,
                    "style": "",
                    "cells": {
                        "day": card.valid_until.isoformat(),
                        "type": card.type_id.display_name,
                        "remaining": card.available,
                    },
                    "drill": self._drill(
                        "giftcard.card", [("id", "=", card.id)], card.name
                    ),
                }
                for card in cards
            ],
        }

    @api.model
    def _build_tests(self, options):
        """Return what must be zero at any time, counted."""
        company = options["company"].id
        unequal = self._count(
            SQL(
                """SELECT count(*) FROM giftcard_card card
                    WHERE card.company_id = %(company)s
                      AND card.available + COALESCE(
                              (SELECT SUM(amount + forfeited)
                                 FROM giftcard_redemption
                                WHERE card_id = card.id AND state = 'held'), 0)
                          <> COALESCE((SELECT SUM(face) FROM giftcard_entry
                                        WHERE card_id = card.id), 0)""",
                company=company,
            )
        )
        negative = self._count(
            SQL(
                """SELECT count(*) FROM (
                       SELECT card_id FROM giftcard_entry WHERE company_id = %s
                        GROUP BY card_id
                       HAVING SUM(face) < 0 OR SUM(consideration) < 0 OR SUM(net) < 0
                   ) below""",
                company,
            )
        )
        residue = self._count(
            SQL(
                """SELECT count(*) FROM (
                       SELECT entry.card_id FROM giftcard_entry entry
                         JOIN giftcard_card card ON card.id = entry.card_id
                        WHERE entry.company_id = %s
                        GROUP BY entry.card_id
                       HAVING SUM(entry.face) = 0
                          AND (SUM(entry.consideration) <> 0 OR SUM(entry.net) <> 0)
                   ) left_over""",
                company,
            )
        )
        return {
            "title": self.env._("What must be zero"),
            "note": self.env._("now"),
            "columns": [self._column("count", self.env._("Cards"), "count")],
            "rows": [
                {"label": label, "style": "", "cells": {"count": count}}
                for label, count in (
                    (self.env._("Balance is not the sum of its ledger"), unequal),
                    (self.env._("Ledger below zero"), negative),
                    (self.env._("Used up, but something is still owed"), residue),
                )
            ],
        }

    @api.model
    def _count(self, query):
        self.env.flush_all()
        return self.env.execute_query(query)[0][0]
