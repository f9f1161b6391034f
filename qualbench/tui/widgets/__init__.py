"""Pieces of a screen; they know the model and nothing else."""
