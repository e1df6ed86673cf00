from . import code, keyring, short_transaction, split, writer
