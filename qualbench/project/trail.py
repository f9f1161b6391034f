"""The audit trail: what was done, by whom, when and why, in the six classes of Lincoln and Guba."""

from __future__ import annotations

from qualbench.project.members import Members


class Trail(Members):
    """The trail of the whole study."""
