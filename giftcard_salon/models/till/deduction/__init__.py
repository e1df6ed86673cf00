from . import pos_payment_method
from . import pos_order_line
from . import pos_order
