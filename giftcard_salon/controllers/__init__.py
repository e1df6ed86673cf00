from . import giftcard_report
from . import giftcard_stock
