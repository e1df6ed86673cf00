# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The demo chain on a server of its own, and the people who work there."""

import os
import subprocess

from lib import database, settings
from lib.rpc import Rpc, RpcError
from lib.server import OdooServer
from lib.till import Till

CASHIER = ("cashier", "cashier")
# who may see the tie-out: the first login that the demo has
ACCOUNTANTS = (("accountant", "accountant"), ("admin", "admin"))


class Salon:
    """A copy of the demo database behind a real server.

    :param str label: part of the copy's name
    :param log: file for the server's log
    :param int workers: HTTP worker processes
    :param int extra_tills: tills to add, each with a session of its own
    :param str source: another database to copy
    """

    def __init__(
        self, label, log, workers=4, extra_tills=0, durable=False, source=None
    ):
        self.database = database.copy(source or settings.TEMPLATE_DB, label, durable)
        self.extra_tills = extra_tills
        self.server = OdooServer(self.database, log, workers)

    def __enter__(self):
        try:
            if self.extra_tills:
                self.run_script("add_tills.py", self.extra_tills)
            self.server.start()
            self.cashier = self.login(*CASHIER)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exc):
        self.server.stop()
        database.drop(self.database)

    def run_script(self, name, *arguments):
        """Run ``tests/lib/<name>`` inside Odoo, on this database."""
        script = settings.TESTS / "lib" / name
        done = subprocess.run(
            [
                settings.PYTHON,
                settings.ROOT / "scripts" / "run_in_odoo.py",
                script,
                self.database,
                *map(str, arguments),
            ],
            env=os.environ,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{name} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def login(self, login, password):
        return Rpc(self.server.port, self.database).login(login, password)

    def accountant(self):
        for login, password in ACCOUNTANTS:
            try:
                return self.login(login, password)
            except RpcError:
                continue
        raise LookupError("nobody in the demo may see the tie-out")

    def query(self, sql, params=()):
        return database.query(self.database, sql, params)

    def config_ids(self):
        """Return the cashier's tills that take gift cards, the demo's own first."""
        rows = self.query(
            """SELECT config.id
                 FROM pos_config config
                 JOIN pos_config_pos_payment_method_rel link
                      ON link.pos_config_id = config.id
                 JOIN pos_payment_method method
                      ON method.id = link.pos_payment_method_id
                 JOIN res_users cashier ON cashier.company_id = config.company_id
                WHERE method.use_payment_terminal = 'giftcard' AND config.active
                      AND cashier.login = %s
                ORDER BY config.id""",
            CASHIER[:1],
        )
        return [row["id"] for row in rows]

    def till(self, number):
        """Open a till as the cashier: 0 is the first salon, 1 the second."""
        return Till(self.cashier, self.config_ids()[number]).open()

    def tie_out(self, rpc, company_id):
        """Compare cards and accounts now, as the accountant's button does."""
        report = rpc.call("giftcard.tie.out", "create", [[{"company_id": company_id}]])
        names = ["ledger_amount", "posted_amount", "bridging_amount", "difference"]
        return rpc.call("giftcard.tie.out", "read", [report, names])[0]

    def verify_seals(self, rpc, company_id):
        """Seal what is new and verify the chain, as the accountant's button does."""
        rpc.call("giftcard.verify", "action_verify", [])
        wizard = rpc.call("giftcard.verify", "create", [[{"company_id": company_id}]])
        names = ["sealed_count", "pending_count", "is_sound", "findings"]
        return rpc.call("giftcard.verify", "read", [wizard, names])[0]
