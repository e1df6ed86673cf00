from . import pos_payment_method
from . import pos_payment_method_pick
from . import pos_order
