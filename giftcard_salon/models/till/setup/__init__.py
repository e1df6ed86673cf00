from . import barcode_rule
from . import giftcard_card
from . import loading
from . import pos_res_users
from . import pos_config
