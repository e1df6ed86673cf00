from . import controllers, models, reports, tools, wizards
from .hooks import post_init_hook, uninstall_hook

tools.log_filter.install()
