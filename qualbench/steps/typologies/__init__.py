"""Lists of work, types of participants, negative cases."""
