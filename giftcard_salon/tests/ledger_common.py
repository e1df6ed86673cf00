# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Who owns the database and not the server's keys, and what is found of it."""

from odoo.tools import SQL

from .common import GiftcardCommon


class GiftcardLedgerCommon(GiftcardCommon):
    def setUp(self):
        super().setUp()
        self.seals = self.env["giftcard.seal"]
        self.company = self.env.company
        self.cr = self.env.cr
        self._verify(sound=True)

    def _verify(self, sound=None):
        self.env.flush_all()
        self.seals._seal_pending()
        found = self.seals._verify(self.company)
        if sound is not None:
            self.assertEqual(self.seals._is_sound(found), sound, found)
        self.env.invalidate_all()
        return found

    def _sql(self, query, *params):
        """Act as somebody who owns the database: no trigger stops him."""
        self._switch_triggers("DISABLE")
        self.cr.execute(query, params)
        self._switch_triggers("ENABLE")
        self.env.invalidate_all()

    def _switch_triggers(self, way):
        for table in ("giftcard_entry", "giftcard_seal", "giftcard_head"):
            self.cr.execute(
                SQL("ALTER TABLE %s %s TRIGGER USER", SQL.identifier(table), SQL(way))
            )
