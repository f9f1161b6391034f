"""Whole studies walked by key presses, from the first file to the report, one for each way of working."""
