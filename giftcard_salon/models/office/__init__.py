# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from . import account_tax
from . import application
from . import application_capture
from . import document
from . import fixed_line
from . import fixed_document
from . import fixed_document_tips
from . import fixed_document_accounts
from . import application_lines
from . import invoice
from . import sale
