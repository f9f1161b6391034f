"""One screen for each step of the work."""
