# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Run a Python file with an Odoo environment: run_in_odoo.py FILE DB [ARGUMENT…]

The file finds ``env`` (superuser) as a global, its arguments in ``sys.argv``
and its own folder first on ``sys.path``. What it did is committed when it ends
well; an exception or an exit code other than 0 rolls back.
"""

import os
import runpy
import sys


def boot(database):
    sys.path.insert(0, os.environ["GIFTCARD_ODOO_HOME"])
    import odoo.init  # noqa: F401  (has to come before anything else of Odoo)
    from odoo.modules.registry import Registry
    from odoo.tools import config

    level = os.environ.get("GIFTCARD_LOG_LEVEL", "warn")
    options = ["-c", os.environ["GIFTCARD_CONF"], "-d", database]
    config.parse_config([*options, f"--log-level={level}"], setup_logging=True)
    return Registry(database)


def main():
    path, database = sys.argv[1:3]
    sys.argv = [path, *sys.argv[3:]]
    registry = boot(database)
    sys.path[0:0] = [os.path.dirname(os.path.abspath(path))]
    from odoo import SUPERUSER_ID, api

    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env = env(context=env["res.users"].context_get())
        try:
            runpy.run_path(path, {"env": env}, "__main__")
        except SystemExit as stop:
            if stop.code:
                cr.rollback()
            raise


if __name__ == "__main__":
    main()
