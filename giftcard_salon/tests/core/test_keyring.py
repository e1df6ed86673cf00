# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase
from odoo.tools import mute_logger

from ...models.core.card_keys import CHECK_PARAMETER
from ...tools.keys import keyring
from ..common import GiftcardCommon

HASH_1, HASH_2 = b"h" * 32, b"i" * 32
CIPHER_1, CIPHER_2 = b"c" * 32, b"d" * 32
SEAL_1, SEAL_2 = b"s" * 32, b"t" * 32
OLD = keyring.Keyring({"1": HASH_1}, {"1": CIPHER_1}, {"1": SEAL_1})
ROTATED = keyring.Keyring(
    {"2": HASH_2, "1": HASH_1}, {"2": CIPHER_2, "1": CIPHER_1}, {"1": SEAL_1}
)
NEW = keyring.Keyring({"2": HASH_2}, {"2": CIPHER_2}, {"1": SEAL_1})
# as drawn
KEYS = (
    "4a0b7c19f1d3e5a2680f93c4b7d21e6fa85b30c97d14e2f6830ab5c91e7d4f62",
    "91c7e30f5ad8264b0f7e13a9c5d260b84e9f17a36b2c80d5f4e1937a60bd85c2",
    "c3f5081ba7e49d2640b1f8736ce95a0d2f84b7913e60da5c18f7290be3a46d5b",
    "07d4b9e2836fa15cce1f5a7e90b34d28f61ac5830be7924d5ab0f3617c8ed249",
)
ADDON = "odoo.addons.giftcard_salon"
LOGGERS = [f"{ADDON}.models.core.{name}" for name in ("card_keys", "card.code")]


class TestKeyringText(BaseCase):
    def test_missing_or_short_keys_are_refused(self):
        for text in (
            "1:abcd",
            "1:" + "zz" * 32,
            ":" + KEYS[0],
            KEYS[0],
            "1 2:" + KEYS[0],
        ):
            with self.assertRaises(keyring.KeyringError, msg=text):
                keyring._parse(text)
        self.assertEqual(keyring._parse(""), {})
        self.assertEqual(list(keyring._parse(f"2:{KEYS[0]}, 1:{KEYS[1]}")), ["2", "1"])

    def test_keys_that_nobody_drew_are_refused(self):
        counted = bytes(range(32)).hex()
        for weak in (
            "00" * 32,
            "ff" * 32,
            "0123456789abcdef" * 4,
            counted,
            "ab12" * 16,
        ):
            with self.assertRaisesRegex(keyring.KeyringError, "not random", msg=weak):
                keyring._parse(f"1:{weak}")
        for twice in (f"1:{KEYS[0]},1:{KEYS[1]}", f"1:{KEYS[0]},2:{KEYS[0]}"):
            with self.assertRaisesRegex(keyring.KeyringError, "twice", msg=twice):
                keyring._parse(twice)

    def test_code_is_read_with_its_own_key_and_on_its_own_card_only(self):
        key_id, text = OLD.encrypt("GC7K4MQX9TRV2HWD3P", "card,7")
        self.assertNotIn("WD3P", text)
        self.assertEqual(ROTATED.decrypt(key_id, text, "card,7"), "GC7K4MQX9TRV2HWD3P")
        with self.assertRaises(keyring.KeyringError):
            NEW.decrypt(key_id, text, "card,7")
        for owner, given in (("card,8", text), ("card,7", text[:-8]), ("card,7", "?")):
            with self.assertRaises(ValueError, msg=(owner, given)):
                OLD.decrypt(key_id, given, owner)

    def test_signature_is_good_for_one_text_and_one_purpose(self):
        mark = OLD.sign("entry", "30")
        self.assertRegex(mark, "^1:1:[0-9a-f]{64}$")
        self.assertTrue(OLD.is_signed(mark, "entry", "30"))
        for given, purpose, text in (
            (mark, "entry", "31"),
            (mark, "seal", "30"),
            (mark.replace("1:1:", "2:1:"), "entry", "30"),
            (None, "entry", "30"),
            ("", "entry", "30"),
            ("1:", "entry", "30"),
        ):
            self.assertFalse(OLD.is_signed(given, purpose, text), (given, purpose))
        with self.assertRaises(keyring.KeyringError):
            OLD.is_signed(mark.replace("1:1:", "1:9:"), "entry", "30")


