from . import account_move
from . import product_template
from . import product_combo_item
from . import intercompany_price
from . import giftcard_type
from . import service
from . import scope
from . import quote
