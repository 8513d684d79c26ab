"""The editor's word: the header of a file and `NAME.toml` beside it, and what they change."""
