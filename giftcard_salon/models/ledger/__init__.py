from . import entry
from . import entry_description
from . import daily_limits
from . import partner_alias
from . import seal
from . import seal_verification
