"""What each method asks for, and how far a study has come in it."""
