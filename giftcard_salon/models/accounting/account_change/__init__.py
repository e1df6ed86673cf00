from . import account_change
from . import accounting
from . import res_company
