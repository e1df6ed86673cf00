from . import analysis
from . import code, forced, keyring, rates, report_pdf, report_xlsx
from . import settlement_note, short_transaction, split, writer
