from . import analysis
from . import code, forced, keyring, report_pdf, report_xlsx, settlement_note
from . import short_transaction, split, writer
