# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import csv
import inspect
import re
from functools import cached_property

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import call_kw, get_public_method
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..architecture import ADDON
from ..invoice_common import GiftcardInvoiceCommon

EXPECTED = ADDON / "tests" / "security" / "matrix.csv"
ROLES = {
    "cashier": "base.group_user,point_of_sale.group_pos_user",
    "user": "giftcard_salon.group_user",
    "desk": "giftcard_salon.group_desk",
    "manager": "giftcard_salon.group_manager",
    "accountant": "giftcard_salon.group_accountant",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
OPERATIONS = {"create": "c", "read": "r", "write": "w", "unlink": "d"}
OURS = "giftcard_salon"


def make_users(env, company):
    return {
        role: new_test_user(
            env,
            f"matrix_{role}",
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        for role, groups in ROLES.items()
    }


def compare(test, kinds, found):
    """Fail with the lines that ``matrix.csv`` lacks, and those it has too many."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        known = [tuple(row) for row in csv.reader(file, delimiter=";")]
    test.assertEqual(known[0], ("kind", "name", *ROLES))
    expected = {row for row in known if row[0] in kinds}
    told = [f"+ {';'.join(row)}" for row in sorted(found - expected)]
    told += [f"- {';'.join(row)}" for row in sorted(expected - found)]
    test.assertFalse(
        told,
        "Who may do what has changed, or there is something new. If it is meant so, "
        "change tests/security/matrix.csv:\n" + "\n".join(told),
    )


@tagged("post_install", "-at_install")
class TestMatrix(GiftcardInvoiceCommon):
    """Each role, each model of ours, each method that a client can call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = make_users(cls.env, cls.company)

    def setUp(self):
        super().setUp()
        session = self._open()
        self._redeem(session, self._sell(session, 100), 30)
        order, invoice = self._order(60), self._invoice(60)
        self.documents = {
            "sale.order": order,
            "sale.order.line": order.order_line,
            "account.move": invoice,
            "account.move.line": invoice.invoice_line_ids,
            "pos.payment.method": self.giftcard,
        }

    @cached_property
    def ours(self):
        return sorted(
            name
            for name in self.env.registry
            if name.startswith("giftcard.") and not self.env[name]._abstract
        )

    def test_who_may_do_what_with_records_of_each_model(self):
        found = set()
        for name in self.ours:
            rights = [
                "".join(
                    letter
                    if self.env[name].with_user(user).sudo(False).has_access(operation)
                    else "-"
                    for operation, letter in OPERATIONS.items()
                )
                for user in self.users.values()
            ]
            found.add(("model", name, *rights))
        compare(self, {"model"}, found)

    def _is_public(self, model, name):
        try:
            get_public_method(model, name)
        except (AccessError, AttributeError):
            return False
        return True

    def _get_methods(self):
        """Yield model, name of a method, and whether roles are told apart here.

        All that a client can call on models of ours, and what we define on others;
        what those have themselves is theirs to guard, and so only named.
        """
        of_orm = {*dir(type(self.env["base"])), *dir(models.BaseModel)}
        for model_name, model in sorted(self.env.items()):
            is_ours = model_name.startswith("giftcard.")
            if model_name.startswith("giftcard.report."):
                continue  # each is the same door
            for name in dir(type(model)):
                if name.startswith("_") or (is_ours and name in of_orm):
                    continue
                homes = [
                    cls.__module__.split(".")[2]
                    for cls in type(model).mro()
                    if name in vars(cls) and cls.__module__.startswith("odoo.addons.")
                ]
                is_told = is_ours and {"mail", OURS}.intersection(homes)
                if (is_told or OURS in homes) and self._is_public(model, name):
                    is_new = name not in of_orm and homes[-1] == OURS
                    yield model_name, name, is_new

    def _get_ids(self, model):
        if self.env[model]._abstract:
            return []
        if model in self.documents:
            return self.documents[model].ids
        return self.env[model].sudo().search([], limit=1).ids or [1]

    def _try(self, model, name, user):
        """Call a method with nothing; return whether the caller was let in."""
        records = self.env[model].with_user(user).sudo(False)
        method = getattr(type(records), name)
        arguments = list(inspect.signature(method).parameters.values())[1:]
        args = [
            None
            for one in arguments
            if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
        ]
        if not getattr(method, "_api_model", False):
            args = [self._get_ids(model), *args]
        try:
            with self.env.cr.savepoint():
                call_kw(records, name, args, {})
                self.env.flush_all()
                raise InterruptedError
        except AccessError:
            return "-"
        except Exception:
            return "x"

    @mute_logger("odoo.sql_db", "odoo.models.unlink", "odoo.addons.mail.models")
    def test_who_may_call_each_method(self):
        found = set()
        for model, name, is_told in self._get_methods():
            if is_told:
                tried = [self._try(model, name, user) for user in self.users.values()]
                found.add(("method", f"{model}.{name}", *tried))
            else:
                found.add(("override", f"{model}.{name}", *[""] * len(ROLES)))
        compare(self, {"method", "override"}, found)


@tagged("post_install", "-at_install")
class TestMatrixOfRoutes(HttpCase):
    """Each role, each address that this add-on answers."""

    def test_who_may_open_each_address(self):
        make_users(self.env, self.env.company)
        http = self.env["ir.http"]
        rules = http._generate_routing_rules(
            sorted(self.env.registry._init_modules), http._get_converters()
        )
        found = set()
        for rule, endpoint in rules:
            if OURS not in rule and OURS not in endpoint.func.__module__:
                continue
            address = rule.replace("<string:kind>", "liability")
            address = re.sub(r"<int:(stock|wizard)_id>", "1", address)
            self.assertNotIn("<", address, "say what stands for it in this test")
            answers = []
            for role in ROLES:
                login = None if role == "public" else f"matrix_{role}"
                self.authenticate(login, login)
                answer = self.url_open(address, allow_redirects=False)
                answers.append(str(answer.status_code))
            methods = ",".join(sorted(endpoint.routing["methods"] or ["any"]))
            found.add(("route", f"{methods} {rule}", *answers))
        compare(self, {"route"}, found)
