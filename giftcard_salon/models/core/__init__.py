# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import server_fields
from . import locks
from . import rows
from . import kept_data
from . import ir_module_module
from . import location
from . import res_company
from . import legal_entity
from . import lookup_attempt
from . import card_type
from . import card
from . import card_keys
from . import redemption
from . import mail_mail
