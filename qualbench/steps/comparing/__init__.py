"""Constant comparison: the earlier extracts of a code beside a new one (Glaser 1965), and finding memos again."""

from qualbench.steps.comparing.extracts import CodedWords, edge, newest, typical, typicality
from qualbench.steps.comparing.memos import matching
from qualbench.steps.comparing.properties import Property, property_of

__all__ = ["CodedWords", "Property", "edge", "matching", "newest", "property_of", "typical", "typicality"]
