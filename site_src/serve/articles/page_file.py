"""A page of the articles folder as its files are now: its text, its sidecar `NAME.toml`, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from site_src.errors import MujazError
from site_src.model.page import ParsedPage, RawPage
from site_src.model.report import Problem
from site_src.parse import blocks_of, parse_page
from site_src.parse.editor.word import Word, read_word
from site_src.pipeline.budget import attempt
from site_src.read import list_files, read_page, shown
from site_src.serve.articles.toml_edit import Value
from site_src.settings import Settings

T = TypeVar("T")

Lists = dict[tuple[int, str], Value]
"""The lists `drop` and `keep` of a page, by part (0: above all parts) and key."""


class PageFile(Struct, frozen=True):
    """A decoded page and where it lies."""

    path: Path
    raw: RawPage
    languages: tuple[str, ...]
    """Source languages of the site."""
    seconds: float
    """CPU seconds that reading it may take."""
    twins: tuple[str, ...] = ()
    """Other pages with the same sidecar: their names differ from this one in the ending alone."""

    @property
    def sidecar(self) -> Path:
        """The file `NAME.toml` beside the page, which holds the editor's word on it."""
        return self.path.with_suffix(".toml")

    def read(self, sidecar_text: str) -> ParsedPage:
        """The page as read with this text in its sidecar; raises `MujazError` where that takes too long."""
        page = replace(self.raw, header=sidecar_text)
        return in_time(self.raw.file, self.seconds, lambda: parse_page(page, self.languages))

    def word(self, sidecar_text: str) -> Word:
        """All that the editor says of the page: in the sidecar, and in the header inside the page."""
        blocks = blocks_of(self.raw)
        return read_word(self.raw.file, sidecar_text, blocks.header, blocks.header_line)

    def lists(self, sidecar_text: str) -> Lists:
        """The lists `drop` and `keep` that are in force for the page."""
        word = self.word(sidecar_text)
        lists: Lists = {}
        for part, entries in enumerate((word.page, *word.parts)):
            for key, entry in entries.items():
                if key in ("drop", "keep"):
                    lists[part, key] = entry.value
        return lists

    def line(self, number: int) -> str:
        """The text of a line, from 1; "" where there is none, and for formats whose lines hold markup."""
        lines = self.raw.text.split("\n") if self.raw.format in ("text", "markdown") else []
        return lines[number - 1] if 0 < number <= len(lines) else ""


def in_time(file: str, seconds: float, work: Callable[[], T]) -> T:
    """The result of `work()` on a page; raises `MujazError` where it takes longer than `seconds` or is at fault."""
    result = attempt(file, seconds, work)
    if isinstance(result, Problem):
        raise MujazError(f"{file}: {result.what}; {result.todo}.")
    return result


def open_page(folder: Path, file: str, settings: Settings) -> PageFile:
    """The page with that name below `folder`; raises `MujazError` where there is none that can be read."""
    paths = [path for path in list_files(folder) if isinstance(path, Path)]
    path = next((path for path in paths if _name_below(folder, path) == file), None)
    if path is None:
        raise MujazError(f"{file}: there is no such page in the articles folder any more.")
    raw = read_page(path, file, folder)
    if isinstance(raw, Problem):
        raise MujazError(f"{file}: {raw.what}; {raw.todo}.")
    twins = tuple(
        _name_below(folder, other) for other in paths if other != path and other.with_suffix("") == path.with_suffix("")
    )
    return PageFile(path, raw, settings.site.source_languages, settings.site.seconds_per_page, twins)


def _name_below(folder: Path, path: Path) -> str:
    return shown(path.relative_to(folder))
