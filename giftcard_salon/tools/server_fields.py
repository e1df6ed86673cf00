"""What only the server may write: a value that no RPC can carry.

The server's own writes put it into the context under ``giftcard_writer``.
"""

WRITER = object()


def is_writer(env):
    """Tell whether this is one of the server's own writes.

    :param env: ``odoo.api.Environment``
    :rtype: bool
    """
    return env.context.get("giftcard_writer") is WRITER


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
