"""Whole sets of codes on one segment, compared by how much they share."""
