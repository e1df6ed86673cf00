from . import redemption
from . import binding
from . import valuation
from . import hold_request
from . import hold
from . import release
from . import capture
from . import refund
