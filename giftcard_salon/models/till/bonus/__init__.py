from . import pos_order
from . import pos_order_line
from . import pos_order_check
from . import pos_order_refund
from . import pos_payment_method
