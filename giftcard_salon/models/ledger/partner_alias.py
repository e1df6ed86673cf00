# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, fields, models
from odoo.tools import SQL


class GiftcardAlias(models.Model):
    """Which person a merged person has become.

    The ledger keeps people as plain numbers and never changes. A merge of contacts
    adds a row here, and nothing else does.
    """

    _name = "giftcard.alias"
    _inherit = "giftcard.server.fields"
    _description = "Merged person in the gift card ledger"
    _log_access = False

    old_ref = fields.Integer("Person before", required=True, readonly=True)
    new_ref = fields.Integer("Person now", required=True, readonly=True, index=True)

    _old_ref_unique = models.Constraint(
        "UNIQUE(old_ref)", "This person was merged already."
    )

    @api.model
    def _note_merge(self, merged, kept):
        """Remember that ``merged`` people are ``kept`` from now on.

        Whoever was merged into them before is ``kept`` as well.

        :param merged: ``res.partner`` records that go
        :param kept: the ``res.partner`` record that stays
        """
        old_refs = [ref for ref in merged.ids if ref != kept.id]
        if not old_refs:
            return
        self.env.execute_query(
            SQL(
                """UPDATE giftcard_alias SET new_ref = %s WHERE new_ref IN %s
                RETURNING id""",
                kept.id,
                tuple(old_refs),
            )
        )
        self.env.execute_query(
            SQL(
                """INSERT INTO giftcard_alias (old_ref, new_ref) VALUES %s
                   ON CONFLICT (old_ref) DO UPDATE SET new_ref = EXCLUDED.new_ref
                   RETURNING id""",
                SQL(", ").join(SQL("(%s, %s)", ref, kept.id) for ref in old_refs),
            )
        )
        self.invalidate_model(flush=False)
        self.env["giftcard.entry"].invalidate_model(["partner_id"], flush=False)

    @api.model
    def _resolve(self, refs):
        """Return who each of ``refs`` is now.

        :param list[int] refs: ids of people as the ledger has them
        :rtype: dict[int, int]
        """
        people = dict.fromkeys(filter(None, refs))
        if not people:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT old_ref, new_ref FROM giftcard_alias WHERE old_ref IN %s",
                tuple(people),
            )
        )
        return {**{ref: ref for ref in people}, **dict(rows)}
