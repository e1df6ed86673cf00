# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What only the server may write: a value that no RPC can carry.

The server's own writes put it into the context under a name of theirs: methods of
Odoo's (``write``, ``create``, ``_post`` …) stand between and have no argument for it.
Nothing else reads such a name: what a client sends under it is just text or a number.
It stays inside: records that a method returns are of the caller's environment.
"""

from collections.abc import Mapping

WRITER = object()
SERVER_WRITE = "giftcard_writer"


def is_writer(env, name=SERVER_WRITE):
    """Tell whether this is one of the server's own writes.

    :param env: ``odoo.api.Environment``
    :param str name: which of its writes
    :rtype: bool
    """
    return env.context.get(name) is WRITER


def as_writer(records, name=SERVER_WRITE):
    """Return ``records`` for one of the server's own writes.

    :param records: of any model
    :param str name: which of its writes
    """
    return records.with_context(**{name: WRITER})


def without_writer(records, name=SERVER_WRITE):
    """Return ``records`` as they may leave the server's own code.

    :param records: of any model
    :param str name: which of its writes made them
    """
    return records.with_context(**{name: False})


def clean_action(action):
    """Return an action for the web client without the server's own value.

    Odoo's own actions take over the context that they were made in.

    :param action: as a button returns it: a dict, or something else
    """
    context = isinstance(action, dict) and action.get("context")
    if not isinstance(context, Mapping):
        return action
    kept = {name: context[name] for name in context if context[name] is not WRITER}
    return {**action, "context": kept}


def with_unset(vals_list, names):
    """Return values for new records in which only the server's fields are empty.

    Empty in so many words: no default of the caller's context fills them in.

    :param list[dict] vals_list: as for ``create``
    :param names: of the fields that only the server may set
    :rtype: list[dict]
    """
    unset = dict.fromkeys(names, False)
    return [{**vals, **unset} for vals in vals_list]


def without(vals, names):
    """Return values to write, less the fields that only the server may set.

    :param dict vals: as for ``write``
    :param names: of those fields
    :rtype: dict
    """
    return {name: vals[name] for name in vals if name not in names}
