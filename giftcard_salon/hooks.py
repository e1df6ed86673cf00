# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

import logging

from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


def post_init_hook(env):
    """Say in the log when the keys are missing."""
    try:
        env["giftcard.card"]._keyring()
    except UserError as error:
        _logger.warning("%s", error)


def uninstall_hook(env):
    """Remove what the add-on made outside Odoo's own tables."""
    methods = env["pos.payment.method"].search(
        [("use_payment_terminal", "=", "giftcard")]
    )
    env.cr.execute(
        """
        DELETE FROM pos_config_pos_payment_method_rel
              WHERE pos_payment_method_id = ANY(%(methods)s);
        UPDATE pos_payment_method
           SET active = FALSE, use_payment_terminal = NULL, payment_method_type = 'none'
         WHERE id = ANY(%(methods)s);
        DROP TABLE IF EXISTS giftcard_seal_queue;
        DROP FUNCTION IF EXISTS giftcard_refuse_change() CASCADE;
        DROP FUNCTION IF EXISTS giftcard_queue_for_seal() CASCADE;
        """,
        {"methods": methods.ids},
    )
    env["giftcard.type"].with_context(active_test=False).search(
        [("product_ids", "!=", False)]
    ).product_ids.active = False
    env["giftcard.accounting"]._remember_set_up()
    # made by us, used by others: it must not be deleted with our data
    env["ir.model.data"].search(
        [("module", "=", "giftcard_salon"), ("name", "=", "giftcard_type_default")]
    ).unlink()
    env["ir.config_parameter"].search([("key", "=like", "giftcard_salon.%")]).unlink()
