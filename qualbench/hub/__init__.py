"""The hub of a study: a PostgreSQL database that carries entries of the journal between people who work apart.

The study on each person's disk stays what they work on. The hub only adds to what it has, and lets nobody read
another's coding before the transcript is opened. Nothing here knows the study's own database.
"""

from qualbench.hub.link import HubAway, Link, NotAsked, Refused, Standing, WantsPassword, reach, without_password
from qualbench.hub.server import Founding, Invited, found, invite, make
from qualbench.hub.words import Word, new_key, opened, sealed, unwrapped, wrapped

__all__ = [
    "Founding",
    "HubAway",
    "Invited",
    "Link",
    "NotAsked",
    "Refused",
    "Standing",
    "WantsPassword",
    "Word",
    "found",
    "invite",
    "make",
    "new_key",
    "opened",
    "reach",
    "sealed",
    "unwrapped",
    "without_password",
    "wrapped",
]
