# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A real Odoo server: several worker processes on one database, over HTTP."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from lib import settings

START_SECONDS = 120
LEVEL = re.compile(r"^\S+ \S+ \d+ (ERROR|CRITICAL) ")
# what Odoo logs when a transaction lost a race and is done once more
REPEATED = " tries left, try again in "


def free_ports(count):
    """Return free TCP ports of the loopback interface."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


class OdooServer:
    """Start with :meth:`start`, end with :meth:`stop`; ends its own processes only."""

    def __init__(self, database, log, workers=4, options=()):
        self.database = database
        self.log = Path(log)
        self.port, gevent_port = free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = None
        self._command = [
            settings.PYTHON,
            settings.ODOO_BIN,
            f"--config={settings.CONF}",
            f"--database={database}",
            f"--db-filter=^{database}$",
            f"--workers={workers}",
            "--max-cron-threads=0",
            "--http-interface=127.0.0.1",
            f"--http-port={self.port}",
            f"--gevent-port={gevent_port}",
            "--limit-time-real=900",
            "--limit-time-cpu=900",
            *options,
        ]

    def start(self):
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"the server did not start:\n{self.tail()}")
            time.sleep(0.3)
        return self

    def _answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/web/health", timeout=60) as page:
                return page.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self):
        """End the server and its workers at once: their database goes too."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def worker_pids(self):
        """Return the processes that answer HTTP requests now."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in children if not self._is_gevent(child)]

    @staticmethod
    def _is_gevent(pid):
        try:
            return b"\0gevent\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return True

    def tail(self, count=40):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def repeated(self):
        """Return how many times a request was done once more, after a lost race."""
        return self.log.read_text(errors="replace").count(REPEATED)

    def log_errors(self):
        """Return the log's errors, each with the lines that belong to it."""
        errors, current = [], None
        for line in self.log.read_text(errors="replace").splitlines():
            if re.match(r"^\d{4}-\d\d-\d\d ", line):
                current = [line] if LEVEL.match(line) else None
                if current:
                    errors.append(current)
            elif current:
                current.append(line)
        return ["\n".join(lines) for lines in errors]

    def __enter__(self):
        return self.start()

    def __exit__(self, *_exc):
        self.stop()
