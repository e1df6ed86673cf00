# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import csv
import io

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

from ...tools.server_fields import as_writer


class GiftcardStock(models.TransientModel):
    """Prepare cards that are printed before they are sold."""

    _name = "giftcard.stock"
    _inherit = "giftcard.server.fields"
    _description = "Prepare printed gift cards"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    type_id = fields.Many2one(
        "giftcard.type",
        "Card type",
        required=True,
        domain="['|', ('company_ids', '=', False), ('company_ids', 'in', company_id)]",
        default=lambda self: self.env["giftcard.type"].search([], limit=1),
    )
    location_id = fields.Many2one(
        "giftcard.location",
        "Salon",
        required=True,
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        default=lambda self: self.env["giftcard.location"]._get_default(
            self.env.company
        ),
    )
    source = fields.Selection(
        [("new", "New numbers"), ("paste", "Cards that are printed already")],
        "Numbers",
        required=True,
        default="new",
    )
    count = fields.Integer("How many", default=50)
    numbers = fields.Text(
        "Their numbers",
        compute="_compute_numbers",
        inverse="_inverse_numbers",
        help="One number per line, as it is printed on the card.",
    )
    # they are codes: as long as the wizard waits, they are kept as a card's code is
    numbers_cipher = fields.Text(groups=NO_ACCESS)
    numbers_cipher_key = fields.Char(groups=NO_ACCESS)
    effect = fields.Char(compute="_compute_effect")
    card_ids = fields.Many2many("giftcard.card", readonly=True)

    @api.depends("numbers_cipher")
    def _compute_numbers(self):
        keys = self.env["giftcard.card"]._load_keys()
        for wizard in self:
            kept = wizard.sudo()
            wizard.numbers = kept.numbers_cipher and keys.decrypt(
                kept.numbers_cipher_key,
                kept.numbers_cipher,
                f"{self._name},{kept._origin.id}",
            )

    def _inverse_numbers(self):
        keys = self.env["giftcard.card"]._load_keys()
        for wizard in self:
            key_id, text = keys.encrypt(
                wizard.numbers or "", f"{self._name},{wizard.id}"
            )
            wizard.sudo().write(
                {
                    "numbers_cipher": wizard.numbers and text,
                    "numbers_cipher_key": wizard.numbers and key_id,
                }
            )

    @api.depends("source", "count", "numbers", "location_id", "type_id")
    def _compute_effect(self):
        for wizard in self:
            wizard.effect = self.env._(
                "Puts %(count)s cards of type %(type)s into the stock of %(salon)s. "
                "They are worth nothing until a till sells them.",
                count=wizard._count_wanted(),
                type=wizard.type_id.name or "…",
                salon=wizard.location_id.name or "…",
            )

    def action_download(self):
        """Fetch the file for the printer.

        :return: the address that makes it
        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/giftcard_salon/stock/{self.id}.csv",
            "target": "download",
        }

    def _make_file(self):
        """Write the file anew for each download: it is kept nowhere.

        :return: its name and what is in it
        :rtype: tuple[str, bytes]
        :raises AccessError: without the rights of a manager and to see codes
        """
        self.ensure_one()
        self.check_access("read")
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(
            [
                self.env._("Number for the QR code"),
                self.env._("Number to print"),
                self.env._("Last four"),
            ]
        )
        writer.writerows(self.card_ids.sorted("id")._export_stock())
        today = self.env["giftcard.card"]._today(self.env.company)
        return f"gift_cards_{today}.csv", text.getvalue().encode("utf-8-sig")

    def _count_wanted(self):
        return self.count if self.source == "new" else len(self._split_numbers())

    def _split_numbers(self):
        lines = (line.strip() for line in (self.numbers or "").splitlines())
        return [line for line in lines if line]

    def action_prepare(self):
        """Make the cards and offer the file for the printer.

        :raises AccessError: without the rights of a manager and to see codes
        :raises UserError: when a number is wrong, twice in the list, or known
        """
        self.ensure_one()
        cards = self.env["giftcard.card"]
        cards._check_stock_rights()
        numbers = (
            cards._draw_numbers(self.count)
            if self.source == "new"
            else self._split_numbers()
        )
        made = cards._prepare_stock(self.type_id.sudo(), self.location_id, numbers)
        as_writer(self).card_ids = made
        # typed codes are not left lying about
        self.numbers = False
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Printed cards"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
