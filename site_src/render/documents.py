"""Markdown written by editors, made into markup that can do no harm."""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import Markup

from site_src.render.runs import tidy
from site_src.text.patterns import late

TAGS = {
    "a", "abbr", "b", "bdi", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr", "i",
    "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"*": {"lang", "dir"}, "a": {"href"}, "h2": {"id"}, "h3": {"id"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto"}


_OUT = late(r'<a (?=[^>]*\bhref="https?:)', re.IGNORECASE)
"""A link out, in markup as nh3 writes it: attributes in double quotes."""


class Document(NamedTuple):
    """A page written in Markdown: its first heading and the rest."""

    title: str
    body: Markup


def markdown_page(text: str) -> Markup:
    """The Markdown text as clean markup: known tags, no script, no style, http(s) and mail links only."""
    import nh3
    from markdown import markdown

    made = markdown(tidy(text), extensions=["tables", "sane_lists", "smarty"], output_format="html")
    clean = nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, attribute_filter=_attribute,
                      link_rel=None)  # fmt: skip
    # Once more, because a character reference may have named what may not stand here.
    return Markup(_OUT.sub('<a rel="noopener noreferrer nofollow external" ', tidy(clean)))


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """The attribute as it is; an address without a scheme that leads to another host has none of the known ones."""
    return None if name == "href" and value.lstrip().startswith(("//", "\\", "/\\")) else value


def read_document(text: str, untitled: str) -> Document:
    """A Markdown page split at its first `# heading`; `untitled` where it has none."""
    first, _, rest = text.lstrip("\ufeff\n ").partition("\n")
    if first.startswith("# "):
        return Document(first[2:].strip(), markdown_page(rest))
    return Document(untitled, markdown_page(text))
