"""French as the installer loads it, for tests that read what people read."""


def install_french(env):
    """Make French a language of this database, with our texts and the till's."""
    env["res.lang"]._activate_lang("fr_FR")
    names = ("web", "base", "point_of_sale", "giftcard_salon")
    modules = env["ir.module.module"].search([("name", "in", names)])
    modules._update_translations("fr_FR")
