# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import configparser
import multiprocessing
import os
import stat
import tempfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, Form, new_test_user
from odoo.tools import config, mute_logger

from ...models.core.card_keys import CHECK_PARAMETER
from ...tools.keys import key_file, keyring
from ..common import GiftcardCommon
from .test_keyring import ADDON, KEYS

WORKERS = 12
LOGGERS = (f"{ADDON}.models.core.card_keys", f"{ADDON}.tools.keys.key_file")


class MadeKeysMixin:
    """A server that nobody configured, with a data directory of its own."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.given = os.path.join(folder.name, "odoo.conf")
        self.startPatcher(
            patch.dict(config.options, {"data_dir": folder.name, "config": self.given})
        )
        bare = {name: "" for name in os.environ if name.startswith("GIFTCARD_")}
        self.startPatcher(patch.dict(os.environ, bare))
        # each call as by a server that has just started
        self.startPatcher(patch.object(keyring, "load", keyring.load.__wrapped__))

    def _configure(self, **keys):
        parser = configparser.RawConfigParser()
        parser[key_file.SECTION] = keys
        with open(self.given, "w") as file:
            parser.write(file)

    def _read(self, path):
        with open(path) as file:
            return file.read()


class TestKeyFile(MadeKeysMixin, BaseCase):
    """What the configuration lacks is made once, for its owner's eyes only."""

    def setUp(self):
        super().setUp()
        self.kept = os.path.join(self.folder, "giftcard_salon", "salon.keys")

    def test_missing_keys_are_made_once_and_said(self):
        self._configure(hash_key=f"1:{KEYS[0]}", cipher_key=f"1:{KEYS[1]}")
        with self.assertRaisesRegex(key_file.KeysNotMadeError, "^seal_key: "):
            keyring.load("salon")
        with self.assertLogs(ADDON, "WARNING") as logs:
            key_file.make("salon")
        (said,) = logs.output
        self.assertIn(self.kept, said)
        self.assertIn("seal_key", said)
        self.assertNotIn("hash_key", said)
        text = self._read(self.kept)
        self.assertNotIn(text.rpartition(":")[2].strip(), said)
        self.assertEqual(stat.S_IMODE(os.stat(self.kept).st_mode), 0o600)
        self.assertEqual(
            stat.S_IMODE(os.stat(os.path.dirname(self.kept)).st_mode), 0o700
        )
        first = keyring.load("salon")
        self.assertEqual(first.kept_in, self.kept)
        with self.assertNoLogs(ADDON, "WARNING"):
            key_file.make("salon")
        self.assertEqual(self._read(self.kept), text)
        self.assertEqual(first.check_values(), keyring.load("salon").check_values())
        # a key that is taken out of the configuration is not made anew in silence
        self._configure(hash_key=f"1:{KEYS[0]}")
        with self.assertRaisesRegex(keyring.KeyringError, "cipher_key is neither"):
            keyring.load("salon")

    def test_configured_keys_win(self):
        with mute_logger(*LOGGERS):
            key_file.make("salon")
        made = keyring.load("salon").fingerprint()
        names = dict(zip(key_file.NAMES, KEYS, strict=False))
        self._configure(**{name: f"1:{key}" for name, key in names.items()})
        keys = keyring.load("salon")
        self.assertEqual(keys.kept_in, "")
        self.assertNotEqual(keys.fingerprint(), made)

    def test_lines_of_the_file_can_be_moved_into_the_configuration(self):
        with mute_logger(*LOGGERS):
            key_file.make("salon")
        made = keyring.load("salon").fingerprint()
        with open(self.given, "w") as file:
            file.write(f"[options]\nworkers = 2\n\n{self._read(self.kept)}")
        os.unlink(self.kept)
        keys = keyring.load("salon")
        self.assertEqual((keys.fingerprint(), keys.kept_in), (made, ""))

    def test_each_database_has_keys_of_its_own_but_a_shared_file_is_used(self):
        names = ("salon", "salon_test", "../salon", "salon/keys")
        with mute_logger(*LOGGERS):
            for name in names:
                key_file.make(name)
        self.assertEqual(len({keyring.load(name).fingerprint() for name in names}), 4)
        kept = os.listdir(os.path.dirname(self.kept))
        self.assertEqual(len(kept), 4, kept)
        shared = os.path.join(self.folder, key_file.SHARED)
        os.rename(self.kept, shared)
        self.assertEqual(keyring.load("salon").kept_in, shared)
        self.assertEqual(keyring.load("another").kept_in, shared)
        self.assertIn("salon_test", keyring.load("salon_test").kept_in)

    def test_workers_that_start_at_once_agree_on_one(self):
        """Real processes, all at the same line at the same moment, five times over."""
        context = multiprocessing.get_context("fork")
        for number in range(5):
            database, gate = f"salon{number}", context.Barrier(WORKERS)
            answers = context.SimpleQueue()

            def work(database=database, gate=gate, answers=answers):
                gate.wait()
                with mute_logger(*LOGGERS):
                    key_file.make(database)
                answers.put(keyring.load(database).fingerprint())

            workers = [context.Process(target=work) for _ in range(WORKERS)]
            for worker in workers:
                worker.start()
            found = {answers.get() for _worker in workers}
            for worker in workers:
                worker.join()
            self.assertEqual([worker.exitcode for worker in workers], [0] * WORKERS)
            self.assertEqual(len(found), 1)
        kept = sorted(os.listdir(os.path.dirname(self.kept)))
        self.assertEqual(kept, [f"salon{number}.keys" for number in range(5)])

    def test_one_key_for_two_purposes_is_refused(self):
        self._configure(
            hash_key=f"2:{KEYS[0]},1:{KEYS[1]}",
            cipher_key=f"1:{KEYS[2]}",
            seal_key=f"1:{KEYS[1]}",
        )
        with self.assertRaisesRegex(keyring.KeyringError, "two purposes"):
            keyring.load("salon")

    def test_error_names_the_option_and_no_key(self):
        self._configure(
            hash_key=f"1:{KEYS[0]}",
            cipher_key=f"1:{'00' * 32}",
            seal_key=f"1:{KEYS[3]}",
        )
        with self.assertRaisesRegex(keyring.KeyringError, "^cipher_key: ") as caught:
            keyring.load("salon")
        self.assertNotIn("0000", str(caught.exception))

    def test_data_directory_that_cannot_be_written_says_so(self):
        with open(os.path.dirname(self.kept), "w"):
            pass
        with self.assertRaisesRegex(keyring.KeyringError, "cannot be made"):
            key_file.make("salon")


