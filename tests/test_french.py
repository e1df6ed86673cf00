# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The demo chain in French: nothing of ours is left in English, at no desk.

Asked over HTTP as a browser asks, with the user's own language: menus, every view of
ours, the texts of the scripts, and what the till sells.
"""

import json
import re
import urllib.request
from pathlib import Path
from xml.etree import ElementTree

import polib
import pytest

SALON = {"workers": 2}
FRENCH = Path(__file__).parent.parent / "giftcard_salon" / "i18n" / "fr.po"
# attributes of a view that people read
READ = {"string", "placeholder", "help", "confirm", "title", "sum"}
KINDS = ("list", "form", "kanban", "search", "pivot", "graph")


@pytest.fixture(scope="module")
def texts():
    """Our English texts that French says otherwise: by where they stand."""
    found = {"scripts": {}, "rest": {}}
    for entry in polib.pofile(str(FRENCH)):
        if entry.msgstr and entry.msgstr != entry.msgid:
            in_scripts = any("/static/src/" in place for place, _n in entry.occurrences)
            found["scripts" if in_scripts else "rest"][entry.msgid] = entry.msgstr
    assert len(found["scripts"]) > 150
    assert len(found["rest"]) > 800
    return found


@pytest.fixture(scope="module")
def reader(salon):
    """The administrator, who sees every screen, in French."""
    admin = salon.login("admin", "admin")
    admin.call("res.users", "write", [[admin.uid], {"lang": "fr_FR"}])
    return admin.another()


def french(rpc, model, method, *args, **kwargs):
    return rpc.call(model, method, args, {**kwargs, "context": {"lang": "fr_FR"}})


def read_texts(arch):
    """Yield what people read of a view."""
    for node in ElementTree.fromstring(arch).iter():
        yield from (node.get(name) for name in READ)
        yield node.text
        yield node.tail


def find_english(found, texts):
    """Return which of the texts found are ours and not French."""
    words = {" ".join(text.split()) for text in found if text and text.strip()}
    return sorted(words & {" ".join(text.split()) for text in texts["rest"]})


def test_menus_are_french(reader, texts):
    menus = french(reader, "ir.ui.menu", "load_menus", False)
    own = [
        menu["name"]
        for menu in menus.values()
        if (menu.get("xmlid") or "").startswith("giftcard_salon.")
    ]
    assert len(own) > 15
    assert not find_english(own, texts)


def test_every_view_of_ours_is_french(reader, texts):
    actions = french(
        reader,
        "ir.actions.act_window",
        "search_read",
        [("res_model", "=like", "giftcard.%")],
        ["name", "res_model", "help"],
    )
    models = sorted({action["res_model"] for action in actions})
    assert len(models) > 20
    english = {"actions": find_english([one["name"] for one in actions], texts)}
    for model in models:
        views = french(
            reader,
            "ir.ui.view",
            "search_read",
            [("model", "=", model), ("type", "in", KINDS)],
            ["type"],
        )
        wanted = [(False, view["type"]) for view in views]
        shown = french(reader, model, "get_views", wanted)
        for kind, view in shown["views"].items():
            said = read_texts(view["arch"])
            english[model, kind] = find_english(said, texts)
        fields = shown["models"][model]["fields"].values()
        said = [field.get(name) for field in fields for name in ("string", "help")]
        said += [label for f in fields for _key, label in f.get("selection") or ()]
        english[model, "fields"] = find_english(said, texts)
    assert not {where: left for where, left in english.items() if left}


def test_scripts_are_french(reader, texts):
    address = (
        f"http://127.0.0.1:{reader._port}/web/webclient/translations"
        "?lang=fr_FR&mods=giftcard_salon"
    )
    with urllib.request.urlopen(address, timeout=60) as answer:
        given = json.load(answer)["modules"]["giftcard_salon"]["messages"]
    told = {one["id"]: one["string"] for one in given}
    missing = {text for text in texts["scripts"] if told.get(text) in (None, text)}
    assert not missing


def test_services_are_sold_in_french(reader):
    names = french(
        reader,
        "product.template",
        "search_read",
        [("available_in_pos", "=", True)],
        ["name"],
    )
    sold = {product["name"] for product in names}
    assert {"Massage relaxant 60 min", "Carte cadeau 100", "Coupe"} <= sold
    assert not [name for name in sold if re.search(r"massage 60|Gift card|Hair", name)]
    categories = french(reader, "pos.category", "search_read", [], ["name"])
    assert "Cartes cadeaux" in {category["name"] for category in categories}
