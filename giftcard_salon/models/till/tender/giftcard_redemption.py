from odoo import models


class GiftcardRedemption(models.Model):
    _inherit = "giftcard.redemption"

    def _filter_of_till(self, session):
        """Return the uses that bills of a till made; tills that share bills share them.

        :param session: ``pos.session`` record
        :rtype: giftcard.redemption
        """
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
