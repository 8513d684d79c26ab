"""Names: what the names file and CLDR know, found in Arabic and English texts."""

from site_src.text.names.book import NameBook, NameSpan
from site_src.text.names.cldr import cldr_names
from site_src.text.names.file import load_names, parse_names
from site_src.text.names.suggest import suggest
from site_src.text.names.trie import Form

__all__ = [
    "Form",
    "NameBook",
    "NameSpan",
    "cldr_names",
    "load_names",
    "parse_names",
    "suggest",
]
