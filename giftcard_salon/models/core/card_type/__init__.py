from . import card_type
from . import offer
from . import validity
from . import description
