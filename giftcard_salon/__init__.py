# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import controllers, models, reports, tools, wizards
from .hooks import post_init_hook, uninstall_hook

tools.log_filter.install()
