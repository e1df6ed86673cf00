# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

SECRET_REASONS = ("block", "unblock")
SENT = ("send", "send_failed")


class GiftcardEntry(models.Model):
    """The ledger as people read it: a card's history in plain sentences."""

    _inherit = "giftcard.entry"

    description = fields.Char("What happened", compute="_compute_description")
    document_name = fields.Char(compute="_compute_document_name")
    remaining = fields.Monetary(compute="_compute_remaining")
    seal_number = fields.Integer(
        "Seal",
        compute="_compute_seal_number",
        groups="giftcard_salon.group_accountant",
    )

    @api.depends_context("uid", "lang")
    def _compute_description(self):
        sees_reasons = self._may_see_reasons()
        for entry in self:
            entry_sudo = entry.sudo()
            text = entry_sudo._get_sentence() % {
                "who": entry_sudo.user_id.name or self.env._("somebody who left"),
                "place": entry_sudo.location_id.name or entry_sudo.company_id.name,
                "client": entry_sudo.partner_id.name,
                "name": entry_sudo._get_name_in_sentence(),
            }
            if entry_sudo._is_of_document() and entry_sudo.kind not in (
                "move_out",
                "move_in",
            ):
                text += f", {entry_sudo.source_name}"
            if (
                entry_sudo.entitlement_id.name
                and entry_sudo.entitlement_id.kind != "amount"
            ):
                text = self.env._(
                    "%(what)s (%(service)s)",
                    what=text,
                    service=entry_sudo.entitlement_id.label,
                )
            hidden = entry_sudo.kind in SECRET_REASONS and not sees_reasons
            if entry_sudo.reason and entry_sudo.kind not in SENT and not hidden:
                text = self.env._(
                    "%(what)s: “%(reason)s”", what=text, reason=entry_sudo.reason
                )
            entry.description = text

    @api.model
    def _may_see_reasons(self):
        """Tell whether the user may know why a card was blocked."""
        return any(
            self.env.user.has_group(f"giftcard_salon.{group}")
            for group in ("group_manager", "group_accountant")
        )

    def _get_sentence(self):
        """Return what happened, with places for ``who, place, client, name``."""
        if self.kind == "redeem" and self.partner_id:
            return self.env._("Used at %(place)s by %(who)s for %(client)s")
        if self.kind == "forfeit" and self.face > 0:
            return self.env._("Back on the card with the undone use")
        if self.kind == "print" and self.channel == "office":
            return self.env._("Prepared as a printed card by %(who)s")
        return {
            "sale": self.env._("Sold at %(place)s by %(who)s"),
            "issue": self.env._("Issued by hand at %(place)s by %(who)s"),
            "topup": self.env._("Topped up at %(place)s by %(who)s"),
            "redeem": self.env._("Used at %(place)s by %(who)s"),
            "forfeit": self.env._("Lost: the card was for one use"),
            "refund": self.env._("Back on the card at %(place)s by %(who)s"),
            "refund_sale": self.env._("Card given back at %(place)s by %(who)s"),
            "refund_topup": self.env._("Top-up given back at %(place)s by %(who)s"),
            "cancel": self.env._("Cancelled at %(place)s by %(who)s"),
            "adjust": self.env._("Adjusted by %(who)s"),
            "move_out": self.env._("Lost: moved to card %(name)s by %(who)s"),
            "move_in": self.env._("Moved from lost card %(name)s by %(who)s"),
            "expire": self.env._("Expired"),
            "unexpire": self.env._("Expiry taken back by %(who)s"),
            "escheat": self.env._("Handed over to the State by %(who)s"),
            "convert_out": self.env._("Changed into a gift card by %(who)s"),
            "convert_in": self.env._("Changed from a card for services by %(who)s"),
            "activate": self.env._("Paid: the card can be used"),
            "extend": self.env._("Extended to %(name)s by %(who)s"),
            "block": self.env._("Blocked by %(who)s"),
            "unblock": self.env._("Unblocked by %(who)s"),
            "show": self.env._("Code looked at by %(who)s"),
            "print": self.env._("Printed again at %(place)s by %(who)s"),
            "send": self.env._("Sent to %(name)s by %(who)s"),
            "send_failed": self.env._("Could not be sent to %(name)s"),
        }[self.kind]

    def _get_name_in_sentence(self):
        if self.kind in SENT:
            return self.reason
        if self.kind == "extend":
            return self.card_id._format_day(date.fromisoformat(self.source_name))
        return self.source_name

    def _is_of_document(self):
        """Tell whether another document than the card itself is behind the entry."""
        is_card_itself = (
            self.source_model == "giftcard.card" and self.source_id == self.card_id.id
        )
        return (
            bool(self.source_name)
            and self.source_model in self.env
            and not is_card_itself
        )

    @api.depends_context("uid")
    def _compute_document_name(self):
        """Name the document for those who may open it."""
        self.document_name = False
        of_documents = self.filtered(lambda entry: entry._is_of_document())
        for model, entries in of_documents.grouped("source_model").items():
            documents = self.env[model].browse(set(entries.mapped("source_id")))
            readable = set(documents.exists()._filtered_access("read").ids)
            for entry in entries:
                if entry.source_id in readable:
                    entry.document_name = entry.source_name

    def _compute_remaining(self):
        """Reckon what the ledger left on the card after each entry."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id, left_after
                     FROM (SELECT id, SUM(face) OVER (PARTITION BY card_id ORDER BY id)
                                  AS left_after
                             FROM giftcard_entry WHERE card_id IN %s) balances
                    WHERE id IN %s""",
                tuple(self.card_id.ids) or (0,),
                tuple(self.ids) or (0,),
            )
        )
        balances = dict(rows)
        for entry in self:
            entry.remaining = float(balances.get(entry.id, 0))

    def _compute_seal_number(self):
        numbers = dict(
            self.env.execute_query(
                SQL(
                    "SELECT entry_id, number FROM giftcard_seal WHERE entry_id IN %s",
                    tuple(self.ids) or (0,),
                )
            )
        )
        for entry in self:
            entry.seal_number = numbers.get(entry.id, 0)

    def action_open_document(self):
        """Show the document behind the entry.

        :raises AccessError: when the user may not read it
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_of_document():
            return False
        document = self.env[self.source_model].browse(self.source_id).exists()
        document.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
