"""Consensus sessions: who sits together over what, what they decide, and what comes of it."""

from __future__ import annotations

from qualbench.project.reporting import Reporting


class Sessions(Reporting):
    """What a team decides together."""
