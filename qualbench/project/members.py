"""Checks with participants: what they are given, what they say, and what becomes of it."""

from __future__ import annotations

from qualbench.project.typologies import Typologies


class Members(Typologies):
    """What goes back to participants."""
