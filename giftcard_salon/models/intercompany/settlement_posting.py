# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ..core.locks import lock_document

_logger = logging.getLogger(__name__)
BATCH = 100
WAITING = Domain("state", "in", ("queued", "failed")) & (
    Domain("issuer_move_id", "=", False) | Domain("issuer_move_id.state", "=", "cancel")
)


class GiftcardSettlement(models.Model):
    """The queue: postings of issuers for redemptions elsewhere (cases C46, C47)."""

    _inherit = "giftcard.settlement"

    @api.model
    def _post_queued(self):
        """Post what waits for the issuers' accounts; what failed is tried again.

        Called by the scheduler, and soon after each redemption.
        """
        rows = self.sudo().search(WAITING, order="tries, id", limit=BATCH)
        rows._post_rows()
        if len(rows) == BATCH and "posted" in rows.mapped("state"):
            self.env.ref("giftcard_salon.ir_cron_settlement")._trigger()

    def _post_rows(self):
        for row in self:
            row._attempt(row._post_issuer)

    def _attempt(self, step):
        """Do ``step`` for these rows, or note why it could not be done.

        :return: whether it was done
        :rtype: bool
        """
        try:
            with self.env.cr.savepoint():
                step()
        except OperationalError:
            # another worker is at it, or the connection is gone: not the row's fault
            raise
        except UserError as error:
            self._note_failure(str(error))
            return False
        except Exception:
            _logger.exception("Settlement of gift card uses %s failed", self.ids)
            self._note_failure(
                self.env._("Something unexpected happened. Look into the server's log.")
            )
            return False
        self.error = False
        return True

    def _note_failure(self, sentence):
        for row in self:
            row.write(
                {
                    "error": sentence,
                    "failed_at": fields.Datetime.now(),
                    "tries": row.tries + 1,
                }
            )

    def _post_issuer(self):
        """Post what this redemption means for the company that sold the card; once.

        Locks this row, before anything else: who comes second finds it posted.
        """
        self.ensure_one()
        lock_document(self)
        if not self.has_money or self.filtered_domain(~WAITING):
            return
        company = self.company_id
        row = self.with_context(
            lang=company.partner_id.lang or self.env.lang
        ).with_company(company)
        moves = self.env["giftcard.accounting"]._as_writer(row.env["account.move"])
        move = moves.create(row._prepare_issuer_move())
        move.action_post()
        self.issuer_move_id = move

    def _prepare_issuer_move(self):
        accounting = self.env["giftcard.accounting"]
        label = f"{accounting._get_label(self.entry_id)} ({self.source_name})"
        lines = self._prepare_issuer_lines(self.entry_id, label)
        if self.lost_entry_id:
            label = f"{accounting._get_label(self.lost_entry_id)} ({self.source_name})"
            income = {
                "account_id": accounting._get_account(self.company_id, "income").id
            }
            lines += self._prepare_entry_items(self.lost_entry_id, label, income)
        return {
            "move_type": "entry",
            "journal_id": accounting._get_journal(self.company_id).id,
            "date": self.day,
            "ref": self.env._(
                "Gift card %(card)s at %(company)s, %(document)s",
                card=self.card_id.name,
                company=self.redeemer_id.name,
                document=self.source_name,
            ),
            "line_ids": [Command.create(line) for line in lines],
        }

    def _prepare_issuer_lines(self, entry, label):
        """Return the items of the redemption itself.

        What is owed to the client is owed to the other company now; a service whose
        VAT was counted at the sale becomes revenue, and the other company invoices it.
        """
        accounting = self.env["giftcard.accounting"]
        if entry.liability_kind == "deferred":
            account = accounting._get_revenue_account(entry, self.company_id)
            return self._prepare_entry_items(entry, label, {"account_id": account.id})
        counter = {
            "account_id": accounting._get_account(self.company_id, "payable").id,
            "partner_id": self.redeemer_id.partner_id.id,
            "giftcard_settlement_id": self.id,
        }
        return self._prepare_entry_items(entry, label, counter)

    def _prepare_entry_items(self, entry, label, counter):
        """Return two items: what an entry takes off the card, and ``counter``."""
        accounting = self.env["giftcard.accounting"]
        common = {"name": label, "currency_id": entry.currency_id.id}
        account = accounting._get_account(self.company_id, entry.liability_kind)
        return [
            {
                **common,
                **accounting._prepare_tag(entry),
                "account_id": account.id,
                "amount_currency": -entry.net,
            },
            {**common, **counter, "amount_currency": entry.net},
        ]

    def action_post_now(self):
        """Try now what waits to be posted in one's own company.

        :raises AccessError: for whoever does not keep the issuer's accounts
        """
        self.check_access("read")
        is_accountant = self.env.user.has_group("giftcard_salon.group_accountant")
        if not is_accountant or self.company_id - self.env.companies:
            raise AccessError(
                self.env._("Only an accountant of the company that sold the card may.")
            )
        rows = self.sudo()
        rows.filtered_domain(WAITING)._post_rows()
        if failed := rows.filtered("error")[:1]:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "warning",
                    "message": failed.error,
                    "next": {"type": "ir.actions.client", "tag": "soft_reload"},
                },
            }
        return True
