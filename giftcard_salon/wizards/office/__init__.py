from . import giftcard_apply
