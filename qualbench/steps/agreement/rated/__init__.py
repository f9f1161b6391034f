"""Ratings that stand in a table: units by coders, at any level of measurement."""
