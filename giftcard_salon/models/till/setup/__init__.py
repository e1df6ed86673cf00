from . import barcode_rule
from . import giftcard_card
from . import ir_module_module
from . import loading
from . import pos_config
from . import pos_payment_method
from . import product_product
