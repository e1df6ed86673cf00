from . import giftcard_cancel
from . import giftcard_issue
from . import giftcard_verify