class TestKeysOfADatabase(MadeKeysMixin, GiftcardCommon):
    """A database and the server it is on: new, known, or copied from elsewhere."""

    def setUp(self):
        super().setUp()
        self.cards = self.env["giftcard.card"]
        self.path = key_file.get_path(self.env.cr.dbname)
        self.env["ir.config_parameter"].search(
            [("key", "=like", CHECK_PARAMETER + "%")]
        ).unlink()
        # cards of before were made with other keys
        self.env.cr.execute(
            "UPDATE giftcard_card SET code_hash_key = 'x', code_cipher_key = 'x'"
        )
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)

    def _issue_first(self):
        with self.assertLogs(ADDON, "WARNING") as logs:
            card = self._issue(50)
        self.assertIn(self.path, logs.output[0])
        return card

    def test_first_card_on_a_server_that_nobody_configured(self):
        card = self._issue_first()
        self.assertEqual(self.cards._find_by_code(card._reveal()), card)
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)
        self.assertEqual(
            sorted(self.cards._read_check_values()), ["cipher.1", "hash.1", "seal.1"]
        )

    def test_copy_without_its_file_says_so_and_makes_no_new_keys(self):
        card = self._issue_first()
        code = card._reveal()
        os.rename(self.path, f"{self.path}.there")
        self.env.registry.clear_cache()
        sentence = "not on this server, and new ones would open none of them"
        for ask in (
            lambda: self._issue(50),
            lambda: self.cards._find_by_code(code),
            card._reveal,
        ):
            with mute_logger(*LOGGERS), self.assertRaisesRegex(UserError, sentence):
                ask()
        with self.assertLogs(ADDON, "ERROR") as logs:
            self.cards._register_hook()
        self.assertIn(self.path, logs.output[0])
        self.assertRegex(logs.output[1], sentence)
        self.assertFalse(os.path.exists(self.path))
        # what the administrator sees, and what helps
        with mute_logger(*LOGGERS):
            settings = self.env["res.config.settings"].create({})
            self.assertIn(sentence, settings.giftcard_key_trouble)
        self.assertFalse(settings.giftcard_key_file)
        os.rename(f"{self.path}.there", self.path)
        self.assertEqual(self.cards._find_by_code(code), card)

    def test_key_that_never_was_is_made_beside_configured_ones(self):
        """A database of before the ledger was signed has no seal key."""
        names = dict(zip(key_file.NAMES[:2], KEYS, strict=False))
        self._configure(**{name: f"1:{key}" for name, key in names.items()})
        for name in ("hash.1", "cipher.1"):
            with mute_logger(*LOGGERS):
                values = self.cards._load_keys().check_values()
            self.env["ir.config_parameter"].set_param(
                CHECK_PARAMETER + name, values[name]
            )
        os.unlink(self.path)
        self._issue_first()
        self.assertIn("seal_key", self._read(self.path))
        self.assertNotIn("hash_key", self._read(self.path))

    def test_settings_warn_until_somebody_says_that_the_file_is_saved(self):
        self._issue_first()
        with Form(self.env["res.config.settings"]) as form:
            self.assertEqual(form.giftcard_key_file, self.path)
            self.assertFalse(form.giftcard_keys_saved)
            self.assertFalse(form.giftcard_key_trouble)
        form.record.action_giftcard_keys_saved()
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.giftcard_keys_saved)
        self.assertEqual(settings.giftcard_key_file, self.path)
        # other keys are another file: it has to be saved too
        os.unlink(self.path)
        self.env["ir.config_parameter"].search(
            [("key", "=like", CHECK_PARAMETER + "%")]
        ).unlink()
        self.env.registry.clear_cache()
        with mute_logger(*LOGGERS):
            settings = self.env["res.config.settings"].create({})
            self.assertFalse(settings.giftcard_keys_saved)

    def test_only_an_administrator_says_that_the_file_is_saved(self):
        self._issue_first()
        manager = new_test_user(
            self.env, "key_manager", "base.group_user,giftcard_salon.group_manager"
        )
        settings = self.env["res.config.settings"].create({})
        with self.assertRaises(AccessError):
            settings.with_user(manager).action_giftcard_keys_saved()
        settings.invalidate_recordset()
        self.assertFalse(settings.giftcard_keys_saved)
