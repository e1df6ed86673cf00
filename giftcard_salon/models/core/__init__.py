from . import location
from . import res_company
from . import lookup_attempt
from . import card_type
from . import card
from . import card_keys
from . import redemption
from . import mail_mail
