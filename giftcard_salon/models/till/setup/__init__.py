from . import barcode_rule
from . import giftcard_card
from . import loading
from . import pos_config
from . import pos_payment_method
from . import product_product
