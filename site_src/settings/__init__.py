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
    """Languages of the pages that are read; a page in another language is a problem."""
    base_url: str = ""
    """Absolute address of the site, ending in "/"; with "", there are no canonical links, sitemap or feeds."""
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
    """CPU time in seconds for reading a page, and for summarising a story; one that takes longer is a problem."""
    extras: tuple[Literal["names", "archive", "search", "data"], ...] = ("names", "archive", "search", "data")
    """What the site has besides home, topics, stories and feeds; "data" is `briefing.json`."""
    colours: Colours = field(default_factory=Colours)
    font: str = ""
    """A font of `tables/fonts.toml` to ship with the site; "" uses a font of the reader's system."""
    share_images: bool = False
    """Whether each story has a picture in each edition for sites that show shared links."""


class Summary(Struct, frozen=True, forbid_unknown_fields=True):
    """Length of the summary; a topic may have its own."""

    sentences: int = 4
    words: int = 170


class Translation(Struct, frozen=True, forbid_unknown_fields=True):
    """How translations are made, and which of them may be published."""

    engines: tuple[Literal["argos", "firefox", "libretranslate"], ...] = ("argos",)
    """The first one that is set up on this machine translates."""
    server: str = ""
    """Address of the LibreTranslate server, for the engine of that name."""
    publish: Literal["approved", "checked", "all"] = "checked"
    articles: Literal["summary", "full"] = "summary"
    """What is translated of an article: title and summary, or every sentence, which needs `original = "full"`."""
    beam: int = 4
    patience: float = 2.0
    """Above 1, beam search does not stop at the first hypotheses that end."""
    length_penalty: float = 0.2
    repetition_penalty: float = 1.1
    no_repeat_ngram: int = 4
    max_source_words: int = 200
    """A longer sentence is left pending rather than cut silently."""
    length_cap: float = 3.0
    """How many target tokens are allowed for each source token (plus 20): a model that repeats itself stops there, and
    the sentence is withheld. English seldom needs twice the tokens of its Arabic."""
    models: str = "models"
    """Folder of installed packages, relative to the site; it is searched before the user's Argos folder."""


class TopicGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """One condition of a topic: its members are names (ids of `names.toml`) and Arabic words, folded alike."""

    need: Literal["all", "any", "may", "none"] = "any"
    """"all": every member must occur; "any": one must; "may": a member adds to the score; "none": it subtracts."""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weight: float = 1.0
    """Score for a mention of a member; it is multiplied by the weight of the place of the mention (see `topics`)."""
    least: float = 0.0
    """The least score of the group with which a story qualifies."""


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
