from . import report
from . import accounting
from . import intercompany
from . import till
from . import office
