from odoo.fields import Command

DEFAULT_AMOUNTS = (50, 75, 100, 150, 200)
DEFAULT_AMOUNT = 100


def post_init_hook(env):
    """Make ready what is there already: companies with a chart, and a first type."""
    for company in env["res.company"].search([("chart_template", "!=", False)]):
        env["giftcard.accounting"]._set_up(company)
    if not env["giftcard.type"].with_context(active_test=False).search_count([], limit=1):
        env["giftcard.type"].create(
            {
                "name": env._("Gift card"),
                "default_amount": DEFAULT_AMOUNT,
                "amount_ids": [
                    Command.create({"amount": amount}) for amount in DEFAULT_AMOUNTS
                ],
            }
        )


def uninstall_hook(env):
    """Remove what the add-on made outside Odoo's own tables."""
    env.cr.execute(
        """
        DROP TABLE IF EXISTS giftcard_seal_queue;
        DROP FUNCTION IF EXISTS giftcard_refuse_change() CASCADE;
        DROP FUNCTION IF EXISTS giftcard_queue_for_seal() CASCADE;
        """
    )
    env["ir.config_parameter"].search([("key", "=like", "giftcard_salon.%")]).unlink()
