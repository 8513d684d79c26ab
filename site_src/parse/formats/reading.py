"""Reading: what has been read of a Markdown page so far, block by block."""

from __future__ import annotations

from msgspec import Struct

from site_src.model.page import Dropped
from site_src.parse.blocks import Block, Meta, Role
from site_src.parse.formats.inline import plain


class Part(Struct):
    """A block whose lines are still being gathered."""

    texts: list[str]
    line: int
    role: Role
    gap: bool
    linked: bool

    def block(self) -> Block:
        """The part as a block, its texts joined by spaces."""
        among = self.gap and not (self.role or self.linked)
        return Block(" ".join(filter(None, self.texts)), self.line, self.role, self.gap, among=among)


class Reading(Struct):
    """What has been read of a page so far, and what the next line continues."""

    parts: list[Part] = []
    dropped: list[Dropped] = []
    gap: bool = False
    """An empty line or another division stands above the next block."""
    fence: str = ""
    """The marks that opened the block of code which is being read."""
    code: str = ""
    """The name of the element (`script`, `aside`, ...) which is being skipped."""
    in_drawn_table: bool = False
    """Inside a table whose columns stand apart by spaces alone."""
    addresses: list[Meta] = []
    """The addresses that titles link to, each that of the report below it."""
    unclosed: frozenset[str] = frozenset()
    """Names of boxes that are not all closed, so that their tags do not say where they end."""
    links: list[Dropped] = []
    """Entries of lists that are nothing but a link: they announce other pages."""
    in_note: bool = False
    """Inside a footnote, which goes on in the indented lines right below."""

    def add(self, text: str, line: int, role: Role = "") -> None:
        """Begin a block, unless the text is empty without its marks."""
        if plain_text := plain(text):
            has_gap = self.gap and bool(self.parts)
            self.parts.append(Part([plain_text], line, role, has_gap, linked="](" in text))
            self.gap = False

    def extend(self, text: str) -> None:
        """Add a text to the last block."""
        self.parts[-1].texts.append(plain(text))

    def continues(self, *roles: Role) -> bool:
        """Whether the next line may go on with the last block: it has one of these roles and no gap below it."""
        return bool(self.parts) and not self.gap and self.parts[-1].role in roles
