"""The only Textual: one screen for each step of the work."""
