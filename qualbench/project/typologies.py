"""Flexible coding: lists of work, types of participants with their reasons, negative cases."""

from __future__ import annotations

from qualbench.project.cqr import Cqr


class Typologies(Cqr):
    """Bounded analytic coding and what is made of it."""
