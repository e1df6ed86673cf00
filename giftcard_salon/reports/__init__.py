# accounting
from . import giftcard_tie_out
from . import giftcard_report
from . import giftcard_report_liability
from . import giftcard_settlement_tie_out
from . import giftcard_statement_pdf

# adapters
from . import pos_tie_out
