"""Output: files, how they are made, and what is handed to those who draw pictures and index pages."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct


class Page(Struct, frozen=True, gc=False, array_like=True):
    """One output file."""

    path: str
    """Relative to the output folder, forward slashes."""
    content: bytes


Content = bytes | Iterator[bytes]
"""What a file holds: whole, or, where it grows with the archive, piece by piece."""


class Recipe(Struct, frozen=True, gc=False, array_like=True):
    """One output file that need not be made where an earlier build made it from the same."""

    path: str
    made_from: bytes
    """A hash of all that `make` uses, settings and templates included, code not; b"" for what is always made."""
    make: Callable[[], Content]

    @property
    def page(self) -> Page:
        """The file itself, whole."""
        content = self.make()
        return Page(self.path, content if isinstance(content, bytes) else b"".join(content))


class Sheaf(Struct, frozen=True, gc=False, array_like=True):
    """Recipes that go together: as long as one hash of them is the same, none need be drawn up."""

    paths: tuple[str, ...]
    made_from: bytes
    """A hash of all that the recipes are drawn up from: where it is the same, they are the same."""
    open: Callable[[], Iterable[Recipe]]
    """Gives the recipes: one for each of the paths."""


def each_recipe(made: Iterable[Recipe | Sheaf]) -> Iterator[Recipe]:
    """Each recipe, those of sheaves too."""
    for one in made:
        yield from one.open() if isinstance(one, Sheaf) else (one,)


class CardLine(Struct, frozen=True, gc=False):
    """Words of a picture; runs of the other direction in them stand between Unicode isolates."""

    text: str
    lang: str
    direction: str


class ShareCard(Struct, frozen=True, gc=False):
    """What the picture of a story says in one edition, for those who share a link to its page.

    A designer's template reads it, and each of its lines, by the names of the fields.
    """

    lang: str
    direction: str
    site: tuple[CardLine, ...]
    """The site's name as its wordmark has it, left to right."""
    topic: str
    title: CardLine
    """In whatever language the story has one; "" where it has none."""
    names: str
    """What stands in for a title that the edition lacks; "" where it has one, or where nothing is known."""
    source: str
    date: str
    notes: tuple[str, ...] = ()
    """Where the title comes from, when its page does not state it."""
    badges: tuple[tuple[str, str], ...] = ()
    """(class of the style sheet, words): who translated the title, or why its translation is missing."""


PassageKind = Literal["title", "text", "name", "fact"]


class Passage(Struct, frozen=True, gc=False, array_like=True):
    """Words of a story's page by which search finds it, and which it can show as an excerpt."""

    kind: PassageKind
    runs: tuple[tuple[str, str, str], ...]
    """(language, direction, text): one run, or the two forms of a name or fact."""
    also: str = ""
    """Further words that find it and are not shown: other spellings of a name."""


class SearchEntry(Struct, frozen=True, gc=False, array_like=True):
    """A story as the search index knows it."""

    slug: str
    passages: tuple[Passage, ...]
    filters: tuple[tuple[str, str], ...]
    """(filter, value): "topic", "source", "month", "state"; a filter may have several values."""
    cards: tuple[tuple[str, str], ...]
    """(edition, markup of its place in a list of results)."""
