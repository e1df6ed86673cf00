from . import account_tax
from . import application
from . import document
from . import fixed_line
from . import fixed_document
from . import application_lines
from . import invoice
from . import sale
