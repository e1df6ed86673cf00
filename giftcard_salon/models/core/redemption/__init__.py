from . import redemption
from . import valuation
from . import hold
from . import release
from . import capture
from . import refund
