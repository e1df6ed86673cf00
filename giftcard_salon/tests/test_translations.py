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
