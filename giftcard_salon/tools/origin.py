# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Where something that is done with a card comes from."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Origin:
    """The document behind a hold or an entry of the ledger, and who speaks for it.

    Records are of the environment that made it; nothing is read from the database.

    :param company: ``res.company`` record of the document
    :param location: ``giftcard.location`` record, empty for none
    :param currency: ``res.currency`` record of the document
    :param channel: 'till', 'office', 'receipt' …: a value of an entry's ``channel``
    :param model: name of the document's model
    :param id: its id; None while it has none
    :param name: what people call it; None: its own name will do
    :param key: the document's own key, which binds what it holds to it
    :param partner_id: id of its client, as far as the ledger may know him
    :param lapses_at: when what it holds goes back, UTC; None: never by itself
    :param claimed_by: name of the employee that the till names, a claim of the till
    """

    company: Any
    location: Any
    currency: Any
    channel: str
    model: str
    id: int | None
    name: str | None = None
    # proves to the server that it is the same document: not for logs
    key: str | None = field(default=None, repr=False)
    partner_id: int | None = None
    lapses_at: datetime | None = None
    claimed_by: str | None = None

    @property
    def binding(self):
        """Return what a hold of this document is bound to: channel and key."""
        return self.channel, self.key or None

    def is_of(self, record):
        """Tell whether a redemption or an entry came from this document.

        :param record: with ``source_model`` and ``source_id``
        :rtype: bool
        """
        return (record.source_model, record.source_id) == (self.model, self.id)

    def get_columns(self):
        """Return what a table of ours keeps of it, by column; None for nothing.

        :rtype: dict
        """
        return {
            "location_id": self.location.id or None,
            "channel": self.channel,
            "source_model": self.model,
            "source_id": self.id,
            "source_name": self.name,
        }
