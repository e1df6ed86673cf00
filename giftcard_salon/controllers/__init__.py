from . import giftcard_report
