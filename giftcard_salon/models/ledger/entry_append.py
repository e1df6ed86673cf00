# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import ledger_text
from ..core.rows import fill_cache, prepare_insert
from .entry import CARRIED, COLUMNS, FORMAT


class GiftcardEntry(models.Model):
    """How lines get into the ledger: signed, and never touched again."""

    _inherit = "giftcard.entry"

    @api.model
    def _append(self, entries):
        """Write lines into the ledger: the only way in.

        The line belongs to the ledger of the card's company, wherever it happened.
        Locks nothing: whoever moves money with it has locked the card, and a capture
        has marked the redemption as its own.

        :param list[dict] entries: per line ``card, kind, face, consideration, key,
            origin`` (:class:`Origin`) and optionally ``redemption, revision,
            partner_ref, reason, is_pending``, and for a card whose VAT was counted at
            its sale ``entitlement`` and ``net``; signed amounts in the card's currency
        :return: the lines, in order
        :rtype: giftcard.entry
        """
        self.env["giftcard.card"].flush_model()
        now = fields.Datetime.now()
        cards = self.env["giftcard.card"].browse(
            [entry["card"].id for entry in entries]
        )
        # sudo: giftcard.card - the ledger is the server's, whoever causes an entry
        companies = cards.sudo().company_id
        for company in companies:
            company.fetch(["currency_id", "giftcard_tz"])
        days = {
            company: self.env["giftcard.card"]._to_day(now, company)
            for company in companies
        }
        keys = self.env["giftcard.card"]._load_keys()
        entries = self._with_carried(list(map(self._with_net, entries)), days)
        rows = [self._prepare_row(entry, days, now) for entry in entries]
        columns = {name: [row[name] for row in rows] for name in (*COLUMNS, "format")}
        texts = ledger_text.write_rows(
            columns[name] for name in self._get_signed(FORMAT)
        )
        columns["mac"] = [keys.sign("entry", text) for text in texts]
        query = SQL("%s RETURNING id", prepare_insert(self, columns, "key"))
        lines = self.browse([row[0] for row in self.env.execute_query(query)])
        for model, name, field_names in (
            ("giftcard.card", "card_id", ["entry_ids"]),
            ("giftcard.redemption", "redemption_id", ["entry_ids", "refunded"]),
        ):
            found = self.env[model].browse(dict.fromkeys(filter(None, columns[name])))
            found.invalidate_recordset(field_names, flush=False)
        fill_cache(lines, {name: columns[name] for name in columns if name != "mac"})
        return lines

    @api.model
    def _with_net(self, entry):
        net = entry["net"] if entry.get("entitlement") else entry["consideration"]
        return {**entry, "net": net}

    @api.model
    def _prepare_row(self, entry, days, now):
        # sudo: giftcard.card - the ledger is the server's, whoever causes an entry
        card = entry["card"].sudo()
        redemption, entitlement = entry.get("redemption"), entry.get("entitlement")
        origin = entry["origin"]
        company = card.company_id
        return {
            **origin.get_columns(),
            "card_id": card.id,
            "redemption_id": redemption.id if redemption else None,
            "kind": entry["kind"],
            "face": entry["face"],
            "consideration": entry["consideration"],
            "currency_id": card.currency_id.id,
            "date": now,
            "day": days[company],
            "company_id": company.id,
            "sold_location_id": card.location_id.id or None,
            "key": entry["key"],
            "revision": entry.get("revision", 1),
            "user_ref": self.env.uid,
            "partner_ref": entry.get("partner_ref") or None,
            "reason": entry.get("reason") or None,
            "entitlement_id": entitlement.id if entitlement else None,
            "net": entry["net"],
            "liability_kind": entitlement.liability_kind
            if entitlement
            else "liability",
            "claimed_by": origin.claimed_by or None,
            "is_pending": bool(entry.get("is_pending")),
            CARRIED: entry.get(CARRIED),
            "format": FORMAT,
        }
