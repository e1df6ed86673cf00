from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase

from ...models.core.card.code import CHECK_PARAMETER
from ...tools import keyring
from ..common import GiftcardCommon

HASH_1, HASH_2 = b"h" * 32, b"i" * 32
CIPHER_1, CIPHER_2 = b"c" * 32, b"d" * 32
OLD = keyring.Keyring({"1": HASH_1}, {"1": CIPHER_1})
ROTATED = keyring.Keyring({"2": HASH_2, "1": HASH_1}, {"2": CIPHER_2, "1": CIPHER_1})
NEW = keyring.Keyring({"2": HASH_2}, {"2": CIPHER_2})


class TestKeyringText(BaseCase):
    def test_missing_or_short_keys_are_refused(self):
        for text in ("1:abcd", "1:" + "zz" * 32, ":" + "00" * 32, "00" * 32):
            with self.assertRaises(keyring.KeyringError, msg=text):
                keyring._parse(text)
        self.assertEqual(keyring._parse(""), {})
        self.assertEqual(
            list(keyring._parse(f"2:{'ab' * 32}, 1:{'cd' * 32}")), ["2", "1"]
        )

    def test_code_is_read_with_its_own_key_only(self):
        key_id, text = OLD.encrypt("GC7K4MQX9TRV2HWD3P")
        self.assertNotIn("WD3P", text)
        self.assertEqual(ROTATED.decrypt(key_id, text), "GC7K4MQX9TRV2HWD3P")
        with self.assertRaises(keyring.KeyringError):
            NEW.decrypt(key_id, text)


class TestKeyring(GiftcardCommon):
    def _use_keys(self, keys):
        self.env.registry.clear_cache()
        patcher = patch.object(keyring, "load", return_value=keys)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.addCleanup(self.env.registry.clear_cache)

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].search(
            [("key", "=like", CHECK_PARAMETER + "%")]
        ).unlink()
        self._use_keys(OLD)

    def test_cards_survive_a_rotation(self):
        card = self._issue(50)
        code = card._reveal()
        self._use_keys(ROTATED)
        cards = self.env["giftcard.card"]
        self.assertEqual(cards._find_by_code(code), card)
        while cards._rotate_keys(limit=1000):
            pass
        self._use_keys(NEW)
        card.invalidate_recordset()
        self.assertEqual(card._reveal(), code)
        self.assertEqual(cards._find_by_code(code), card)

    def test_server_with_another_key_says_so(self):
        self._issue(50)
        self._use_keys(keyring.Keyring({"1": HASH_2}, {"1": CIPHER_1}))
        with (
            self.assertLogs("odoo.addons.giftcard_salon", "ERROR"),
            self.assertRaisesRegex(UserError, "not the one its cards were made with"),
        ):
            self.env["giftcard.card"]._find_by_code("GC7K4MQX9TRV2HWD3P")

    def test_server_without_keys_says_what_to_do(self):
        self.env.registry.clear_cache()
        with (
            patch.object(keyring, "load", side_effect=keyring.KeyringError("none")),
            self.assertLogs("odoo.addons.giftcard_salon", "WARNING"),
            self.assertRaisesRegex(UserError, "hash_key and cipher_key"),
        ):
            self._issue(50)

    def test_database_holds_no_code_in_clear(self):
        card = self._issue(50)
        code = card._reveal()
        self.env.cr.execute("SELECT * FROM giftcard_card WHERE id = %s", [card.id])
        self.assertNotIn(code[2:14], str(self.env.cr.dictfetchall()))
