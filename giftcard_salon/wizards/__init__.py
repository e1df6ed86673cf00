from . import ledger
from . import card
from . import accounting
from . import intercompany
from . import office
