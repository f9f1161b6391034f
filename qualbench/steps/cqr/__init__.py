"""Consensual qualitative research: cases, core ideas, categories, frequency labels, comments."""
