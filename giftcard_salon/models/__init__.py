from . import core
from . import ledger
from . import accounting
from . import intercompany
from . import product
from . import office
from . import till
from . import res_config_settings
