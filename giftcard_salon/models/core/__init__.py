from . import location
from . import res_company
from . import res_company_group
from . import lookup_attempt
from . import card_type
from . import card
from . import redemption
