"""Consensual qualitative research: cases, core ideas, categories, and the auditor's comments."""

from __future__ import annotations

from qualbench.project.method import Methods


class Cqr(Methods):
    """Work of judges and auditors."""
