def post_init_hook(env):
    """Make ready the companies that keep accounts already."""
    for company in env["res.company"].search([("chart_template", "!=", False)]):
        env["giftcard.accounting"]._set_up(company)


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
