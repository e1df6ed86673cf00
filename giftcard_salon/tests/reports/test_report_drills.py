# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import json

from freezegun import freeze_time
from lxml import etree

from odoo.tests import new_test_user, tagged

from .report_life_common import MONTHS, GiftcardReportLifeCommon


@tagged("post_install", "-at_install")
class TestReportDrills(GiftcardReportLifeCommon):
    """Whoever reads a report may open each of its figures."""

    def setUp(self):
        super().setUp()
        self.plain = new_test_user(
            self.env,
            "giftcard_accountant_only",
            groups="base.group_user,giftcard_salon.group_accountant",
            company_id=self.company.id,
        )

    def _get_drills(self, report):
        for table in report["tables"]:
            for row in table["rows"]:
                links = [row.get("drill"), *(row.get("drills") or {}).values()]
                yield from ((row["label"], drill) for drill in links if drill)

    def _open_list(self, drill, user):
        """What the browser loads: the list with its view, as the reader."""
        model = self.env[drill["model"]].with_user(user)
        arch = model.get_view(drill["view_id"], "list")["arch"]
        names = {node.get("name"): {} for node in etree.fromstring(arch).iter("field")}
        found = model.web_search_read(json.loads(json.dumps(drill["domain"])), names)
        return names, found["records"]

    def test_every_figure_opens_for_its_reader(self):
        self._live()
        # a till that is still open: what it did is on its way to the accounts
        with freeze_time("2026-03-20 10:00:00"):
            session = self._open()
            card = self._sell(session, 70)
            reports = self.env["giftcard.report"].with_user(self.plain).get_reports()
            for user in (self.plain, self.accountant):
                for one in reports:
                    report = self._report(one["kind"], *MONTHS[2], user)
                    for label, drill in self._get_drills(report):
                        with self.subTest(kind=one["kind"], label=label):
                            _names, records = self._open_list(drill, user)
                            self.assertTrue(records or one["kind"] != "activity")
            report = self._report("liability", *MONTHS[2], self.plain)
            label = f"On its way: {session.name}"
            row = next(
                row for row in report["tables"][1]["rows"] if row["label"] == label
            )
            names, records = self._open_list(row["drill"], self.plain)
            self.assertEqual(row["drill"]["model"], "giftcard.entry")
            self.assertEqual([line["net"] for line in records], [70])
            self.assertEqual(records[0]["card_id"], card.id)
            self.assertIn("net", names)

    def test_posted_balance_opens_as_what_is_owed_with_its_sum(self):
        self._live()
        report = self._report("liability", *MONTHS[2])
        row = next(
            row
            for row in report["tables"][1]["rows"]
            if row["label"] == "Accounts, posted balance"
        )
        names, records = self._open_list(row["drill"], self.accountant)
        self.assertIn("giftcard_liability", names)
        owed = round(sum(line["giftcard_liability"] for line in records), 2)
        self.assertEqual(owed, row["cells"]["total"])
        self.assertGreater(owed, 0)
        view = self.env.ref("giftcard_salon.giftcard_liability_view_list")
        column = etree.fromstring(view.arch).find("field[@name='giftcard_liability']")
        self.assertEqual(column.get("sum"), "Owed")
        report = self._report("liability", *MONTHS[2], self.plain)
        row = report["tables"][1]["rows"][-2]
        self.assertIsNone(row["drill"], "no link to what may not be read")
        shown = self.card.with_user(self.accountant).action_open_journal_items()
        self.assertEqual(shown["views"][0], (view.id, "list"))
