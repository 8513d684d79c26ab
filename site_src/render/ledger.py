"""The syndication ledger: every saved copy of a report, who carried it, from where, and why it was merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.fields import Day, Found
from site_src.model.page import FIELDS, Article
from site_src.model.story import Copy
from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.render.credits import as_saved, borrowed, cited_line, date_line, source_line, source_name
from site_src.render.labels import NOTHING, Labels, plain
from site_src.text.addresses import host_of, safe_url
from site_src.text.dates import date_part
from site_src.text.wording import Piece, differences

CONTEXT = 5
"""Words shown on either side of a difference."""


class Carrier(NamedTuple):
    """One saved copy of a report."""

    name: Markup
    words: Markup
    """Those of its source that the page writes otherwise than `name` does."""
    chain: tuple[Markup, ...]
    """Aggregator, outlet, agency: who took it from whom, as far as it is stated; empty with fewer than two."""
    cited: Markup
    """The further sources that its page names."""
    date: Markup
    date_words: Markup
    """The words of the page that the date was read from."""
    url: str
    host: str
    copy: Copy | None
    """None for the copy that the briefing was made from."""
    reason: Markup
    supplied: tuple[Markup, ...] = ()
    """What the page itself does not state, and who does: the desk, the header of its file, another copy."""
    wording: tuple[tuple[str, Markup], ...] = ()
    """(kind, text) of what a copy words otherwise: "same", "added", "dropped"."""


class _Saved(NamedTuple):
    """One saved copy, as every edition knows it."""

    article: Article
    copy: Copy | None
    handed: tuple[Found[str], ...]
    """Aggregator, outlet, agency, those that are stated."""
    passed_on: int
    """How many of them come before who carried it."""
    written: tuple[str, ...]
    """Who carried it, as the page writes them."""
    url: str
    host: str
    date_words: str
    edited: Mapping[str, Sequence[str]]
    """The fields that are an editor's word, by the label that tells where that stands."""
    wording: tuple[tuple[str, Markup], ...]


def carriers(composer: Composer, entry: Entry, code: str) -> tuple[Carrier, ...]:
    """The copies of a story, the lead and then the others by date, undated ones last."""
    saved = composer.once_a_story(("saved", entry.slug), lambda: tuple(_saved(composer, entry)))
    return tuple([_carrier(composer, entry, one, code) for one in saved])


def _saved(composer: Composer, entry: Entry) -> Iterator[_Saved]:
    story = entry.brief.story
    copies = sorted(story.copies, key=lambda copy: str(day.iso) if (day := copy.article.day) else "undated")
    for article, copy in ((as_saved(story.lead), None), *((copy.article, copy) for copy in copies)):
        handed = tuple([found for found in (article.aggregator, article.outlet, article.agency) if found.value])
        passed_on = 1 if article.aggregator.value else 0
        url = safe_url(article.url.value or "")
        yield _Saved(
            article, copy, handed, passed_on, tuple([str(found.value) for found in handed[passed_on:]]), url,
            host_of(url), _read_by_eye(article.published), _edited(article),
            _wording(composer, entry, article) if copy else (),
        )  # fmt: skip


def _carrier(composer: Composer, entry: Entry, saved: _Saved, code: str) -> Carrier:
    article, copy, handed, passed_on, written, url, host, words, edited, wording = saved
    press, labels = composer.press, composer.press.labels[code]
    chain = tuple([source_name(found, press, composer.known, code) for found in handed])
    name = labels.comma.join(chain[passed_on:]) or (labels.copy_untitled if copy else labels.no_source)
    reason = labels.either(f"copy_{copy.reason.replace('-', '_')}", "copy_same_text") if copy else labels.lead_copy
    said = labels.page_says.format(words=press.cite(words, code)) if words else NOTHING
    supplied = [getattr(labels, place).format(fields=_fields(names, labels)) for place, names in edited.items()]
    supplied += () if copy else _taken(composer, entry, code)
    shown = plain(name)
    otherwise = " · ".join([one for one in written if one not in shown])
    date = composer.date(entry, code) if article is entry.brief.story.lead else date_line(article, press, code)
    return Carrier(
        name, press.say(otherwise, article.lang) if otherwise else NOTHING,
        chain if len(chain) > 1 else (), cited_line(article, press, composer.known, code), date, said, url, host,
        copy, reason, tuple(supplied), wording,
    )  # fmt: skip


def _read_by_eye(found: Found[Day]) -> str:
    """The words of a date that a reader of the page sees; "" for one that markup states or the desk has set."""
    if found.value is None or found.status == "editor" or not found.where.startswith("line"):
        return ""
    return date_part(found.words, found.value)


def _edited(article: Article) -> dict[str, list[str]]:
    """The fields that are an editor's word, by where that stands: at the desk, or in the header of the saved file."""
    said: dict[str, list[str]] = {}
    for name in FIELDS:
        found = getattr(article, name)
        if found.status == "editor":
            said.setdefault("in_header" if found.where == "header" else "by_desk", []).append(name)
    return said


def _fields(names: Iterable[str], labels: Labels) -> Markup:
    """The names of fields in words; the kinds of dates have one word."""
    fields: Markup = labels.comma.join(dict.fromkeys(getattr(labels, f"field_{name}") for name in names))
    return fields


def _taken(composer: Composer, entry: Entry, code: str) -> Iterator[Markup]:
    """What each copy lent to the lead, in words."""
    story, labels = entry.brief.story, composer.press.labels[code]
    if not story.copies:
        return
    lent: dict[str, list[str]] = {}
    for name, place in borrowed(story.lead).items():
        lent.setdefault(place, []).append(name)
    for copy in story.copies:
        if names := lent.get(copy.article.place):
            source = source_line(copy.article, composer.press, composer.known, code, opens=False)
            yield labels.taken_from.format(source=source, fields=_fields(names, labels))


def _wording(composer: Composer, entry: Entry, article: Article) -> tuple[tuple[str, Markup], ...]:
    """The words that a copy adds and drops, with a few that stay for context; none where nothing may be quoted."""
    if composer.press.settings.site.original == "none":
        return ()
    texts = [[paragraph.text for paragraph in one.paragraphs] for one in (entry.brief.story.lead, article)]
    if texts[0] == texts[1]:
        return ()
    pieces = differences(*("\n".join(lines) for lines in texts))
    if all(piece.kind == "same" for piece in pieces):
        return ()
    return tuple((piece.kind, composer.press.say(_context(piece), entry.lang)) for piece in pieces)


def _context(piece: Piece) -> str:
    """The piece; of a long run of words that stay, its ends."""
    words = piece.text.split()
    if piece.kind != "same" or len(words) <= 2 * CONTEXT:
        return piece.text
    return f"{' '.join(words[:CONTEXT])} … {' '.join(words[-CONTEXT:])}"
