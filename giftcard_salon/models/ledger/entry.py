# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from ...tools import ledger_text
from ..core.rows import fill_cache, prepare_insert

# of cards in another currency than the company's
CARRIED = "company_net"
COLUMNS = (
    "card_id",
    "redemption_id",
    "kind",
    "face",
    "consideration",
    "currency_id",
    "date",
    "day",
    "company_id",
    "location_id",
    "sold_location_id",
    "channel",
    "source_model",
    "source_id",
    "source_name",
    "key",
    "revision",
    "user_ref",
    "partner_ref",
    "reason",
    "entitlement_id",
    "net",
    "account_role",
    "claimed_by",
    "is_pending",
    CARRIED,
)
# what a signature covers, by the number of its format: whoever adds a column adds a
# format, so that what was signed before stays right
FORMATS = {1: COLUMNS}
FORMAT = max(FORMATS)
STORED = (*COLUMNS, "format", "mac")


class GiftcardEntry(models.Model):
    """One line of the ledger, never changed and never deleted.

    People are plain numbers here: merging or deleting a person must not reach the
    ledger. Entries go in without touching a row that others share.
    """

    _name = "giftcard.entry"
    _inherit = "giftcard.server.fields"
    _description = "Gift card ledger entry"
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False

    card_id = fields.Many2one(
        "giftcard.card", required=True, index=True, readonly=True, ondelete="restrict"
    )
    redemption_id = fields.Many2one(
        "giftcard.redemption",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )
    kind = fields.Selection(
        [
            ("sale", "Sold"),
            ("issue", "Issued"),
            ("topup", "Topped up"),
            ("redeem", "Used"),
            ("forfeit", "Lost with its one use"),
            ("refund", "Back on the card"),
            ("refund_sale", "Card given back"),
            ("refund_topup", "Top-up given back"),
            ("cancel", "Cancelled"),
            ("adjust", "Adjusted"),
            ("move_out", "Moved to a new card"),
            ("move_in", "Moved from a lost card"),
            ("expire", "Expired"),
            ("unexpire", "Expiry taken back"),
            ("escheat", "Handed over to the State"),
            ("convert_out", "Changed into a gift card"),
            ("convert_in", "Changed from a card for services"),
            ("activate", "Paid: can be used"),
            ("extend", "Extended"),
            ("block", "Blocked"),
            ("unblock", "Unblocked"),
            ("show", "Code looked at"),
            ("print", "Printed again"),
            ("send", "Sent by e-mail"),
            ("send_failed", "Could not be sent"),
        ],
        required=True,
        readonly=True,
    )
    face = fields.Monetary("Value", required=True, readonly=True)
    consideration = fields.Monetary("Paid part", required=True, readonly=True)
    entitlement_id = fields.Many2one(
        "giftcard.entitlement",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )
    net = fields.Monetary(
        "Owed",
        required=True,
        readonly=True,
        help="What this adds to what the accounts owe clients: what was paid, without "
        "VAT when that was counted at the sale.",
    )
    account_role = fields.Selection(
        [
            ("liability", "Gift cards owed to clients"),
            ("deferred", "Services sold in advance"),
            ("tips", "Tips on gift cards"),
        ],
        "Owed as",
        required=True,
        readonly=True,
    )
    is_pending = fields.Boolean("Not paid yet", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, index=True)
    day = fields.Date(
        required=True, readonly=True, help="The day in the company's time zone."
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    location_id = fields.Many2one("giftcard.location", "Where", readonly=True)
    sold_location_id = fields.Many2one("giftcard.location", "Sold at", readonly=True)
    channel = fields.Selection(
        [("till", "Till"), ("office", "Back office")], required=True, readonly=True
    )
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True)
    source_name = fields.Char("Document", readonly=True, index="trigram")
    key = fields.Char(required=True, readonly=True)
    revision = fields.Integer(required=True, readonly=True)
    user_ref = fields.Integer(readonly=True)
    partner_ref = fields.Integer(readonly=True)
    claimed_by = fields.Char(
        "Employee at the till",
        readonly=True,
        help="Who stood at the till, as the till says. The login is what counts.",
    )
    user_id = fields.Many2one("res.users", "By", compute="_compute_people")
    partner_id = fields.Many2one("res.partner", "Client", compute="_compute_people")
    # people without this right read it in the sentence, unless it is why a card
    # was blocked
    reason = fields.Char(
        readonly=True,
        groups="giftcard_salon.group_manager,giftcard_salon.group_accountant",
    )
    format = fields.Integer("Signature's format", readonly=True, groups=NO_ACCESS)
    mac = fields.Char("Signature", readonly=True, groups=NO_ACCESS)

    _key_unique = models.Constraint(
        "UNIQUE(key, revision, kind)", "This is in the ledger already."
    )
    _only_grows = models.Constraint(
        "CHECK(true)",
        "The gift card ledger only grows. Post a correcting entry instead.",
    )
    _consideration_within = models.Constraint(
        "CHECK(abs(consideration) <= abs(face)"
        " AND (consideration = 0 OR sign(consideration) = sign(face)))",
        "The paid part of an entry is between zero and its value.",
    )
    _net_within = models.Constraint(
        "CHECK(abs(net) <= abs(face) AND (net = 0 OR sign(net) = sign(face)))",
        "What an entry adds to what is owed is between zero and its value.",
    )

    def init(self):
        """Guard the table against changes and queue new rows for the sealer."""
        self.env.cr.execute(
            SQL(
                """
                CREATE TABLE IF NOT EXISTS giftcard_seal_queue (
                    entry_id integer PRIMARY KEY,
                    company_id integer NOT NULL
                );
                CREATE OR REPLACE FUNCTION giftcard_refuse_change() RETURNS trigger
                LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'the gift card ledger only grows'
                    USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                          CONSTRAINT = TG_TABLE_NAME || '_only_grows';
                END $$;
                CREATE OR REPLACE FUNCTION giftcard_queue_for_seal() RETURNS trigger
                LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO giftcard_seal_queue (entry_id, company_id)
                    SELECT id, company_id FROM fresh;
                    RETURN NULL;
                END $$;
                DROP TRIGGER IF EXISTS giftcard_entry_only_grows ON giftcard_entry;
                CREATE TRIGGER giftcard_entry_only_grows
                    BEFORE DELETE OR UPDATE OF %(columns)s ON giftcard_entry
                    FOR EACH ROW EXECUTE FUNCTION giftcard_refuse_change();
                DROP TRIGGER IF EXISTS giftcard_entry_no_truncate ON giftcard_entry;
                CREATE TRIGGER giftcard_entry_no_truncate
                    BEFORE TRUNCATE ON giftcard_entry
                    FOR EACH STATEMENT EXECUTE FUNCTION giftcard_refuse_change();
                DROP TRIGGER IF EXISTS giftcard_entry_queue ON giftcard_entry;
                CREATE TRIGGER giftcard_entry_queue
                    AFTER INSERT ON giftcard_entry
                    REFERENCING NEW TABLE AS fresh
                    FOR EACH STATEMENT EXECUTE FUNCTION giftcard_queue_for_seal();
                """,
                columns=SQL(", ").join(SQL.identifier(name) for name in STORED),
            )
        )

    def _compute_people(self):
        now = self.env["giftcard.alias"]._resolve(self.mapped("partner_ref"))
        users = self.env["res.users"].browse(self.mapped("user_ref")).exists()
        partners = self.env["res.partner"].browse(now.values()).exists()
        for entry in self:
            entry.user_id = users & users.browse(entry.user_ref)
            entry.partner_id = partners & partners.browse(now.get(entry.partner_ref))

    @api.model
    def _append(self, entries):
        """Write lines into the ledger: the only way in.

        The line belongs to the ledger of the card's company, wherever it happened.
        Locks nothing: whoever moves money with it has locked the card, and a capture
        has marked the redemption as its own.

        :param list[dict] entries: per line ``card, kind, face, consideration, key,
            origin`` (:class:`Origin`) and optionally ``redemption, revision,
            partner_ref, reason, is_pending``, and for a card whose VAT was counted at
            its sale ``part`` and ``net``; signed amounts in the card's currency
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
        for model, name, told in (
            ("giftcard.card", "card_id", ["entry_ids"]),
            ("giftcard.redemption", "redemption_id", ["entry_ids", "refunded"]),
        ):
            found = self.env[model].browse(dict.fromkeys(filter(None, columns[name])))
            found.invalidate_recordset(told, flush=False)
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
            "account_role": entitlement.account_role if entitlement else "liability",
            "claimed_by": origin.claimed_by or None,
            "is_pending": bool(entry.get("is_pending")),
            CARRIED: entry.get(CARRIED),
            "format": FORMAT,
        }

    @api.model
    def _get_signed(self, number):
        """Return the names of what is signed of an entry.

        :param int number: of the signature's format
        :return: the format itself and its columns; a number that no format has leaves
            the number alone, which nobody signed
        :rtype: tuple[str]
        """
        return "format", *FORMATS.get(number, ())
