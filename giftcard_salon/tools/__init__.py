from . import code, keyring, settlement_note, short_transaction, split, writer
