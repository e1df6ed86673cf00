from . import analysis, code, forced, keyring, short_transaction, split, writer
