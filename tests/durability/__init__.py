"""What a disk, a power cut and a kill may do to a study, and what is left of it afterwards."""
