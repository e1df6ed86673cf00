# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from unittest.mock import patch

from odoo import models
from odoo.fields import Command
from odoo.orm.models import NO_ACCESS
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..invoice_common import GiftcardInvoiceCommon
from .forged import FOREIGN, LISTS, VALUES

MIXIN = "giftcard.server.fields"


class Reached(Exception):
    """The values have come down to the ORM."""


def stop_at_orm(name):
    """Let ``create`` or ``write`` go no further than to the ORM."""

    def stop(self, vals):
        raise Reached(self, vals)

    return patch.object(models.BaseModel, name, stop)


@tagged("post_install", "-at_install")
class TestServerFields(GiftcardInvoiceCommon):
    """What the server says of a record is said by nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.company_ids += cls.company
        cls.admin.company_id = cls.company
        cls.admin.group_ids += cls.env.ref("point_of_sale.group_pos_manager")

    def setUp(self):
        super().setUp()
        self.session = self._open()
        self.card = self._sell(self.session, 300)

    def _forge(self, model, names):
        fields = self.env[model]._fields
        forged = {name: VALUES[fields[name].type] for name in names}
        for name in names:
            if fields[name].type == "selection":
                forged[name] = fields[name].get_values(self.env)[-1]
        return forged

    def _as_client(self, model, names):
        """The model for a client who forges ``names`` in every way there is."""
        forged = self._forge(model, names)
        for name, value in forged.items():
            field = self.env[model]._fields[name]
            if field.type not in ("one2many", "many2many"):
                self.env["ir.default"].set(model, name, value, user_id=self.admin.id)
        context = {f"default_{name}": value for name, value in forged.items()}
        context.update(giftcard_writer=1, giftcard_reversal=1, giftcard_bill=[1])
        return self.env[model].with_user(self.admin).with_context(**context)

    def _ours(self):
        return sorted(
            name
            for name in self.env.registry
            if name.startswith("giftcard.") and not self.env[name]._abstract
        )

    def _cases(self):
        """Return each model with the fields that only the server sets."""
        ours = [(name, self.env[name]._get_server_fields()) for name in self._ours()]
        return [*ours, *FOREIGN.items()]

    def test_every_model_of_ours_keeps_what_the_server_says(self):
        guarded = self.env.registry.descendants([MIXIN], "_inherit")
        self.assertGreater(len(self._ours()), 35)
        self.assertLessEqual(set(self._ours()), set(guarded))

    def test_every_field_of_ours_that_only_the_server_sets_is_known(self):
        found, lists = {}, {}
        for model in self.env.registry.values():
            if model._name.startswith("giftcard.") or not model._auto:
                continue
            for name, field in model._fields.items():
                is_own = field.store and field.readonly and "giftcard" in name
                if not is_own or field.inherited or model._abstract:
                    continue
                if field.groups == NO_ACCESS:
                    # nobody but the server reaches it at all
                    continue
                if field.type == "one2many":
                    lists[model._name] = name
                else:
                    found.setdefault(model._name, set()).add(name)
        self.assertEqual(lists, LISTS)
        for model, names in found.items():
            self.assertLessEqual(names, set(FOREIGN.get(model, ())), model)
        for model in LISTS:
            uses = self.env["giftcard.application"].with_user(self.admin)
            for operation in ("create", "write", "unlink"):
                self.assertFalse(uses.has_access(operation), (model, operation))

    def test_a_new_record_has_nothing_that_a_client_says(self):
        rows = {
            "account.move.line": {"move_id": self._invoice(60).id},
            "sale.order.line": {"order_id": self._order(60).id},
            "pos.order": {"session_id": self.session.id},
            "pos.order.line": {"order_id": self.session.order_ids[:1].id},
            "pos.payment": {
                "pos_order_id": self.session.order_ids[:1].id,
                "payment_method_id": self.cash_of(self.session).id,
            },
            "product.template": {"name": "Shampoo"},
        }
        for model, names in self._cases():
            client = self._as_client(model, names)
            forged = {**rows.get(model, {}), **self._forge(model, names)}
            with self.assertRaises(Reached) as reached, stop_at_orm("create"):
                client.create([forged])
            records, (vals,) = reached.exception.args
            with self.subTest(model):
                vals = {name: vals[name] for name in names if vals.get(name)}
                self.assertEqual(vals, {}, model)
                if model in FOREIGN:
                    continue
                defaults = records.default_get(list(names))
                forged = self._forge(model, names)
                self.assertFalse(
                    {name for name in defaults if defaults[name] == forged[name]}
                )

    def test_a_record_is_not_changed_to_what_a_client_says(self):
        invoice, order = self._invoice(60), self._order(60)
        bill = self.session.order_ids[:1]
        rows = {
            "account.move.line": invoice.invoice_line_ids,
            "sale.order.line": order.order_line,
            "pos.order": bill,
            "pos.order.line": bill.lines,
            "pos.payment": bill.payment_ids,
            "product.template": self.services[20].product_tmpl_id,
        }
        for model, names in self._cases():
            client = self._as_client(model, names).browse(rows.get(model, invoice).ids)
            with self.assertRaises(Reached) as reached, stop_at_orm("write"):
                client.write(self._forge(model, names))
            left = set(reached.exception.args[1]).intersection(names)
            self.assertEqual(left, set(), model)

    def test_what_the_server_makes_takes_no_default_of_the_caller(self):
        """A manager issues a card: no word of his browser's is on it."""
        account = self.company_data["default_account_expense"]
        context = {
            "default_is_single_use": True,
            "default_pays_tips": True,
            "default_sold_until": "2099-01-01",
            "default_replaced_by_id": self.card.id,
            "default_part_ids": [
                Command.create({"name": "x", "kind": "amount", "value": 900})
            ],
        }
        self.env["ir.default"].set(
            "giftcard.card", "close_reason", "expired", user_id=self.admin.id
        )
        wizard = self.env["giftcard.issue"].with_user(self.admin)
        made = wizard.create(
            {
                "type_id": self.card_type.id,
                "amount": 50,
                "reason": "Test",
                "account_id": account.id,
            }
        )
        action = call_kw(wizard, "action_issue", [made.ids], {"context": context})
        card = self.env["giftcard.card"].browse(action["res_id"])
        self.assertFalse(card.entitlement_ids)
        self.assertFalse(card.sold_until or card.close_reason or card.is_single_use)
        self.assertCard(card, 50, status="active")

    def test_no_card_pays_an_order_without_its_code(self):
        """The sample: values were stripped, and a default filled them in again."""
        order = self._order(100)
        for model, values in (
            ("sale.order", {"order_id": order.id}),
            ("account.move", {"move_id": self._invoice(100).id}),
        ):
            client = self._as_client("giftcard.redeem", ()).with_user(self.desk)
            client = client.with_context(default_card_id=self.card.id)
            self.env["ir.default"].set(
                "giftcard.redeem", "card_id", self.card.id, user_id=self.desk.id
            )
            wizard = client.create({**values, "amount": 100, "card_id": self.card.id})
            wizard.write({"card_id": self.card.id})
            self._refused("Type or scan the code", wizard.action_apply)
            # nor does the form tell what is on a card that was only named
            told = client.onchange(
                {**values, "card_id": self.card.id, "amount": 0, "code": False},
                ["card_id"],
                {"facts": {}, "refusal": {}, "card_id": {}, "amount": {}},
            )
            self.assertNotIn(self.card.last4, str(told), model)
        self.assertCard(self.card, 300)

    def test_a_code_is_shown_for_each_use(self):
        invoice = self._invoice(100)
        wizard = self.env["giftcard.redeem"].with_user(self.desk)
        own = wizard.create(
            {"move_id": invoice.id, "code": self.card._reveal(), "amount": 40}
        )
        own.action_apply()
        self._commit()
        self.assertCard(self.card, 260, held=40)
        own.write({"move_id": self._invoice(60).id, "amount": 60})
        self._refused("Type or scan the code", own.action_apply)
        self.assertCard(self.card, 260, held=40)

    def test_lines_of_a_card_leave_a_document_with_it_whatever_the_context_says(self):
        """The sample: a number under the writer's name was as good as the writer."""
        free = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": "free-card", "value": 100, "price": 0}],
            "issue",
            self._origin(),
        )
        self._commit()
        for document in (self._invoice(60), self._order(60)):
            self._redeem_card(document, free, 30)
            self.assertCard(free, 70, held=30)
            lines = document[
                "order_line" if document._name == "sale.order" else "invoice_line_ids"
            ]
            own = lines.filtered(lambda line: line.giftcard_role == "bonus")
            call_kw(
                own.with_user(self.desk).browse(),
                "unlink",
                [own.ids],
                {"context": {"giftcard_writer": 1, "giftcard_reversal": 1}},
            )
            self._commit()
            self.env.invalidate_all()
            self.assertFalse(document.sudo().giftcard_application_ids)
            self.assertCard(free, 100)

    def test_an_invoice_without_the_lines_of_its_card_is_not_posted(self):
        free = self.env["giftcard.card"]._issue(
            self.card_type,
            [{"key": "free-card", "value": 100, "price": 0}],
            "issue",
            self._origin(),
        )
        self._commit()
        invoice = self._invoice(60)
        self._redeem_card(invoice, free, 30)
        own = invoice.invoice_line_ids.filtered("giftcard_role")
        own._as_giftcard_writer().unlink()
        self._refused("has changed since", invoice.action_post)
        self.assertCard(free, 70, held=30)

    def test_mail_with_a_code_goes_to_whom_the_ledger_says(self):
        context = {
            "default_email_cc": "thief@example.com",
            "default_recipient_ids": [Command.set(self.client.ids)],
            "default_reply_to": "thief@example.com",
            "default_scheduled_date": "2031-01-01",
        }
        self.company.email = "salon@example.com"
        wizard = self.env["giftcard.send"].with_user(self.desk)
        made = wizard.create({"card_id": self.card.id, "email": "sofia@example.com"})
        before = self.env["mail.mail"].search([])
        call_kw(wizard, "action_send", [made.ids], {"context": context})
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.email_to, "sofia@example.com")
        self.assertNotIn("thief", f"{mail.email_cc} {mail.reply_to}")
        self.assertFalse(mail.recipient_ids or mail.scheduled_date)
