from odoo import models

ROLES = {"expire": "income", "escheat": "escheat"}


class GiftcardCard(models.Model):
    """What ends a card is posted with it."""

    _inherit = "giftcard.card"

    def _end(self, kind, close_reason, reason):
        entries = super()._end(kind, close_reason, reason)
        for own in entries.grouped("company_id").values():
            self.env["giftcard.accounting"]._post_ends(own, ROLES[kind], reason)
        return entries

    def _unexpire(self, reason):
        entries = super()._unexpire(reason)
        self.env["giftcard.accounting"]._post_ends(entries, "income", reason)
        return entries
