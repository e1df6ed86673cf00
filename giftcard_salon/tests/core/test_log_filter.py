# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from odoo.tests import BaseCase

from ...tools.log_filter import CodeFilter, install, mask

CODE = "GC7K4MQX9TRV2HWD3P"


class TestLogFilter(BaseCase):
    """What is logged at any level shows the last four of a code."""

    def setUp(self):
        super().setUp()
        self.lines = []
        lines = self.lines

        class Kept(logging.Handler):
            def emit(self, record):
                lines.append(self.format(record))

        self.handler = Kept()
        logging.root.addHandler(self.handler)
        self.addCleanup(logging.root.removeHandler, self.handler)
        install()
        install()
        self.logger = logging.getLogger("odoo.service.model.of_a_test")
        self.logger.setLevel(logging.DEBUG)
        self.addCleanup(self.logger.setLevel, logging.NOTSET)

    def test_codes_are_masked_however_they_are_written(self):
        for text in (
            CODE,
            CODE.lower(),
            "GC 7K4M QX9T RV2H WD3P",
            "GC-7K4M-QX9T-RV2H-WD3P",
            "gc 7k4mqx9t rv2hwd3p",
        ):
            self.assertEqual(mask(f"<{text}>"), "<••WD3P>")
        for other in ("GC7K4M", "GCX" * 9, "AGC7K4MQX9TRV2HWD3P", "select 1"):
            self.assertEqual(mask(other), other)

    def test_call_of_a_till_and_sql_and_url_show_no_code(self):
        call = "call %s.%s(%s)"
        self.logger.debug(
            call, "pos.payment.method(3,)", "giftcard_lookup", f"'{CODE}', 7"
        )
        self.logger.info('"GET /shop?code=%s HTTP/1.1" 200', CODE)
        self.logger.debug(
            "[%.3f ms] query: %s", 1.2, f"INSERT INTO x VALUES ('{CODE}')"
        )
        self.logger.debug("no arguments 100%")
        self.assertEqual(
            self.lines[1:],
            [
                '"GET /shop?code=••WD3P HTTP/1.1" 200',
                "[1.200 ms] query: INSERT INTO x VALUES ('••WD3P')",
                "no arguments 100%",
            ],
        )
        self.assertNotIn("MQX9", self.lines[0])
        self.assertIn(", 7)", self.lines[0])

    def test_number_of_another_system_is_masked_where_it_stands(self):
        call = "call %s.%s(%s)"
        old = "OLD-2024 0001"
        for method, argument in (
            ("giftcard_lookup", f"'{old}', 7"),
            ("giftcard_balance", f"'{old}', 7"),
            ("giftcard_scan_for_sale", f"'{old}', 7, 8"),
            ("giftcard_hold_tender", f"{{'key': 'k', 'code': '{old}', 'amount': 5}}"),
        ):
            self.logger.debug(call, "pos.payment.method(3,)", method, argument)
        self.logger.debug(
            call, "giftcard.stock()", "web_save", f"{{'numbers': '{old}\\nX'}}"
        )
        self.assertEqual(len(self.lines), 5)
        self.assertNotIn("2024", "".join(self.lines))
        # what has nothing to do with cards stays as it is
        self.logger.debug(call, "account.account()", "create", "{'code': '419000'}")
        self.assertIn("419000", self.lines[-1])

    def test_traceback_shows_no_code(self):
        try:
            raise ValueError(f"no card for {CODE}")
        except ValueError:
            self.logger.warning("failed", exc_info=True)
        self.assertIn("ValueError: no card for ••WD3P", self.lines[0])
        self.assertNotIn(CODE, self.lines[0])

    def test_every_handler_of_the_server_is_filtered_once(self):
        for handler in logging.root.handlers:
            found = [f for f in handler.filters if isinstance(f, CodeFilter)]
            self.assertEqual(len(found), 1, handler)
