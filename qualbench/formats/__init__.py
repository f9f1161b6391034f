"""What several steps need of a file format: Word, Markdown, zip archives, figures."""
