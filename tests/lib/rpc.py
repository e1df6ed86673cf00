# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Odoo's JSON-RPC as the browser speaks it."""

import http.client
import json
import time

# a full queue drops connections in silence, and the kernel then waits ever longer
CONNECT_SECONDS = 1.5


class RpcError(Exception):
    """The server answered, with an error: ``name`` is the exception's class."""

    def __init__(self, error):
        data = error.get("data") or {}
        self.name = data.get("name", "").rpartition(".")[2]
        self.message = data.get("message") or error.get("message", "")
        super().__init__(f"{self.name}: {self.message}")


class LostResponse(Exception):
    """No answer came: whether the request had its effect is unknown."""


class Rpc:
    """One logged-in browser."""

    def __init__(self, port, database, timeout=300):
        self._port = port
        self._database = database
        self._timeout = timeout
        self._cookie = ""
        self.uid = None

    def login(self, login, password):
        answer = self._post(
            "/web/session/authenticate",
            {"db": self._database, "login": login, "password": password},
        )
        self.uid = answer["uid"]
        return self

    def another(self):
        """Return another connection with the same login."""
        twin = Rpc(self._port, self._database, self._timeout)
        twin._cookie, twin.uid = self._cookie, self.uid
        return twin

    def call(self, model, method, args=(), kwargs=None):
        """Call a public method.

        :raises RpcError: when the server refuses
        :raises LostResponse: when the connection breaks
        """
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            {
                "model": model,
                "method": method,
                "args": list(args),
                "kwargs": kwargs or {},
            },
        )

    def _post(self, path, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json", "Cookie": self._cookie}
        connection = self._connect()
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            text = response.read()
            if response.status != 200:
                raise LostResponse(f"HTTP {response.status}")
            self._keep_cookie(response.headers.get_all("Set-Cookie") or ())
        except (OSError, http.client.HTTPException) as error:
            raise LostResponse(repr(error)) from error
        finally:
            connection.close()
        answer = json.loads(text)
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer.get("result")

    def _connect(self):
        deadline = time.monotonic() + self._timeout
        while True:
            connection = http.client.HTTPConnection(
                "127.0.0.1", self._port, timeout=CONNECT_SECONDS
            )
            try:
                connection.connect()
            except OSError as error:
                connection.close()
                if time.monotonic() > deadline:
                    raise LostResponse(repr(error)) from error
                time.sleep(0.05)
            else:
                connection.sock.settimeout(self._timeout)
                return connection

    def _keep_cookie(self, cookies):
        for cookie in cookies:
            if cookie.startswith("session_id="):
                self._cookie = cookie.partition(";")[0]
