# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Routes that answer nonsense with a refusal."""

import functools

from odoo.http import route


def giftcard_route(*args, **routing):
    """Return Odoo's ``route``, for which ``self`` is a parameter like any other.

    Odoo hands over what stands in an address as Python arguments; one named like the
    controller's own would otherwise be an error of the server.
    """

    def decorate(method):
        endpoint = route(*args, **routing)(method)

        @functools.wraps(endpoint)
        def guarded(controller, /, **params):
            params.pop("self", None)
            return endpoint(controller, **params)

        return guarded

    return decorate
