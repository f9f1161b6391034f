"""Taking names out of files before they are sealed: the vault beside the study, the queue of answers, the drafts.

The pure part is in `steps/deidentify/`; here are the files, and what the screen and the verb share.
"""
