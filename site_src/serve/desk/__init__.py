"""The review desk: a bar and editors on the pages of the preview, which write the files that a person edits by hand."""

from site_src.serve.desk.desk import Desk

__all__ = ["Desk"]
