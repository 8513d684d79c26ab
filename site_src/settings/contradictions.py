"""What no value shows alone: settings that contradict each other, or are out of range."""

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
    from site_src.settings import Settings, Summary, Topic, Translation

_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


def contradictions(settings: Settings) -> list[str]:
    """Each in a sentence: key, value, what is allowed."""
    site, mistakes = settings.site, []
    mistakes += [f"site.name.{lang}: is missing; each language of site.languages needs it"
                 for lang in site.languages if lang not in site.name]  # fmt: skip
    if not site.languages:
        mistakes.append("site.languages = []: must name at least one language")
    if twice := sorted({lang for lang in site.languages if site.languages.count(lang) > 1}):
        mistakes.append(f"site.languages: names {', '.join(twice)} twice")
    if site.base_url and not _is_address(site.base_url):
        mistakes.append(f"site.base_url = {site.base_url!r}: must begin with https:// and a host, and end with /")
    slugs = [topic.slug for topic in settings.topics]
    for place, topic in enumerate(settings.topics, 1):
        if slugs.index(topic.slug) != place - 1:
            mistakes.append(f"topics.{place}.slug = {topic.slug!r}: is used twice")
        if not _SLUG.fullmatch(topic.slug):
            mistakes.append(f"topics.{place}.slug = {topic.slug!r}: must be small ASCII letters, digits and hyphens")
        mistakes += [f"topics.{place}.title.{lang}: is missing; each language of site.languages needs it"
                     for lang in site.languages if lang not in topic.title]  # fmt: skip
        if not topic.groups:
            mistakes.append(f"topics.{place} ({topic.slug}): has no rules; add [[topics.groups]] with names or words")
    mistakes += _rights(settings) + _server(settings.translation) + _out_of_range(settings)
    return mistakes + _time_zone(site.time_zone) + _font(site.font)


def _rights(settings: Settings) -> list[str]:
    """A page with every sentence translated shows the whole original beside it: both settings must want that."""
    original = settings.site.original
    if settings.translation.articles == "summary" or original == "full":
        return []
    return [f'translation.articles = "full" shows whole articles, and site.original = {original!r} does not allow it: '
            'set site.original = "full" if you have the right to republish them, else translation.articles = "summary"'
            ]  # fmt: skip


def _font(name: str) -> list[str]:
    if not name or name in (known := table("fonts")["font"]):
        return []
    return [f"site.font = {name!r}: must be {' or '.join(map(repr, known))}"]


def _server(translation: Translation) -> list[str]:
    if not translation.server:
        named = "libretranslate" in translation.engines
        return ["translation.server: is missing; the engine libretranslate needs it"] if named else []
    parts = _parts(translation.server)
    if parts.scheme == "https" or (parts.scheme == "http" and _near(parts.hostname or "")):
        return []
    return [f"translation.server = {translation.server!r}: must begin with https:// (http:// only on this machine or "
            "in its own network: texts and key would travel in the open)"]  # fmt: skip


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://")) and url.endswith("/") and _parts(url).netloc != ""


def _parts(url: str) -> SplitResult:
    """The parts of an address; none of what cannot be one."""
    try:
        return urlsplit(url)
    except ValueError:  # "https://[host/"
        return SplitResult("", "", "", "", "")


def _near(host: str) -> bool:
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
    translation = settings.translation
    limits = [
        ("site.home_stories", settings.site.home_stories, 1, 1000),
        ("site.page_stories", settings.site.page_stories, 1, 1000),
        ("site.seconds_per_page", settings.site.seconds_per_page, 0.001, 3600),
        *_lengths("summary", settings.summary),
        *(
            limit
            for place, topic in enumerate(settings.topics, 1)
            for limit in _lengths(f"topics.{place}.summary", topic.summary)
        ),
        ("translation.beam", translation.beam, 1, 32),
        ("translation.patience", translation.patience, 1, 10),
        ("translation.length_penalty", translation.length_penalty, 0, 5),
        ("translation.repetition_penalty", translation.repetition_penalty, 1, 5),
        ("translation.no_repeat_ngram", translation.no_repeat_ngram, 0, 20),
        ("translation.max_source_words", translation.max_source_words, 1, 2000),
        ("translation.length_cap", translation.length_cap, 1, 20),
    ]
    return [f"{key} = {value}: must be from {low} to {high}"
            for key, value, low, high in limits if not low <= value <= high] + [
            f"{key} = {value}: must be a finite number"
            for key, value in _weights(settings.topics) if not isfinite(value)]  # fmt: skip


def _lengths(key: str, summary: Summary | None) -> list[tuple[str, float, float, float]]:
    """The limits of a summary's length: (key, value, least, most) each."""
    if summary is None:
        return []
    return [(f"{key}.sentences", summary.sentences, 1, 50), (f"{key}.words", summary.words, 10, 5000)]


def _weights(topics: Iterable[Topic]) -> Iterator[tuple[str, float]]:
    """The numbers of the topics' rules by their keys."""
    for place, topic in enumerate(topics, 1):
        yield f"topics.{place}.threshold", topic.threshold
        for number, group in enumerate(topic.groups, 1):
            yield f"topics.{place}.groups.{number}.weight", group.weight
            yield f"topics.{place}.groups.{number}.least", group.least
