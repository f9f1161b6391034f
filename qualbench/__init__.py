"""Qualbench: a terminal workbench for coding interviews."""

__version__ = "0.2.0"
