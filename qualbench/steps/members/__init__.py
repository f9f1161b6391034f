"""Checks with participants."""
