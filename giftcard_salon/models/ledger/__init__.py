from . import entry
from . import entry_description
from . import partner_alias
from . import seal
from . import head
from . import seal_verification
from . import card_verification
from . import findings
