"""`site.toml`, the one configuration file: it is checked as a whole, and all mistakes are reported at once.

The structs below are the reference of keys, types and defaults. The modules that word mistakes are imported only when
there are mistakes.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, ValidationError, convert, field, msgpack

from site_src import beside, toml
from site_src.errors import SettingsError, unreadable
from site_src.version import code_version

Words = dict[str, str]
"""The same words in each language of the site: {"ar": …, "en": …}."""


class Colours(Struct, frozen=True, forbid_unknown_fields=True):
    """Colours a site may change, as `#rrggbb`; contrast is checked at build."""

    link: str = "#1b3f95"
    link_dark: str = "#a3bcff"


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes, in which languages, where."""

    name: Words = field(default_factory=lambda: {"ar": "موجز", "en": "Mujaz"})
    tagline: Words = field(default_factory=dict)
    languages: tuple[str, ...] = ("en", "ar")
    """Editions to publish; the first is x-default."""
    source_languages: tuple[str, ...] = ("ar",)
    """Languages of pages that are read; others are a named problem."""
    base_url: str = ""
    """Absolute address of the published site, ending in "/"; "": canonical, sitemap and feeds are left out."""
    time_zone: str = "UTC"
    contact: str = ""
    licence: Words = field(default_factory=dict)
    original: Literal["excerpt", "full", "none"] = "excerpt"
    unsorted: Literal["report", "site"] = "report"
    home_stories: int = 5
    """Stories per topic on the home page."""
    page_stories: int = 12
    """Stories per topic page."""
    seconds_per_page: float = 20.0
    """CPU time that reading a page, and briefing a story, may each take; a longer one is a named problem."""
    extras: tuple[Literal["names", "archive", "search", "data"], ...] = ("names", "archive", "search", "data")
    """What a site has beyond home, topics, stories and feeds; "data" is `briefing.json`."""
    colours: Colours = field(default_factory=Colours)
    font: str = ""
    """A face of `tables/fonts.toml` to ship with the site; "": readers see a face of their own system."""
    share_images: bool = False
    """Whether each story has a picture, in each edition, for what shows shared links."""


class Summary(Struct, frozen=True, forbid_unknown_fields=True):
    """Length of the summary; a topic may have its own."""

    sentences: int = 4
    words: int = 170


class Translation(Struct, frozen=True, forbid_unknown_fields=True):
    """How English is made and what of it may be published."""

    engines: tuple[Literal["argos", "firefox", "libretranslate"], ...] = ("argos",)
    """The first of them that is set up here translates."""
    server: str = ""
    """Address of the LibreTranslate server, for the engine of that name."""
    publish: Literal["approved", "checked", "all"] = "checked"
    articles: Literal["summary", "full"] = "summary"
    """What of an article is translated: title and summary, or every sentence, which needs `original = "full"`."""
    beam: int = 4
    patience: float = 2.0
    """Above 1, so that beam search does not stop at the first ended hypotheses."""
    length_penalty: float = 0.2
    repetition_penalty: float = 1.1
    no_repeat_ngram: int = 4
    max_source_words: int = 200
    """A longer sentence is left pending rather than cut silently."""
    length_cap: float = 3.0
    """Most target tokens for each source token (and 20 more): a model that loops stops there, and the sentence is
    withheld. English seldom needs twice the tokens of its Arabic."""
    models: str = "models"
    """Folder of installed packages, relative to the site; looked in before the user's Argos folder."""


class TopicGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """One condition of a topic: its members are names (ids of `names.toml`) and Arabic words, folded alike."""

    need: Literal["all", "any", "may", "none"] = "any"
    """"all": every member must occur; "any": one must; "may": none must, but each adds; "none": each takes off."""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weight: float = 1.0
    """Score of a mention of a member, falling with its distance from the lead (see `topics`); "none" takes it off."""
    least: float = 0.0
    """What the group must score for the story to qualify at all: how much the story is about its members."""


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """A heading of the briefing and the rules that put stories under it."""

    slug: str
    title: Words
    nav: Words = field(default_factory=dict)
    """Shorter title for the navigation; the title where absent."""
    description: Words = field(default_factory=dict)
    threshold: float = 3.0
    groups: tuple[TopicGroup, ...] = ()
    summary: Summary | None = None


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All of `site.toml`."""

    site: Site = field(default_factory=Site)
    summary: Summary = field(default_factory=Summary)
    translation: Translation = field(default_factory=Translation)
    topics: tuple[Topic, ...] = ()

    def tells(self, topics: Collection[str]) -> bool:
        """Whether a story with these topics (slugs) is on the site; without a topic of the site, `unsorted` decides."""
        return self.site.unsorted == "site" or any(topic.slug in topics for topic in self.topics)

    def topic(self, slug: str) -> Topic | None:
        """The topic of this slug."""
        return next((topic for topic in self.topics if topic.slug == slug), None)


def load_settings(path: Path) -> Settings:
    """The settings of the file at `path`; settings without mistakes are cached for the next start.

    Raises `SettingsError` with every mistake: line, key, value, what is allowed.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise unreadable(path, error) from error
    cache_file, made_from = beside.FOLDER / "settings", code_version() + text.encode()
    packed = beside.left(cache_file, made_from)
    if packed is not None:
        return msgpack.decode(packed, type=Settings)
    settings = parse_settings(text, str(path))
    beside.leave(cache_file, made_from, msgpack.encode(settings))
    return settings


def refused(path: Path, mistakes: Iterable[str]) -> SettingsError:
    """The error to raise for mistakes in the file at `path` that only other files of the site show."""
    return toml.refused(path.read_text("utf-8-sig"), str(path), mistakes)


def _mistakes(raw: dict[str, Any]) -> list[str]:
    """The mistakes in settings of which some values have the wrong type: these, and those of all other values.

    A contradiction is left out if it involves a value of the wrong type.
    """
    from site_src.settings.contradictions import contradictions
    from site_src.settings.mistakes import key_of, mistakes_in, without

    wrong_types = mistakes_in(raw, Settings)
    try:
        settings = convert(without(raw, wrong_types), Settings)
    except ValidationError:  # a required key is missing, or has a value of the wrong type
        return wrong_types
    wrong_keys = [key_of(mistake) for mistake in wrong_types]
    return wrong_types + [
        mistake for mistake in contradictions(settings)
        if not any(key in mistake or key.startswith(f"{key_of(mistake)}.") for key in wrong_keys)
    ]  # fmt: skip


def parse_settings(text: str, file: str = "site.toml") -> Settings:
    """The settings that `text` (TOML) states, the rest at its defaults; raises `SettingsError`."""
    from site_src.settings.contradictions import contradictions

    raw = toml.read_toml(text, file)
    try:
        settings = convert(raw, Settings)
    except ValidationError as error:
        raise toml.refused(text, file, _mistakes(raw)) from error
    if mistakes := contradictions(settings):
        raise toml.refused(text, file, mistakes)
    return settings
