"""Settings that are out of range, or contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from math import isfinite
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from site_src.errors import did_you_mean
from site_src.tables import table

if TYPE_CHECKING:
    from site_src.settings import Settings, Site, Summary, Topic, Translation, Words

_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
Limit = tuple[str, float, float, float]
"""(key, value, least allowed, most allowed)."""


def contradictions(settings: Settings) -> list[str]:
    """All mistakes that are not mistakes of type, each in a sentence: key, value, what is allowed."""
    return [
        *_site(settings.site),
        *_topics(settings),
        *_rights(settings),
        *_server(settings.translation),
        *_out_of_range(settings),
        *_time_zone(settings.site.time_zone),
        *_font(settings.site.font),
    ]


def _site(site: Site) -> Iterator[str]:
    yield from _missing_languages("site.name", site.name, site)
    if not site.languages:
        yield "site.languages = []: must name at least one language"
    if repeated := sorted({lang for lang in site.languages if site.languages.count(lang) > 1}):
        yield f"site.languages: names {', '.join(repeated)} twice"
    if site.base_url and not _is_address(site.base_url):
        yield f"site.base_url = {site.base_url!r}: must begin with https:// and a host, and end with /"


def _missing_languages(key: str, words: Words, site: Site) -> Iterator[str]:
    for lang in site.languages:
        if lang not in words:
            yield f"{key}.{lang}: is missing; each language of site.languages needs it"


def _topics(settings: Settings) -> Iterator[str]:
    slugs = [topic.slug for topic in settings.topics]
    for number, topic in enumerate(settings.topics, 1):
        if slugs.index(topic.slug) != number - 1:
            yield f"topics.{number}.slug = {topic.slug!r}: is used twice"
        if not _SLUG.fullmatch(topic.slug):
            yield f"topics.{number}.slug = {topic.slug!r}: must be small ASCII letters, digits and hyphens"
        yield from _missing_languages(f"topics.{number}.title", topic.title, settings.site)
        if not topic.groups:
            yield f"topics.{number} ({topic.slug}): has no rules; add [[topics.groups]] with names or words"


def _rights(settings: Settings) -> list[str]:
    """Whole translated articles are shown beside the whole original, so both settings must allow that."""
    original = settings.site.original
    if settings.translation.articles == "summary" or original == "full":
        return []
    return [f'translation.articles = "full" shows whole articles, and site.original = {original!r} does not allow it: '
            'set site.original = "full" if you have the right to republish them, else translation.articles = "summary"'
            ]  # fmt: skip


def _font(name: str) -> list[str]:
    if not name or name in (fonts := table("fonts")["font"]):
        return []
    return [f"site.font = {name!r}: must be {' or '.join(map(repr, fonts))}"]


def _server(translation: Translation) -> list[str]:
    if not translation.server:
        is_used = "libretranslate" in translation.engines
        return ["translation.server: is missing; the engine libretranslate needs it"] if is_used else []
    parts = _parts(translation.server)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_private(parts.hostname or "")):
        return []
    return [f"translation.server = {translation.server!r}: must begin with https:// (http:// only on this machine or "
            "in its own network: texts and key would travel in the open)"]  # fmt: skip


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://")) and url.endswith("/") and _parts(url).netloc != ""


def _parts(url: str) -> SplitResult:
    """The parts of an address; all are empty where it cannot be parsed."""
    try:
        return urlsplit(url)
    except ValueError:  # "https://[host/"
        return SplitResult("", "", "", "", "")


def _is_private(host: str) -> bool:
    """Whether a host is this machine or an address of a private network."""
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_private
    except ValueError:
        return False


def _time_zone(name: str) -> list[str]:
    from zoneinfo import ZoneInfo, available_timezones

    with suppress(KeyError, ValueError, OSError):
        ZoneInfo(name)
        return []
    hint = did_you_mean(name, available_timezones()) or ', such as "Asia/Almaty" or "UTC"'
    return [f"site.time_zone = {name!r}: is no time zone{hint}"]


def _out_of_range(settings: Settings) -> list[str]:
    site, translation = settings.site, settings.translation
    limits: list[Limit] = [
        ("site.home_stories", site.home_stories, 1, 1000),
        ("site.page_stories", site.page_stories, 1, 1000),
        ("site.seconds_per_page", site.seconds_per_page, 0.001, 3600),
        *_summary_limits("summary", settings.summary),
    ]
    for number, topic in enumerate(settings.topics, 1):
        limits += _summary_limits(f"topics.{number}.summary", topic.summary)
    limits += [
        ("translation.beam", translation.beam, 1, 32),
        ("translation.patience", translation.patience, 1, 10),
        ("translation.length_penalty", translation.length_penalty, 0, 5),
        ("translation.repetition_penalty", translation.repetition_penalty, 1, 5),
        ("translation.no_repeat_ngram", translation.no_repeat_ngram, 0, 20),
        ("translation.max_source_words", translation.max_source_words, 1, 2000),
        ("translation.length_cap", translation.length_cap, 1, 20),
    ]
    out_of_range = [
        f"{key} = {value}: must be from {low} to {high}" for key, value, low, high in limits if not low <= value <= high
    ]
    not_finite = [
        f"{key} = {value}: must be a finite number" for key, value in _weights(settings.topics) if not isfinite(value)
    ]
    return out_of_range + not_finite


def _summary_limits(key: str, summary: Summary | None) -> list[Limit]:
    if summary is None:
        return []
    return [(f"{key}.sentences", summary.sentences, 1, 50), (f"{key}.words", summary.words, 10, 5000)]


def _weights(topics: Iterable[Topic]) -> Iterator[tuple[str, float]]:
    """(key, value) of each number in the rules of the topics."""
    for topic_number, topic in enumerate(topics, 1):
        yield f"topics.{topic_number}.threshold", topic.threshold
        for group_number, group in enumerate(topic.groups, 1):
            key = f"topics.{topic_number}.groups.{group_number}"
            yield f"{key}.weight", group.weight
            yield f"{key}.least", group.least
