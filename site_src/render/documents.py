"""Turns Markdown that editors write into markup that can do no harm."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from site_src.render.runs import tidy
from site_src.text.patterns import late

if TYPE_CHECKING:
    from markdown import Markdown

TAGS = {
    "a", "abbr", "b", "bdi", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr", "i",
    "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"*": {"lang", "dir"}, "a": {"href"}, "h2": {"id"}, "h3": {"id"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto"}


_EXTERNAL_LINK = late(r'<a (?=[^>]*\bhref="https?:)', re.IGNORECASE)
"""The start of a link to another site, in markup as nh3 writes it: attributes in double quotes."""


class Document(NamedTuple):
    """A page written in Markdown: the text of its first heading, and the rest as markup."""

    title: str
    body: Markup


def markdown_page(text: str) -> Markup:
    """The Markdown text as clean markup: known tags, no script, no style, http(s) and mail links only."""
    import nh3

    html = _converter().reset().convert(tidy(text))
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, attribute_filter=_filter_attribute,
                      link_rel=None)  # fmt: skip
    # Tidied again, because a character reference may have named a character that is not allowed.
    return Markup(_EXTERNAL_LINK.sub('<a rel="noopener noreferrer nofollow external" ', tidy(clean)))


@cache
def _converter() -> Markdown:
    """Its extensions are made here: by their names it would look for them among all installed packages."""
    from markdown import Markdown

    modules = [import_module(f"markdown.extensions.{name}") for name in ("tables", "sane_lists", "smarty")]
    return Markdown(extensions=[module.makeExtension() for module in modules], output_format="html")  # type: ignore[no-untyped-call]


def _filter_attribute(_tag: str, name: str, value: str) -> str | None:
    """The value of an attribute; None drops it: an address without a scheme that leads to another host."""
    return None if name == "href" and value.lstrip().startswith(("//", "\\", "/\\")) else value


def read_document(text: str, default_title: str) -> Document:
    """A Markdown page that begins with a `# heading` split there; any other page, with the default title."""
    first_line, _, rest = text.lstrip("\ufeff\n ").partition("\n")
    if first_line.startswith("# "):
        return Document(first_line[2:].strip(), markdown_page(rest))
    return Document(default_title, markdown_page(text))
