"""What strangers send: every reader, damaged and hostile files for each, and the crashes that there once were."""
