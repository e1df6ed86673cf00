# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import io
import re
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

I18N = Path(__file__).parent.parent / "i18n"
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%d|\$\{\w+\}|<[^>]+>")


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_template_holds_every_text(self):
        buffer = io.BytesIO()
        trans_export(False, ["giftcard_salon"], buffer, "po", self.env)
        exported = {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}
        kept = {entry.msgid for entry in polib.pofile(str(I18N / "giftcard_salon.pot"))}
        self.assertFalse(exported - kept, "missing in giftcard_salon.pot")
        self.assertFalse(kept - exported, "left over in giftcard_salon.pot")

    def test_french_is_complete_and_keeps_the_placeholders(self):
        template = polib.pofile(str(I18N / "giftcard_salon.pot"))
        french = {entry.msgid: entry for entry in polib.pofile(str(I18N / "fr.po"))}
        self.assertEqual({entry.msgid for entry in template}, set(french))
        for msgid, entry in french.items():
            self.assertTrue(entry.msgstr, msgid)
            self.assertNotIn("fuzzy", entry.flags, msgid)
            self.assertEqual(
                sorted(PLACEHOLDER.findall(msgid)),
                sorted(PLACEHOLDER.findall(entry.msgstr)),
                msgid,
            )

    def test_french_counts_fit_one_and_many(self):
        """What stands beside a number of units is right for 1 and for 2."""
        french = {entry.msgid: entry for entry in polib.pofile(str(I18N / "fr.po"))}
        for msgid, left, text in (
            (
                "%(name)s: %(left)s of %(all)s left",
                1,
                "Soin : reste 1 sur 3",
            ),
            (
                "Pays %(item)s on this bill. %(left)s will be left on the card.",
                2,
                "Paie Soin sur ce ticket. Reste ensuite sur la carte : 2.",
            ),
            (
                "Pays %(item)s on this bill. %(left)s will be left on the card.",
                french["Nothing"].msgstr,
                "Paie Soin sur ce ticket. Reste ensuite sur la carte : rien.",
            ),
        ):
            values = {"left": left, "all": 3, "name": "Soin", "item": "Soin"}
            said = " ".join((french[msgid].msgstr % values).split())
            self.assertEqual(said, text)
        for amount in (1, 2):
            self.assertEqual(french["%s left"].msgstr % amount, f"reste {amount}")
