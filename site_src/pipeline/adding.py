"""Files a new article in a site: a good name, the bytes as they were given, the editor's word beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from site_src.errors import MujazError
from site_src.model import ParsedPage, Problem, RawPage
from site_src.parse import parse_page
from site_src.parse.mhtml import is_mail
from site_src.places import Places
from site_src.read import decode
from site_src.settings import Settings
from site_src.store import digest
from site_src.text.names import NameBook, find_mentions

_ENDINGS = {"text": ".txt", "markdown": ".md", "html": ".html", "mhtml": ".mhtml"}
_NAMES_IN_A_SLUG = 4


def add_article(
    raw: bytes, word: Mapping[str, str], places: Places, settings: Settings, names: NameBook, *, keep: bool = False
) -> tuple[Path, ParsedPage]:
    """Write `raw` into the articles folder under a name made of its own names; gives the path and what it holds.

    `word` holds what the editor states ("title", "published", "outlet", ...) and goes into `NAME.toml` beside it.
    Raises `MujazError` for bytes that are no page, for a page that is there already and, unless `keep`, for one in
    which no article is found; nothing is written then.
    """
    page = decode("the new article", raw)
    if isinstance(page, Problem):
        raise MujazError(f"the new article: {page.what} ({page.todo})")
    twin = next((path for path in sorted(places.articles.rglob("*")) if path.is_file() and _same(path, raw)), None)
    if twin:
        raise MujazError(f"{twin.relative_to(places.root)}: holds exactly this page already; nothing was added.")
    parsed = parse_page(page, settings.site.source_languages)
    path = _free(places.articles, word.get("slug") or _slug(parsed, raw, names), _ending(page))
    header = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in word.items())
    file = path.relative_to(places.articles).as_posix()
    filed = parse_page(_named(page, file, header), settings.site.source_languages)
    if not filed.articles and not keep:
        raise MujazError(_refusal(filed))
    places.articles.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    if header:
        path.with_suffix(".toml").write_text(header, "utf-8")
    return path, filed


def _refusal(filed: ParsedPage) -> str:
    """Why a page without an article is not filed."""
    reasons = [f"{problem.what} ({problem.todo})" for problem in filed.problems if problem.severity == "error"]
    return f"the new article: {'; '.join(reasons) or 'no article is in it'}. Nothing was filed; --keep files it anyway."


def _ending(page: RawPage) -> str:
    return ".eml" if page.format == "mhtml" and is_mail(page) else _ENDINGS[page.format]


def _same(path: Path, raw: bytes) -> bool:
    return path.stat().st_size == len(raw) and path.read_bytes() == raw


def _named(page: RawPage, file: str, header: str) -> RawPage:
    return RawPage(file, page.format, page.encoding, page.text, header, page.problems)


def _slug(parsed: ParsedPage, raw: bytes, names: NameBook) -> str:
    """The ids of the first names of the first article's title and lead, or a hash where it has none."""
    if not parsed.articles:
        return f"page-{digest(raw).hex()[:8]}"
    article = parsed.articles[0]
    mentions = find_mentions(names, article.title.value or "", [paragraph.text for paragraph in article.paragraphs[:2]])
    found = list(dict.fromkeys(mention.name for mention in mentions if mention.direct))[:_NAMES_IN_A_SLUG]
    day = article.published.value
    parts = [*found, *([day.iso] if day and day.full and day.iso else [])]
    return "-".join(parts) if found else f"story-{digest(raw).hex()[:8]}"


def _free(folder: Path, stem: str, ending: str) -> Path:
    """A path of that name that nothing has: -2, -3 ... where it is taken, whatever the other's ending."""
    taken = {path.stem for path in folder.glob("*")} if folder.is_dir() else set()
    names = (stem if count == 1 else f"{stem}-{count}" for count in range(1, len(taken) + 2))
    return folder / (next(name for name in names if name not in taken) + ending)
