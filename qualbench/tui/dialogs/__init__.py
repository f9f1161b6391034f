"""Questions asked over a screen, each with one answer."""
