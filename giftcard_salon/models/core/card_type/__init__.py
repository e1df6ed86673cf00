from . import card_type
from . import quote
from . import validity
from . import description
