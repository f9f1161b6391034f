"""Every read. Reads of codings take a viewer and obey one rule: see `codings`."""
