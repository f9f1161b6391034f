"""Constant comparison: the earlier extracts of a code beside a new one (Glaser 1965), and finding memos again."""

from qualbench.steps.comparing.extracts import CodedWords, edge, newest, typical, typicality
from qualbench.steps.comparing.memos import matching

__all__ = ["CodedWords", "edge", "matching", "newest", "typical", "typicality"]
