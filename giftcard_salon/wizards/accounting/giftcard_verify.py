# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models

from ...tools.server_fields import as_writer


class GiftcardVerify(models.TransientModel):
    """Check the ledger, its seals and the cards, and say whether all is untouched."""

    _name = "giftcard.verify"
    _inherit = "giftcard.server.fields"
    _description = "Verify the gift card ledger"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    checked_at = fields.Datetime(default=fields.Datetime.now, readonly=True)
    sealed_count = fields.Integer("Sealed entries", readonly=True)
    pending_count = fields.Integer("Not sealed yet", readonly=True)
    is_sound = fields.Boolean(readonly=True)
    findings = fields.Text("What does not match", readonly=True)
    head = fields.Char("Last seal", readonly=True)
    kept_text = fields.Text("A seal that you kept")
    is_kept_there = fields.Boolean(readonly=True)
    seal_comparison = fields.Text(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            as_writer(wizard).write(wizard._prepare_result())
        return wizards

    def _prepare_result(self):
        """Verify now, and return the result as values of this wizard."""
        self.ensure_one()
        # sudo: giftcard.seal - verified whole, shown to who may open the wizard
        seals = self.env["giftcard.seal"].sudo()
        found = seals._verify(self.company_id)
        head = self.env["giftcard.head"]._write(found["sealed"], found["hash"])
        return {
            "checked_at": fields.Datetime.now(),
            "sealed_count": found["sealed"],
            "pending_count": found["pending"],
            "is_sound": seals._is_sound(found),
            "findings": "\n".join(seals._describe(found)),
            "head": head if found["sealed"] else False,
        }

    @api.model
    def action_verify(self, company_id=None):
        """Seal what is new, check everything and show the result.

        :param int company_id: the company; the current one, when left out
        """
        self.check_access("create")
        self.env["giftcard.seal"].sudo()._seal_pending()
        wizard = self.create({"company_id": company_id} if company_id else {})
        return wizard._open()

    def action_compare(self):
        """Say whether the ledger still has the seals that were pasted."""
        self.ensure_one()
        self.check_access("write")
        heads = self.env["giftcard.head"].sudo()
        is_there, sentences = heads._compare(self.company_id, self.kept_text)
        as_writer(self).write(
            {"is_kept_there": is_there, "seal_comparison": "\n".join(sentences)}
        )
        return self._open()

    def action_print(self):
        """Verify again and download the result as a dated PDF."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/giftcard_salon/verify/{self.id}.pdf",
            "target": "download",
        }

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Is the ledger untouched?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _get_report(self):
        """Verify again and return what the PDF says, as ``tools.printing`` draws it.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: giftcard.verify - what was found only the server writes
        self.sudo().write(self._prepare_result())
        zone = self.env["giftcard.card"]._get_zone(self.company_id)
        moment = fields.Datetime.context_timestamp(
            self.with_context(tz=zone), self.checked_at
        )
        verdict = (
            self.env._(
                "The ledger is as it was sealed. Nothing was changed or removed."
            )
            if self.is_sound
            else self.env._("The ledger does not match its seals.")
        )
        rows = [
            (self._fields[name]._description_string(self.env), str(self[name] or ""))
            for name in ("sealed_count", "pending_count", "head")
        ]
        found = [(text, "") for text in (self.findings or "").splitlines()]
        return {
            "title": self.env._("Verification of the gift card ledger"),
            "company": self.company_id.name,
            "period": moment.strftime("%Y-%m-%d %H:%M:%S %Z"),
            "banner": {"title": verdict, "text": ""},
            "options": {"date_to": str(moment.date())},
            "tables": [
                {
                    "title": self.env._("What was checked"),
                    "note": self.env._(
                        "Keep this page. The last seal can be pasted into Verify the "
                        "ledger later: it proves that nothing was taken out since."
                    ),
                    "columns": [{"key": "value", "label": "", "type": "text"}],
                    "rows": [
                        {"label": label, "cells": {"value": value}}
                        for label, value in [*rows, *found]
                    ],
                }
            ],
        }
