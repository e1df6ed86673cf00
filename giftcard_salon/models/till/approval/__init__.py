from . import till_approval
from . import pos_session
from . import pos_payment_method
from . import pos_payment_method_rescue
from . import pos_order
