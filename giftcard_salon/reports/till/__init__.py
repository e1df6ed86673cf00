from . import tie_out
from . import liability
from . import vat
from . import report_pos_order
from . import sales_details
