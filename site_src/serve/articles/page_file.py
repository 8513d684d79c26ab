"""A page of the articles folder as its files are now: its bytes, what stands beside it, and how it is read."""

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
from site_src.pipeline.budget import too_slow, within
from site_src.read import list_files, read_page, shown
from site_src.serve.articles.toml_edit import Value
from site_src.settings import Settings

T = TypeVar("T")

Lists = dict[tuple[int, str], Value]
"""`drop` and `keep` as they count for a page, by the part that says them (0: above all parts) and the key."""


class PageFile(Struct, frozen=True):
    """A decoded page and its place."""

    path: Path
    raw: RawPage
    languages: tuple[str, ...]
    """Source languages of the site."""
    seconds: float
    """CPU time that reading it may take."""
    twins: tuple[str, ...] = ()
    """Other pages that the same file stands beside: their names differ in the ending alone."""

    @property
    def side(self) -> Path:
        """The file beside it that holds the editor's word."""
        return self.path.with_suffix(".toml")

    def read(self, beside: str) -> ParsedPage:
        """The page as it is read with this text beside it; raises `MujazError` where that takes too long."""
        return in_time(
            self.raw.file, self.seconds, lambda: parse_page(replace(self.raw, header=beside), self.languages)
        )

    def word(self, beside: str) -> Word:
        """All that the editor says of it, the header inside the page included."""
        blocks = blocks_of(self.raw)
        return read_word(self.raw.file, beside, blocks.header, blocks.header_line)

    def lists(self, beside: str) -> Lists:
        """`drop` and `keep` as they count for it."""
        word = self.word(beside)
        scopes = enumerate((word.page, *word.parts))
        return {
            (part, key): value for part, said in scopes for key, (value, _) in said.items() if key in ("drop", "keep")
        }

    def line(self, number: int) -> str:
        """A line of the page; "" where there is none, or a line of markup tells nothing."""
        lines = self.raw.text.split("\n") if self.raw.format in ("text", "markdown") else []
        return lines[number - 1] if 0 < number <= len(lines) else ""


def in_time(file: str, seconds: float, work: Callable[[], T]) -> T:
    """The result of `work()` on a page; raises `MujazError` where it takes longer than builds let it."""
    made = within(seconds, work)
    if made is None:
        problem = too_slow(file, seconds)
        raise MujazError(f"{file}: {problem.what}; {problem.todo}.")
    return made


def open_page(folder: Path, file: str, site: Settings) -> PageFile:
    """The page of that name below `folder`; raises `MujazError` where there is none that can be read."""
    paths = [one for one in list_files(folder) if isinstance(one, Path)]
    path = next((one for one in paths if _name(one, folder) == file), None)
    if path is None:
        raise MujazError(f"{file}: there is no such page in the articles folder any more.")
    raw = read_page(path, file, folder)
    if isinstance(raw, Problem):
        raise MujazError(f"{file}: {raw.what}; {raw.todo}.")
    twins = tuple(_name(one, folder) for one in paths if one != path and one.with_suffix("") == path.with_suffix(""))
    return PageFile(path, raw, site.site.source_languages, site.site.seconds_per_page, twins)


def _name(path: Path, folder: Path) -> str:
    return shown(path.relative_to(folder))
