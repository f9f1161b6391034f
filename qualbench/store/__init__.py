"""The only SQL: the journal, what is projected from it, and every read."""
