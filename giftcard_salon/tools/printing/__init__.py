from . import report_pdf
from . import report_xlsx
from . import settlement_pdf
