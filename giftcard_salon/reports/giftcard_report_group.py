from odoo import api, models

from ..tools.split import exact

MONEY = ("face", "consideration", "bonus", "net")


class GiftcardReportGroup(models.AbstractModel):
    """What companies of the group owe each other for cards (specification 6.6)."""

    _name = "giftcard.report.group"
    _inherit = "giftcard.report"
    _description = "Gift cards between companies"
    _report_sequence = 60

    @api.model
    def _get_title(self):
        return self.env._("Between companies")

    @api.model
    def _build(self, options):
        company = options["company"]
        uses = self.env["giftcard.settlement"].search(
            [
                "|",
                ("company_id", "=", company.id),
                ("redeemer_id", "=", company.id),
                ("day", ">=", options["date_from"]),
                ("day", "<=", options["date_to"]),
            ],
            order="day, id",
        )
        pairs = uses.grouped(lambda use: (use.company_id, use.redeemer_id))
        rows = [
            self._build_row(
                self.env._(
                    "%(issuer)s owes %(redeemer)s",
                    issuer=issuer.name,
                    redeemer=redeemer.name,
                ),
                own,
            )
            for (issuer, redeemer), own in pairs.items()
        ]
        money = [
            self._column("face", self.env._("Value used")),
            self._column("consideration", self.env._("Paid part")),
            self._column("bonus", self.env._("Bonus")),
            self._column("net", self.env._("Without VAT")),
        ]
        return None, [
            {
                "title": self.env._("By pair of companies"),
                "columns": [
                    self._column("count", self.env._("Uses"), "count"),
                    *money,
                    self._column("open", self.env._("Not in the books yet"), "count"),
                ],
                "rows": rows,
            },
            {
                "title": self.env._("Use by use"),
                "columns": [
                    self._column("day", self.env._("Day"), "date"),
                    self._column("issuer", self.env._("Sold by"), "text"),
                    self._column("redeemer", self.env._("Used at"), "text"),
                    self._column("document", self.env._("Document"), "text"),
                    *money,
                    self._column("vat", self.env._("VAT declared"), "text"),
                    self._column("state", self.env._("State"), "text"),
                ],
                "rows": [self._build_use(use) for use in uses],
            },
        ]

    @api.model
    def _sum(self, uses):
        sign = {"redeem": 1, "refund": -1}
        return {
            name: float(sum(sign[use.kind] * abs(exact(use[name])) for use in uses))
            for name in MONEY
        }

    @api.model
    def _build_row(self, label, uses):
        waiting = uses.filtered(lambda use: use.state != "posted")
        return {
            "label": label,
            "style": "",
            "cells": {"count": len(uses), **self._sum(uses), "open": len(waiting)},
            "drill": self._drill(
                "giftcard.settlement", [("id", "in", uses.ids)], label
            ),
        }

    @api.model
    def _build_use(self, use):
        labels = {
            name: dict(use._fields[name]._description_selection(self.env))[use[name]]
            for name in ("vat_by", "state")
        }
        return {
            "label": use.card_id.name,
            "style": "",
            "cells": {
                "day": use.day.isoformat(),
                "issuer": use.company_id.name,
                "redeemer": use.location_id.display_name or use.redeemer_id.name,
                "document": use.source_name,
                **self._sum(use),
                "vat": labels["vat_by"],
                "state": labels["state"],
            },
            "drill": self._drill(
                "giftcard.settlement", [("id", "=", use.id)], use.source_name
            ),
        }
