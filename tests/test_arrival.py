# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The first minute on servers that nobody configured: real processes, real tills.

Two servers come up at once on one database and one data directory; a card that one
of them sells is known to the other. Then the database arrives on a server that has
not got its keys.
"""

import configparser
import stat
from pathlib import Path

import pytest
from lib import database, settings
from lib.inside import run
from lib.parallel import at_once
from lib.rpc import Rpc, RpcError
from lib.salon import CASHIER, Salon
from lib.server import OdooServer

MADE = "Made the gift card keys that the configuration lacks"
MISSING = "not on this server, and new ones would open none of them"


class Arrival(Salon):
    """A salon behind one of several servers, each with a folder of its own."""

    def __init__(self, name, folder, data_dir):
        self.database = name
        self.folder = Path(folder)
        self.folder.mkdir()
        self.data_dir = Path(data_dir)
        self.server = OdooServer(
            name,
            self.folder / "server.log",
            workers=2,
            options=(f"--config={self._configure()}", f"--data-dir={data_dir}"),
        )

    def _configure(self):
        parser = configparser.RawConfigParser()
        parser.read(settings.CONF)
        parser.remove_section("giftcard_salon")
        path = self.folder / "odoo.conf"
        with path.open("w") as file:
            parser.write(file)
        return path

    def start(self):
        self.server.start()
        self.cashier = Rpc(self.server.port, self.database).login(*CASHIER)

    def kept(self):
        folder = self.data_dir / "giftcard_salon"
        return sorted(folder.iterdir()) if folder.exists() else []

    def log(self):
        return self.server.log.read_text(errors="replace")


@pytest.fixture(scope="module")
def name():
    """The demo's database as on the day of the installation: no key was ever used."""
    with database.copied(settings.TEMPLATE_DB, "arrival") as copy:
        database.query(
            copy,
            "DELETE FROM ir_config_parameter"
            " WHERE key LIKE 'giftcard\\_salon.key\\_check.%%'",
        )
        yield copy


def test_two_servers_that_nobody_configured_agree_and_a_copy_says_what_it_lacks(
    name, tmp_path
):
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    servers = [Arrival(name, tmp_path / str(n), data_dir) for n in range(2)]
    try:
        started = at_once([server.start for server in servers])
        assert [outcome.error for outcome in started] == [None, None]
        (kept,) = servers[0].kept()
        assert kept.name == f"{name}.keys"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert sum(server.log().count(MADE) for server in servers) == 1
        first, second = (server.till(n) for n, server in enumerate(servers))
        code = first.sell_card(100)[0]
        assert second.lookup(code)["available"] == 100.0
        assert second.hold(30, code)["state"] == "held"
        keys = [line.rpartition(":")[2] for line in kept.read_text().split("\n")[1:4]]
        assert [len(key) for key in keys] == [64] * 3
        for server in servers:
            assert not any(key in server.log() for key in keys)
    finally:
        for server in servers:
            server.server.stop()

    elsewhere = Arrival(name, tmp_path / "2", tmp_path / "other")
    try:
        elsewhere.start()
        assert MISSING in elsewhere.log()
        till = elsewhere.till(1)
        with pytest.raises(RpcError, match=MISSING):
            till.lookup(code)
        assert elsewhere.kept() == []
    finally:
        elsewhere.server.stop()


def test_demo_has_pictures_and_its_accountant_makes_the_fec(name):
    told, _errors = run(name, "first_minute.py")
    assert told["bare"] == []
    assert told["products"] >= 27
    assert told["pictures"] >= 10
    assert told["fec"] == ["JournalCode", "JournalLib", "EcritureNum"]
