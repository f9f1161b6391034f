"""Spans that coders drew freely: how far they mark the same text, and split it at the same places."""
