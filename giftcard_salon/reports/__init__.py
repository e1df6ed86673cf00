# accounting
from . import giftcard_tie_out
from . import giftcard_report
from . import giftcard_report_liability

# adapters
from . import pos_tie_out
