from . import giftcard_apply
from . import giftcard_apply_early
