from odoo import api, models
from odoo.exceptions import UserError


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    @api.model
    def _capture_for_row(self, key, amount, origin, is_part=False, kind="redeem"):
        """Use what one row of a bill holds, once: no other row is paid by it.

        :param str key: the row's uuid
        :param amount: what the row says it pays; None: all that is held
        :param Origin origin: the bill
        :param bool is_part: for a bill line, which takes a part of a card; a payment
            takes none
        :param str kind: kind of ledger entry, when the use is no ordinary one
        :return: the redemption
        :rtype: giftcard.redemption
        :raises UserError: when another row used it, or it is held for the other kind
        """
        # sudo: giftcard.redemption - the bill has the key, its cashier no right
        held = self.sudo().search([("key", "=", key)])
        amount = held.amount if amount is None else amount
        is_other = held.card_id and bool(held.part_id) != is_part
        if is_other or held.state == "captured":
            raise UserError(self._dropped(held.card_id, amount, origin))
        return self._capture(key, amount, origin, kind)

    def _filter_of_till(self, session):
        """Return the uses that bills of a till made; tills that share bills share them.

        :param session: ``pos.session`` record
        :rtype: giftcard.redemption
        """
        # sudo: pos.config - which tills share their bills
        config = session.config_id.sudo()
        configs = config | config.trusted_config_ids
        return self.filtered(lambda use: not use.card_id or use._get_till() in configs)

    def _get_till(self):
        """Return the till whose bill this use is on; none when no bill is.

        :rtype: pos.config
        """
        self.ensure_one()
        if self.channel == "till" and self.source_model in (
            "pos.session",
            "pos.order",
        ):
            document = self.env[self.source_model].browse(self.source_id)
            return document.exists().config_id
        return self.env["pos.config"]
