# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models
from odoo.exceptions import UserError

# what a redemption at a till is on
DOCUMENTS = ("pos.session", "pos.order")


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _capture_for_row(
        self, key, amount, origin, is_entitlement=False, kind="redeem"
    ):
        """Use what one row of a bill holds, once: no other row is paid by it.

        :param str key: the row's uuid
        :param amount: what the row says it pays; None: all that is held
        :param Origin origin: the bill
        :param bool is_entitlement: for a bill line, which takes an entitlement of a
            card; a payment takes none
        :param str kind: kind of ledger entry, when the redemption is no ordinary one
        :return: the redemption
        :rtype: giftcard.redemption
        :raises UserError: when another row used it, or it is held for the other kind
        """
        held = self._find_by_key(key)
        amount = held.amount if amount is None else amount
        is_other = held.card_id and bool(held.entitlement_id) != is_entitlement
        if is_other or held.state == "captured":
            raise UserError(self._get_dropped_message(held.card_id, amount, origin))
        return self._capture(key, amount, origin, kind, held)

    def _filter_of_till(self, session):
        """Return the redemptions on bills of a till; tills that share bills share them.

        :param session: ``pos.session`` record
        :rtype: giftcard.redemption
        """
        # sudo: pos.config - which tills share their bills
        config = session.config_id.sudo()
        configs = config | config.trusted_config_ids
        tills = self._get_tills()
        return self.filtered(
            lambda redemption: (
                not redemption.card_id
                or (redemption in tills and tills[redemption] in configs)
            )
        )

    def _get_tills(self):
        """Return the till whose bill each redemption is on, in one query for all.

        :return: ``pos.config`` by redemption; without those that are on no bill
        :rtype: dict
        """
        tills = {}
        for model, redemptions in (
            self.filtered(
                lambda redemption: (
                    redemption.channel == "till"
                    and redemption.source_model in DOCUMENTS
                )
            )
            .grouped("source_model")
            .items()
        ):
            domain = [("id", "in", redemptions.mapped("source_id"))]
            documents = self.env[model].search_fetch(domain, ["config_id"])
            config_of = {document.id: document.config_id for document in documents}
            for redemption in redemptions:
                if config := config_of.get(redemption.source_id):
                    tills[redemption] = config
        return tills
