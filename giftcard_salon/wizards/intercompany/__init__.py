from . import giftcard_settlement_payment
from . import giftcard_settle
