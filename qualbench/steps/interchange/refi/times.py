"""Times as REFI-QDA writes them: UTC to the second, with a Z."""

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=4096)
def stamp(time: str) -> str:
    """An ISO 8601 time in UTC, as in 2026-01-05T09:00:00Z; a time without a zone is taken as UTC; empty if it is none.

    >>> stamp("2026-01-05T10:00:00.5+01:00"), stamp("2026-01-05"), stamp("yesterday")
    ('2026-01-05T09:00:00Z', '2026-01-05T00:00:00Z', '')
    """
    try:
        moment = datetime.fromisoformat(time.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
