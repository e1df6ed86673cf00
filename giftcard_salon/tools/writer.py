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
