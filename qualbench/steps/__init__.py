"""What each step of the work decides: pure functions over values, no files, no SQL, no terminal."""
