from . import card_type
from . import giftcard_type_amount
from . import giftcard_type_service
from . import offer
from . import validity
from . import description
