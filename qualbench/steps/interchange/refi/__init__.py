"""REFI-QDA projects (.qdpx), out and in: between a bundle of plain values and the bytes of a file."""
