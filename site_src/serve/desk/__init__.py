"""The review desk: the preview's own bar and editors, over the same files that a person would edit by hand."""

from site_src.serve.desk.desk import Desk

__all__ = ["Desk"]
