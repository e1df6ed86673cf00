# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import models
from odoo.fields import Domain

from ...models.intercompany.settlement_posting import WAITING


class GiftcardTieOut(models.TransientModel):
    _inherit = "giftcard.tie.out"

    def _get_bridging_items(self, unposted):
        """Override: redemptions in other companies wait in a queue for the posting."""
        amounts = {row["id"]: row["amount"] for row in unposted}
        waiting = self.env["giftcard.settlement"].search(
            WAITING
            & Domain("company_id", "=", self.company_id.id)
            & (
                Domain("entry_id", "in", list(amounts))
                | Domain("lost_entry_id", "in", list(amounts))
            ),
            order="id",
        )
        items = [
            {
                "name": self.env._(
                    "%(document)s at %(company)s",
                    document=row.source_name,
                    company=row.redeemer_id.name,
                ),
                "source_model": row._name,
                "source_id": row.id,
                "liability_kind": row.entry_id.liability_kind,
                "currency_id": row.entry_id.currency_id.id,
                "amount": float(
                    amounts.get(row.entry_id.id, 0)
                    + amounts.get(row.lost_entry_id.id, 0)
                ),
            }
            for row in waiting
        ]
        return [*super()._get_bridging_items(unposted), *items]

    def _is_explained(self, entry, explained):
        """Override: a redemption in another company that waits in the queue."""
        if super()._is_explained(entry, explained):
            return True
        rows = self.env["giftcard.settlement"].search(
            Domain("entry_id", "=", entry.id) | Domain("lost_entry_id", "=", entry.id)
        )
        return any((row._name, row.id) in explained for row in rows)
