"""Hand-outs: briefings in both languages in one file that needs no other, to mail, print or paste."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

from markupsafe import Markup, escape

from site_src.model import Facts, Publication, Rendering
from site_src.render.cards import Desk, Headline
from site_src.render.catalogue import Entry, make_catalogue
from site_src.render.environment import Typesetter
from site_src.render.facts import fact_lists
from site_src.render.labels import Language
from site_src.render.ledger import Carrier, carriers
from site_src.render.press import open_press
from site_src.render.runs import tidy
from site_src.render.standing import Badge, badges
from site_src.render.static import static_files
from site_src.render.story import Pair, story_pairs
from site_src.settings import Settings
from site_src.text.names import NameBook

_MARKS = re.compile(r"([\\`*_\[\]|#~])")
_INLINE = re.compile(r"[\\`*_\[\]|~]")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What to hand out, and how."""

    format: Literal["html", "md"] = "html"
    topic: str = ""
    """Slug; "" for every topic."""
    since: str = ""
    """ISO date: only stories dated on it or later; "" for all. Undated stories are first seen on a day, if known."""


def handout(
    publication: Publication,
    settings: Settings,
    names: NameBook,
    facts: Mapping[str, Facts],
    templates: tuple[Path, ...],
    choice: Choice,
) -> str:
    """The chosen briefings as one text, in the first language of the site facing the other."""
    catalogue = make_catalogue(publication, settings, facts)
    source = next((entry.lang for entry in catalogue.entries.values()), settings.site.source_languages[0])
    press = open_press(Typesetter(templates), settings, source, publication.until, ())
    desk = Desk(press, catalogue.names, names)
    code = settings.site.languages[0]
    chosen = [entry for entry in catalogue.entries.values() if code in entry.tellings and _wanted(entry, choice)]
    words = _frame(desk, code, choice)
    if choice.format == "md":
        words |= {key: _plain(words[key]) for key in ("title", "site_name", "licence")}
        words["stories"] = [_markdown_story(desk, entry, code) for entry in chosen]
    else:
        words |= _styled(desk, templates) | {"stories": [_story(desk, entry, code) for entry in chosen]}
    return desk.press.typesetter.fill(f"handout.{choice.format}", words, "the hand-out")


def _wanted(entry: Entry, choice: Choice) -> bool:
    if choice.topic and choice.topic not in entry.brief.topics:
        return False
    day = (entry.day and entry.day.iso) or entry.brief.story.first_seen
    # A month counts when any day of it would; what nothing dates does not.
    return not choice.since or (bool(day) and day >= choice.since[: len(day)])


def _frame(desk: Desk, code: str, choice: Choice) -> dict[str, Any]:
    press = desk.press
    topic = next((topic for topic in press.settings.topics if topic.slug == choice.topic), None)
    title = press.words(topic.title, code) if topic else str(press.labels[code].home_title)
    return {
        "L": press.labels[code], "lang": press.language(code), "title": title,
        "site_name": press.words(press.settings.site.name, code), "until": press.until[code],
        "licence": press.words(press.settings.site.licence, code),
        "mark": press.typesetter.macro("mark", press.wordmark, press.settings.site.base_url or "#"),
    }  # fmt: skip


def _styled(desk: Desk, templates: tuple[Path, ...]) -> dict[str, Any]:
    """The style sheets as one, and a policy that lets in nothing else."""
    sheets = {page.path: page.content.decode() for page in static_files(desk.press, templates)
              if page.path in {"assets/style.css", "assets/site.css"}}  # fmt: skip
    style = "".join(sheets[path] for path in ("assets/style.css", "assets/site.css")).replace("</", "<\\/")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"}


class Told(NamedTuple):
    """A story as the HTML hand-out shows it; the fields are those of its own page."""

    slug: str
    own: Headline
    facing: Headline | None
    pairs: tuple[Pair, ...]
    source: Markup
    date: Markup
    badges: list[Badge]
    facts: list[tuple[Markup, list[Markup]]]
    carriers: tuple[Carrier, ...]


def _story(desk: Desk, entry: Entry, code: str) -> Told:
    return Told(
        entry.slug, *desk.headlines(entry.heading(code)), tuple(story_pairs(desk, entry, code)),
        desk.source(entry, code), desk.date(entry, code), badges(entry.tellings[code].target, desk.press.labels[code]),
        fact_lists(desk, entry, code), carriers(desk, entry, code),
    )  # fmt: skip


class Plain(NamedTuple):
    """A story in words that Markdown leaves alone; the other language stays in elements that name it."""

    title: Markup
    facing: Language | None
    facing_title: Markup
    source: Markup
    date: Markup
    badges: tuple[Markup, ...]
    pairs: tuple[tuple[Markup, Markup], ...]
    """(own sentence, or why it is missing; facing sentence) in order."""


def _markdown_story(desk: Desk, entry: Entry, code: str) -> Plain:
    press, telling = desk.press, entry.tellings[code]
    facing = entry.lang if code != entry.lang else telling.target_lang
    other = telling.target.sentences if telling.target and code == entry.lang else None
    missing = _plain(desk.missing_words(entry, code))
    return Plain(
        _plain(desk.plain_title(entry.heading(code))), press.language(facing) if facing else None,
        _within(_title(desk, entry, code)), _plain(desk.source(entry, code)), _plain(desk.date(entry, code)),
        tuple(_plain(badge.words) for badge in badges(telling.target, press.labels[code])),
        tuple(_markdown_pairs(telling.own.sentences, other, missing)),
    )  # fmt: skip


def _title(desk: Desk, entry: Entry, code: str) -> str:
    _, facing = desk.headlines(entry.heading(code))
    return facing.text.striptags() if facing else ""


def _markdown_pairs(
    own: Sequence[Rendering], other: Sequence[Rendering] | None, missing: Markup
) -> Iterator[tuple[Markup, Markup]]:
    for place, one in enumerate(own):
        facing = other[place].text if other else one.source if one.source != one.text else ""
        yield (_plain(one.text) if one.text else missing), _within(facing)


def _within(text: str) -> Markup:
    """Text inside of an element, where some programs look for Markdown and others show its escapes."""
    return Markup(_INLINE.sub(lambda found: f"&#{ord(found[0])};", escape(tidy(text))))


def _plain(text: str) -> Markup:
    """Text in which Markdown finds nothing to do."""
    words = Markup(text).striptags() if isinstance(text, Markup) else " ".join(tidy(text).split())
    return Markup(_LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\1", words)).replace("&", "&amp;").replace("<", "&lt;"))
