"""Lets the workbench run as ``python -m qualbench``."""

from qualbench.cli import main

if __name__ == "__main__":
    main()
