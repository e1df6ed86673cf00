from . import breakage
from . import estimate
from . import run
