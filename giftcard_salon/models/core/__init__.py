from . import server_fields
from . import location
from . import res_company
from . import lookup_attempt
from . import card_type
from . import card
from . import redemption
