from . import card_code
from . import key_file
from . import keyring
