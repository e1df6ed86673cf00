# accounting
from . import account_analysis
from . import giftcard_tie_out
from . import giftcard_tie_out_items
from . import giftcard_settlement_tie_out
from . import giftcard_statement_pdf
from . import giftcard_report
from . import giftcard_report_liability
from . import giftcard_report_liability_accounts
from . import giftcard_report_ageing
from . import giftcard_report_breakage
from . import giftcard_report_matrix
from . import giftcard_report_group
from . import giftcard_report_vat
from . import giftcard_report_vat_documents
from . import giftcard_report_vat_check
from . import giftcard_report_activity

# adapters
from . import pos_tie_out
from . import pos_report_vat
from . import pos_analysis
from . import pos_sales_details
from . import sale_analysis
