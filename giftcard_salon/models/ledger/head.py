# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import re

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import ledger_text

# how a daily seal is written: number of entries, then the last one's signature
HEAD = re.compile(r"(?<!\d)(\d{1,9})\s*/\s*(\d{1,3}:[\w-]{1,20}:(?:\s*[0-9a-f]){64})")
MOST = 100


class GiftcardHead(models.Model):
    """The last seal of a day, as it left the database.

    Who has it, on paper or in an e-mail, can prove for ever what the ledger ended with:
    entries cannot be taken from its end any more without anybody noticing.
    """

    _name = "giftcard.head"
    _inherit = "giftcard.server.fields"
    _description = "Gift card ledger: seal of the day"
    _order = "company_id, number desc"
    _rec_name = "text"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    day = fields.Date(required=True, readonly=True)
    number = fields.Integer("Entries", required=True, readonly=True)
    hash = fields.Char("Last seal", required=True, readonly=True)
    mac = fields.Char("Signature", required=True, readonly=True)
    text = fields.Char("Seal of the day", compute="_compute_text")

    _day_unique = models.Constraint(
        "UNIQUE(company_id, day)", "This day has its seal already."
    )
    _only_grows = models.Constraint(
        "CHECK(true)", "Seals of the day are never changed and never deleted."
    )

    def init(self):
        """Guard the table against changes, as the ledger's own."""
        self.env.cr.execute(
            """
            DROP TRIGGER IF EXISTS giftcard_head_only_grows ON giftcard_head;
            CREATE TRIGGER giftcard_head_only_grows
                BEFORE DELETE OR UPDATE ON giftcard_head
                FOR EACH ROW EXECUTE FUNCTION giftcard_refuse_change();
            DROP TRIGGER IF EXISTS giftcard_head_no_truncate ON giftcard_head;
            CREATE TRIGGER giftcard_head_no_truncate
                BEFORE TRUNCATE ON giftcard_head
                FOR EACH STATEMENT EXECUTE FUNCTION giftcard_refuse_change();
            """
        )

    @api.depends("number", "hash")
    def _compute_text(self):
        for head in self:
            head.text = self._write(head.number, head.hash)

    @api.model
    def _write(self, number, signature):
        """Return a seal as it is mailed, printed and pasted.

        :param int number: how many entries are sealed
        :param str signature: of the last of them
        :rtype: str
        """
        return f"{number}/{signature}"

    @api.model
    def _note(self, company, number, signature):
        """Keep the seal that the ledger of ``company`` ends with today.

        :param company: ``res.company`` record
        :param int number: number of the last seal
        :param str signature: its hash
        :return: the seal of the day; no record when this day has one, or nothing was
            added since the last one
        :rtype: giftcard.head
        """
        last = self.search([("company_id", "=", company.id)], limit=1)
        day = self.env["giftcard.card"]._today(company)
        if not number or last.number == number or last.day == day:
            return self.browse()
        values = {
            "company_id": company.id,
            "day": day,
            "number": number,
            "hash": signature,
        }
        keys = self.env["giftcard.card"]._load_keys()
        mac = keys.sign("head", self._get_signed_text(values))
        return self.create({**values, "mac": mac})

    @api.model
    def _get_signed_text(self, values):
        names = ("company_id", "day", "number", "hash")
        return ledger_text.write(values[name] for name in names)

    @api.model
    def _compare(self, company, text):
        """Say whether the ledger still has the seals that somebody kept.

        :param company: ``res.company`` record
        :param str text: an e-mail or a print with one or more seals of the day
        :return: whether all are there, and the sentences to show
        :rtype: tuple[bool, list[str]]
        """
        found = [
            (int(number), "".join(signature.split()))
            for number, signature in HEAD.findall(text or "")[:MOST]
        ]
        if not found:
            return False, [
                self.env._(
                    "There is no seal of the day in this text. It looks like "
                    "1234/1:1:0f3a… Paste the whole line of the e-mail or of the print."
                )
            ]
        rows = self.env.execute_query(
            SQL(
                """SELECT number, hash FROM giftcard_seal
                    WHERE company_id = %s AND number = ANY(%s)""",
                company.id,
                [number for number, _signature in found],
            )
        )
        hashes = dict(rows)
        is_there = all(hashes.get(number) == signature for number, signature in found)
        return is_there, [
            self._get_comparison(company, number, signature, hashes.get(number))
            for number, signature in found
        ]

    @api.model
    def _get_comparison(self, company, number, kept, current):
        if kept == current:
            return self.env._(
                "Seal %s is in the ledger: what was there that day is still there.",
                number,
            )
        if current:
            return self.env._(
                "Seal %s is another one now: the ledger was made anew, or the seal you "
                "kept is of another company.",
                number,
            )
        last = self.env["giftcard.seal"].search(
            [("company_id", "=", company.id)], order="number desc", limit=1
        )
        return self.env._(
            "Seal %(number)s is gone: the ledger ends at %(last)s. Entries were "
            "removed.",
            number=number,
            last=last.number,
        )
