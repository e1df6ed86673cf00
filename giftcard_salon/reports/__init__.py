# accounting
from . import account_analysis, giftcard_tie_out

# adapters
from . import pos_analysis, pos_sales_details, pos_tie_out, sale_analysis
