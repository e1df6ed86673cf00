from . import code, forced, keyring, short_transaction, split, writer
