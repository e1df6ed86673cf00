from . import tie_out
from . import statement_pdf
from . import group
