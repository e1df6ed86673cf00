# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

MODULE = "giftcard_salon"


class GiftcardKeptData(models.AbstractModel):
    """Records of Odoo's models that came with gift cards: they go with them only.

    The code asks for them by name. Without one of them a scheduled job, a credit note
    or a till fails, of somebody who has never seen a gift card.
    """

    _name = "giftcard.kept.data"
    _description = "Data that gift cards need"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_giftcard_data(self):
        self._check_no_giftcard_data()

    def write(self, vals):
        """Override: nor are they archived."""
        name = self._active_name
        if name and name in vals and not vals[name]:
            self._check_no_giftcard_data()
        return super().write(vals)

    def _get_giftcard_data(self):
        """Return those of these records that came with gift cards."""
        # sudo: ir.model.data - users do not read which records are ours
        model_data = self.env["ir.model.data"].sudo()
        data = model_data.search(
            [
                ("module", "=", MODULE),
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
            ]
        )
        return self.browse(data.mapped("res_id"))

    def _check_no_giftcard_data(self):
        """Refuse to take away what gift cards need.

        :raises UserError: when one of these records came with them
        """
        if kept := self._get_giftcard_data():
            # sudo: giftcard.card - only to name what is kept
            raise UserError(
                self.env._(
                    "%s is part of the gift cards: without it they can be neither sold "
                    "nor used. Leave it as it is; it goes when the app is uninstalled.",
                    kept.sudo()[0].display_name,
                )
            )


class IrCron(models.Model):
    _name = "ir.cron"
    _inherit = ["ir.cron", "giftcard.kept.data"]


class IrActionsServer(models.Model):
    """What a scheduled job runs; it would take the job along."""

    _name = "ir.actions.server"
    _inherit = ["ir.actions.server", "giftcard.kept.data"]


class IrSequence(models.Model):
    _name = "ir.sequence"
    _inherit = ["ir.sequence", "giftcard.kept.data"]


class IrActionsActWindow(models.Model):
    _name = "ir.actions.act_window"
    _inherit = ["ir.actions.act_window", "giftcard.kept.data"]


class MailActivityType(models.Model):
    _name = "mail.activity.type"
    _inherit = ["mail.activity.type", "giftcard.kept.data"]


class ResGroups(models.Model):
    _name = "res.groups"
    _inherit = ["res.groups", "giftcard.kept.data"]


class IrModelData(models.Model):
    """The names under which the code finds these records."""

    _inherit = "ir.model.data"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_giftcard_names(self):
        self._check_no_giftcard_names()

    def write(self, vals):
        """Override of `base`: nor do they become other records' names."""
        if not vals.keys().isdisjoint(("module", "name", "model", "res_id")):
            self._check_no_giftcard_names()
        return super().write(vals)

    def _check_no_giftcard_names(self):
        kept = self.pool["giftcard.kept.data"]
        for data in self.filtered(lambda data: data.module == MODULE):
            model = self.pool.get(data.model)
            if model and issubclass(model, kept):
                # what is gone already has no use for a name
                record = self.env[data.model].browse(data.res_id).exists()
                record._check_no_giftcard_data()
