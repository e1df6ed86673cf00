# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Gift cards are uninstalled when nothing is owed, and come back to their accounts."""

import pytest
from lib import database, settings
from lib.inside import run
from lib.rpc import Rpc, RpcError
from lib.salon import Salon

LIABILITY = r"clients still have \D*150\.00\D* on their cards \(number of cards: 2\)"
OPEN = r"sold or used at tills that are open\. Close them first: "


def test_uninstalled_and_installed_again_there_is_one_set_of_accounts():
    with database.copied(settings.ADDON_DB, "uninstall") as name:
        told, errors = run(name, "uninstall.py")
        assert told["gone"] == ["uninstalled", False]
        assert all(told["before"]["chosen"].values())
        assert told["after"] == told["before"]
        assert " ERROR " not in errors
        left = database.query(
            name, "SELECT COUNT(*) FROM giftcard_entry"
        )  # the tables are back, and empty
        assert left == [{"count": 0}]


@pytest.fixture(scope="module")
def admin(tmp_path_factory):
    """The demo chain's administrator, in a browser of his own."""
    log = tmp_path_factory.mktemp("server") / "uninstall.log"
    with Salon("uninstall_owed", log, workers=2) as salon:
        till = salon.till(0)
        for amount in (100, 50):
            till.sell_card(amount)
        yield Rpc(salon.server.port, salon.database).login("admin", "admin")


@pytest.mark.parametrize("app", ["giftcard_salon", "point_of_sale", "account"])
@pytest.mark.parametrize("button", ["button_uninstall", "button_immediate_uninstall"])
def test_uninstall_is_refused_while_clients_have_cards(admin, app, button):
    """By itself, or as what goes with an app that it needs."""
    (module,) = admin.call("ir.module.module", "search", [[("name", "=", app)]])
    with pytest.raises(RpcError, match=LIABILITY):
        admin.call("ir.module.module", button, [[module]])
    with pytest.raises(RpcError, match=OPEN):
        admin.call("ir.module.module", button, [[module]])
    assert state(admin) == "installed"


def test_uninstall_is_refused_to_the_wizard_and_below_it(admin):
    (module,) = admin.call(
        "ir.module.module", "search", [[("name", "=", "giftcard_salon")]]
    )
    wizard = admin.call(
        "base.module.uninstall", "create", [[{"module_ids": [(6, 0, [module])]}]]
    )
    with pytest.raises(RpcError, match=LIABILITY):
        admin.call("base.module.uninstall", "action_uninstall", [wizard])
    with pytest.raises(RpcError, match=LIABILITY):
        admin.call("ir.module.module", "module_uninstall", [[module]])
    assert state(admin) == "installed"


def state(rpc):
    (row,) = rpc.call(
        "ir.module.module",
        "search_read",
        [[("name", "=", "giftcard_salon")], ["state"]],
    )
    return row["state"]
