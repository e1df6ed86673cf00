# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The company of the till's tests, made once per database, not once per class.

A chart of accounts, a company, taxes and tills take Odoo seconds, and some sixty
classes want the same ones. :func:`prepare` runs the set-up of a common class once in
a copy of the add-on's database and commits what it made; the names of the class's
attributes and the records behind them are kept in a system parameter, so that
:func:`enter` gives them to every class that runs in a copy of that database.

Where the parameter is absent (a single test, Odoo's own runner) classes take the
long way, through Odoo's own ``setUpClass``. Two sets of data would share logins, so a
class that needs other data (another country, a browser's till) runs in a database
without it: ``takes_prepared_company`` tells which, ``scripts/suite`` reads it.
"""

import json

from odoo import api
from odoo.models import BaseModel
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase
from odoo.tests.common import get_db_name

from odoo.addons.base.tests.common import BaseCommon

PARAMETER = "giftcard_salon.prepared_company"


class _Bare(TransactionCase):
    """What every test class has before it makes any data."""


def prepare(cls):
    """Make for good what ``cls.setUpClass`` makes, and write down what it is."""
    _Bare.setUpClass()
    bare = set(vars(_Bare))
    _Bare.doClassCleanups()
    cls.setUpClass()
    own = {
        name: _encode(value)
        for name, value in vars(cls).items()
        if name not in bare and not name.startswith("__")
    }
    env = cls.env
    written = {"uid": env.uid, "context": dict(env.context), "attributes": own}
    env["ir.config_parameter"].sudo().set_param(PARAMETER, json.dumps(written))
    # the tests' own cursor forbids what happens once, here
    cls.commit_patcher.stop()
    env.flush_all()
    # what waits for the end of a request is not what the set-up is for
    env.cr.postcommit.clear()
    env.cr.commit()
    cls.doClassCleanups()


def enter(cls):
    """Give a class the prepared company, if this database has one.

    :return: whether it has; if not, the class has to make its own
    :rtype: bool
    """
    written = cls.takes_prepared_company and _read()
    if not written:
        return False
    # a cursor, an environment and Odoo's patches, but none of its data
    super(BaseCommon, cls).setUpClass()
    # one environment for all: records of two do not see each other's changes
    cls.env = api.Environment(cls.cr, written["uid"], written["context"])
    for name, value in written["attributes"].items():
        setattr(cls, name, _decode(cls.env, value))
    return True


def _read():
    with Registry(get_db_name()).cursor() as cr:
        cr.execute("SELECT value FROM ir_config_parameter WHERE key = %s", [PARAMETER])
        row = cr.fetchone()
    return row and json.loads(row[0])


def _encode(value):
    """Return a value as JSON keeps it; records by model and ids.

    :raises TypeError: for what would not come back as it was
    """
    if isinstance(value, BaseModel):
        return {"model": value._name, "ids": value.ids}
    if isinstance(value, dict):
        # pairs: JSON would make texts of keys like 5.5
        return {"pairs": [[key, _encode(item)] for key, item in value.items()]}
    if value is None or isinstance(value, (bool, int, float, str)):
        return {"value": value}
    raise TypeError(f"a prepared company cannot keep {value!r}")


def _decode(env, kept):
    if "model" in kept:
        return env[kept["model"]].browse(kept["ids"])
    if "pairs" in kept:
        return {key: _decode(env, item) for key, item in kept["pairs"]}
    return kept["value"]
