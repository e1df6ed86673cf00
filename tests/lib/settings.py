# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Where the tests run: the environment that ``scripts/load.sh`` sets."""

import os
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent


def _read(name):
    try:
        return os.environ[name]
    except KeyError:
        sys.exit(f"{name} is not set: start the tests with `make test`")


PYTHON = _read("GIFTCARD_PYTHON")
ODOO_BIN = _read("GIFTCARD_ODOO_BIN")
CONF = _read("GIFTCARD_CONF")
DATA_DIR = Path(_read("GIFTCARD_DATA_DIR"))
TEMPLATE_DB = _read("GIFTCARD_TEMPLATE_DB")
ADDON_DB = os.environ.get("GIFTCARD_ADDON_DB", TEMPLATE_DB)
CHECKOUT_ID = os.environ.get("GIFTCARD_CHECKOUT_ID", "local")
