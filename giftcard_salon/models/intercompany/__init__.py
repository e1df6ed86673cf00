from . import accounting
from . import settlement
from . import terms
from . import settlement_posting
from . import settlement_invoice
from . import settlement_bill
from . import settlement_payment
from . import statement