class TestKeyring(GiftcardCommon):
    def _redemption_keys(self, keys):
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
        # cards of before were made with other keys
        self.env.cr.execute(
            "UPDATE giftcard_card SET code_hash_key = 'x', code_cipher_key = 'x'"
        )
        self._redemption_keys(OLD)
        self.cards = self.env["giftcard.card"]

    def _rotate(self):
        """Rewrite all that can be; return in how many goes."""
        with mute_logger(*LOGGERS):
            for goes in range(50):
                if not self.cards._rotate_keys(limit=2):
                    return goes
        self.fail("The rotation never ends")

    def test_cards_survive_a_rotation(self):
        card = self._issue(50)
        code = card._reveal()
        self._redemption_keys(ROTATED)
        self.assertEqual(self.cards._find_by_code(code), card)
        self._rotate()
        self._redemption_keys(NEW)
        card.invalidate_recordset()
        self.assertEqual(card._reveal(), code)
        self.assertEqual(self.cards._find_by_code(code), card)
        self.assertNotIn(
            card.id, self.env["giftcard.seal"]._verify(self.env.company)["codes"]
        )

    def test_rotation_ends_beside_a_card_without_code_and_one_that_cannot_be_read(self):
        cards = [self._issue(50) for _ in range(5)]
        codes = [card._reveal() for card in cards]
        cards[0].sudo().write(
            {
                "state": "closed",
                "close_reason": "converted",
                **dict.fromkeys(
                    ("code_hash", "code_hash_key", "code_cipher", "code_cipher_key")
                ),
            }
        )
        cards[1].sudo().code_cipher = cards[2].sudo().code_cipher
        self.env.flush_all()
        self._redemption_keys(ROTATED)
        with self.assertLogs(ADDON, "ERROR") as logs:
            self.assertEqual(self.cards._rotate_keys(limit=2), 2)
            self.assertEqual(self.cards._rotate_keys(limit=2), 1)
            self.assertEqual(self.cards._rotate_keys(limit=2), 0)
        self.assertIn(cards[1].name, "".join(logs.output))
        self._redemption_keys(
            keyring.Keyring({"2": HASH_2}, {"2": CIPHER_2}, {"1": SEAL_1})
        )
        self.assertEqual(
            [card.sudo().code_cipher_key for card in cards],
            [False, "1", "2", "2", "2"],
        )
        with self.assertRaisesRegex(UserError, "goes on with the card it was changed"):
            cards[0]._reveal()
        self.assertEqual(len(set(codes)), 5)

    def test_new_key_without_the_old_one_says_so_at_start_and_at_look_up(self):
        card = self._issue(50)
        code = card._reveal()
        self._redemption_keys(NEW)
        sentence = (
            r"made with the gift card key hash.1, which this server does not have"
        )
        with self.assertLogs(ADDON, "ERROR") as logs:
            self.cards._register_hook()
        self.assertRegex(logs.output[0], sentence)
        self.assertIn("hash_key = <new>, 1:<old>", logs.output[0])
        with (
            mute_logger(*LOGGERS),
            self.assertRaisesRegex(UserError, sentence),
        ):
            self.cards._find_by_code(code)
        # with the old one behind it, all is well
        self._redemption_keys(ROTATED)
        self.assertEqual(self.cards._find_by_code(code), card)

    def test_key_that_no_card_needs_any_more_is_not_asked_for(self):
        card = self._issue(50)
        code = card._reveal()
        self._redemption_keys(ROTATED)
        self._rotate()
        self._redemption_keys(NEW)
        self.cards._register_hook()
        self.assertEqual(self.cards._find_by_code(code), card)

    def test_server_with_another_key_says_so(self):
        self._issue(50)
        for purpose, keys in (
            ("hash", ({"1": HASH_2}, {"1": CIPHER_1}, {"1": SEAL_1})),
            ("cipher", ({"1": HASH_1}, {"1": CIPHER_2}, {"1": SEAL_1})),
            ("seal", ({"1": HASH_1}, {"1": CIPHER_1}, {"1": SEAL_2})),
        ):
            self._redemption_keys(keyring.Keyring(*keys))
            with (
                self.subTest(purpose),
                self.assertLogs(ADDON, "ERROR"),
                self.assertRaisesRegex(
                    UserError,
                    f"key {purpose}.1 .* not the one its cards were made with",
                ),
            ):
                self.cards._find_by_code("GC7K4MQX9TRV2HWD3P")

    def test_server_without_usable_keys_says_what_to_do(self):
        self.env.registry.clear_cache()
        with (
            patch.object(keyring, "load", side_effect=keyring.KeyringError("none")),
            self.assertLogs(ADDON, "ERROR"),
            self.assertRaisesRegex(UserError, "hash_key, cipher_key and seal_key"),
        ):
            self._issue(50)

    def test_code_of_another_card_is_not_shown(self):
        """Nobody reads a code by copying it onto a card that he may look at."""
        own, other = self._issue(50), self._issue(100)
        self.env.cr.execute(
            """UPDATE giftcard_card SET code_cipher = other.code_cipher
                 FROM giftcard_card other
                WHERE giftcard_card.id = %s AND other.id = %s""",
            [own.id, other.id],
        )
        own.invalidate_recordset()
        with (
            mute_logger(*LOGGERS),
            self.assertRaisesRegex(UserError, "is not this card's"),
        ):
            own._reveal()

    def test_database_holds_no_code_in_clear(self):
        card = self._issue(50)
        code = card._reveal()
        self.env.cr.execute("SELECT * FROM giftcard_card WHERE id = %s", [card.id])
        self.assertNotIn(code[2:14], str(self.env.cr.dictfetchall()))
