"""Files a new article in a site: a good name, the bytes as they were given, the editor's word beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from msgspec.structs import replace

from site_src.errors import MujazError, reason
from site_src.filesystem import alone, replace_bytes
from site_src.model.page import Article, ParsedPage, RawPage
from site_src.model.report import Problem
from site_src.parse import parse_page
from site_src.parse.formats.mhtml import is_mail
from site_src.places import Places
from site_src.read import decode, list_files
from site_src.settings import Settings
from site_src.store import digest
from site_src.tables import table
from site_src.text.names import NameBook

_NAMES_IN_A_SLUG = 4
PASTED = "the new article"
"""A page that comes from no file."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """A page that somebody wants filed."""

    raw: bytes
    word: Mapping[str, str]
    """What the editor states ("title", "published", "outlet", ...), for `NAME.toml` beside it."""
    keep: bool = False
    """Whether it is filed though no article is found in it."""
    found_at: str = PASTED
    """How messages name it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A new article before it is written: what would be filed, and where."""

    path: Path
    raw: bytes
    header: str
    """Text of `NAME.toml`, "" for none."""
    page: ParsedPage
    """What the page holds, the header counted."""


def plan_article(new: NewArticle, places: Places, settings: Settings, names: NameBook) -> Planned:
    """What `add_article` would write, with the same refusals; nothing is written."""
    raw, word = new.raw, new.word
    page = decode(new.found_at, raw)
    if isinstance(page, Problem):
        raise MujazError(f"{new.found_at}: {page.what} ({page.todo})")
    filed_before = (path for path in list_files(places.articles) if isinstance(path, Path) and _same(path, raw))
    if twin := next(filed_before, None):
        raise MujazError(f"{twin.relative_to(places.root)}: holds exactly this page already; nothing was added.")
    parsed = parse_page(page, settings.site.source_languages)
    path = _free(places.articles, word.get("slug") or _slug(parsed, raw, names), _ending(page))
    header = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in word.items())
    file = path.relative_to(places.articles).as_posix()
    filed = parse_page(replace(page, file=file, header=header), settings.site.source_languages)
    _refuse_mistakes(filed, path.with_suffix(".toml").name)
    if not filed.articles and not new.keep:
        raise MujazError(_refusal(filed, new.found_at))
    return Planned(path, raw, header, filed)


def add_article(new: NewArticle, places: Places, settings: Settings, names: NameBook) -> tuple[Path, ParsedPage]:
    """Write a page into the articles folder under a name made of its own names; gives the path and what it holds.

    Raises `MujazError` for bytes that are no page, a page that is there already, a word that is no date and the like,
    and, unless it is kept, for a page in which no article is found; nothing is written then.
    """
    places.articles.mkdir(parents=True, exist_ok=True)
    with alone(places.articles):
        planned = plan_article(new, places, settings, names)
        header = {planned.path.with_suffix(".toml"): planned.header.encode("utf-8")} if planned.header else {}
        _write_new({**header, planned.path: new.raw})
    return planned.path, planned.page


def _write_new(contents: Mapping[Path, bytes]) -> None:
    """Write files that must not be there yet, all of them whole or none; raises `MujazError`."""
    written: list[Path] = []
    try:
        for path, content in contents.items():
            replace_bytes(path, content, over=b"")
            written.append(path)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        what = f"{path}: cannot be written ({reason(error)}); nothing was filed."
        raise MujazError(f"{what} Free space, or allow writing, then try again.") from error


def _refuse_mistakes(filed: ParsedPage, header: str) -> None:
    """Refuse what the editor states of the page where it is of no use."""
    wrong = [problem.what for problem in filed.problems
             if problem.code == "editors-word" and problem.file.rpartition("/")[2] == header]  # fmt: skip
    if wrong:
        later = " Without it the page is filed, and the .toml beside it can say it." if len(filed.articles) > 1 else ""
        raise MujazError(f"{'; '.join(wrong)}. Nothing was filed.{later}")


def _refusal(filed: ParsedPage, found_at: str) -> str:
    """Why a page without an article is not filed."""
    reasons = [f"{problem.what} ({problem.todo})" for problem in filed.problems if problem.severity == "error"]
    return f"{found_at}: {'; '.join(reasons) or 'no article is in it'}. Nothing was filed; --keep files it anyway."


def _ending(page: RawPage) -> str:
    ending: str = table("reading")["endings"][page.format][0]
    return ".eml" if page.format == "mhtml" and is_mail(page) else ending


def _same(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw


def _slug(parsed: ParsedPage, raw: bytes, names: NameBook) -> str:
    """The ids of the first names of the page's articles in turn, and their day; or a hash where they have none.

    The page's name is in the address of each of its articles: it holds no day that not all of them state.
    """
    if not parsed.articles:
        return f"page-{digest(raw).hex()[:8]}"
    in_turn = chain.from_iterable(zip_longest(*(_named(article, names) for article in parsed.articles)))
    found = list(dict.fromkeys(filter(None, in_turn)))[:_NAMES_IN_A_SLUG]
    days = {day.iso if day and day.full else None for day in (article.published.value for article in parsed.articles)}
    parts = [*found, *(day for day in days if day and len(days) == 1)]
    return "-".join(parts) if found else f"story-{digest(raw).hex()[:8]}"


def _named(article: Article, names: NameBook) -> list[str]:
    """The ids of the names of an article's title and lead, in order."""
    texts = [article.title.value or "", *[paragraph.text for paragraph in article.paragraphs[:2]]]
    return list(dict.fromkeys(name.name_id for spans in names.find_all(texts) for name in spans if name.direct))


def _free(folder: Path, stem: str, ending: str) -> Path:
    """A path of that name that nothing has: -2, -3 ... where it is taken, whatever the other's ending."""
    taken = {path.stem for path in folder.glob("*")} if folder.is_dir() else set()
    names = (stem if count == 1 else f"{stem}-{count}" for count in range(1, len(taken) + 2))
    return folder / (next(name for name in names if name not in taken) + ending)
