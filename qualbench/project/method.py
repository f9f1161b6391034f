"""The method profile: what it asks for, where the study stands, and the phases it went through."""

from __future__ import annotations

from qualbench.project.exchange import Exchange


class Methods(Exchange):
    """The method that the study follows."""
