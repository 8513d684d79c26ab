"""The press: settings, labels and templates of one site, and the frame that every page shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import bidirectional

from markupsafe import Markup
from msgspec import Struct, field
from msgspec.structs import replace

from site_src.model.fields import Day
from site_src.model.names import Name
from site_src.model.output import Page
from site_src.render.labels import NOTHING, Labels, Language, escaped, markup
from site_src.render.runs import reading, tidy
from site_src.render.typesetting import OPEN, Typesetter
from site_src.settings import Settings
from site_src.text.languages import direction_of

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What a page may load and do: only what lies beside it."""


class Press(Struct, frozen=True):
    """What is the same for every page of a site."""

    typesetter: Typesetter
    settings: Settings
    labels: Mapping[str, Labels]
    languages: Mapping[str, Language]
    """The languages of the site, and of sources that have a label file."""
    until: Mapping[str, Markup]
    """The "data until" day of each edition; "" where no page states one."""
    menus: Mapping[str, tuple[tuple[str, str, str], ...]]
    """(path below the edition, words, section) of each edition's navigation."""
    firsts: Mapping[str, frozenset[tuple[str, str]]]
    """(path below the edition, section) of each edition's navigation."""
    documents: frozenset[str]
    """Names of the site's own pages, with language: "about.en"."""
    frames: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """What pages of one edition that are equally deep have in common, by edition and root."""
    drawn: dict[tuple[str, str, str, bool], Markup] = field(default_factory=dict)
    """Menus, by edition, root, section, and whether they stand on the first page of the section."""

    @property
    def editions(self) -> tuple[str, ...]:
        """Languages of the site, the first is x-default."""
        return self.settings.site.languages

    def language(self, code: str) -> Language:
        """What is known of a language; for one without a label file, its direction."""
        if known := self.languages.get(code):
            return known
        direction = direction_of(code)
        return Language(code, code, direction, "en" if direction == "rtl" else "ar")

    def say(self, text: str, code: str) -> Markup:
        """Foreign text for a node of the language `code`."""
        return self.typesetter.say(text, self.languages.get(code) or self.language(code))

    def lines(self, texts: Sequence[str], code: str) -> list[str]:
        """Each of the texts as `say` gives it, not yet marked as markup."""
        return self.typesetter.lines(texts, self.language(code))

    def quote(self, text: str, code: str, page: str) -> Markup:
        """Text of the language `code` for a line of a page in `page`: isolated and named where the two differ."""
        if code == page:
            return self.say(text, code)
        return self.phrase(self.language(code), self.say(text, code))

    def cite(self, text: str, page: str) -> Markup:
        """Words as somebody wrote them, for a line of a page in `page`: whole, in whatever language they begin.

        Never cut at their own digits or marks, which would part "3 محطات", or turn round an English remark.
        """
        language, text = self.language(page), tidy(text)
        direction = reading(text)
        if not text or direction == language.direction or (not direction and language.direction == "ltr"):
            return self.say(text, page)
        return self.quote(text, language.foreign, page) if direction else self.typesetter.isolated(text, language)

    def phrase(self, language: Language, words: Markup) -> Markup:
        """Words of a language for a line of a page in another; nothing stays nothing."""
        isolate = self.typesetter.form("isolate", OPEN, language.code, language.direction)
        return markup(isolate(words)) if words else words

    def attributes(self, language: Language, code: str) -> Markup:
        """`lang` and `dir` of a node of a language on a page in `code`; none where they are the page's."""
        return self.typesetter.macro("attributes", language, self.language(code))

    def words(self, words: Mapping[str, str], code: str) -> str:
        """The site's own words in a language; those of another edition where they are missing."""
        return tidy(words.get(code) or next((words[lang] for lang in self.editions if words.get(lang)), ""))

    def name_words(self, name: Name, code: str) -> tuple[str, str]:
        """What to call a name in an edition, and in which language that is."""
        language = self.language(code)
        return (name.ar, "ar") if (language.direction == "rtl" and name.ar) or not name.en else (name.en, "en")

    def page(self, template: str, path: str, words: Mapping[str, Any], editions: Sequence[str] = ()) -> str:
        """One page of an edition at `path`; `editions` are those that have it, all unless given."""
        code, _, rest = path.partition("/")
        frame = self.frame(code, path, markup("../" * path.count("/")))
        frame["alternates"] = [(self.languages[other], escaped(f"{other}/{rest}"))
                               for other in editions or self.editions]  # fmt: skip
        frame |= words
        frame |= {name: escaped(frame[name]) for name in ("title", "description", "path")}
        frame["menu"] = self._menu(code, path, frame["root"], frame["section"])
        frame["views"] = self.typesetter.macro("views", self.labels[code]) if frame["views"] else NOTHING
        return self.typesetter.fill(template, frame, path)

    def frame(self, code: str, path: str, root: str) -> dict[str, Any]:
        """What `base.html` needs; a page adds `title` and may set `section` and `description`."""
        if (code, root) not in self.frames:
            self.frames[code, root] = self._frame(code, root)
        return self.frames[code, root] | {"path": path}

    def _frame(self, code: str, root: str) -> dict[str, Any]:
        labels, site = self.labels[code], self.settings.site
        return {
            "L": labels, "lang": labels.language, "root": root, "base": escaped(site.base_url),
            "policy": escaped(POLICY),
            "site_name": escaped(self.words(site.name, code)), "font": site.font,
            "section": "", "until": self.until[code], "structured": "", "feed": "", "menu": "",
            "description": labels.description,
            "alternates": [], "views": False, "default": self.editions[0], "og_type": "website", "picture": None,
            "mark": self.typesetter.macro("mark", self.wordmark, f"{root}{code}/index.html"),
            "footer": self._footer(code, root),
        }  # fmt: skip

    @property
    def wordmark(self) -> tuple[tuple[Language, str], ...]:
        """The site's name in each language, left to right first, so that it never moves between editions.

        A name that is the same in both stands once, as of the language that runs as its letters do.
        """
        named: dict[str, list[Language]] = {}
        for code in self.editions[:2]:
            named.setdefault(self.words(self.settings.site.name, code), []).append(self.languages[code])
        marks = [(_running_as(name, languages), name) for name, languages in named.items()]
        return tuple(sorted(marks, key=lambda mark: mark[0].direction))

    def _menu(self, code: str, path: str, root: str, section: str) -> Markup:
        itself = (path.removeprefix(f"{code}/"), section) in self.firsts[code]
        key = code, root, section, itself
        if key not in self.drawn:
            words = self.labels[code], self.menus[code], root, section, "page" if itself else "true"
            self.drawn[key] = self.typesetter.fragment("menu", *words)
        return self.drawn[key]

    def _footer(self, code: str, root: str) -> Markup:
        site = self.settings.site
        tagline, licence = self.words(site.tagline, code), self.words(site.licence, code)
        about = f"about.{code}" in self.documents
        return self.typesetter.macro("footer", self.labels[code], root, tagline, licence, tidy(site.contact), about,
                                     bool(site.base_url), "data" in site.extras)  # fmt: skip

    def text_page(self, path: str, template: str, words: Mapping[str, Any]) -> Page:
        """A filled template as an output file."""
        return Page(path, self.typesetter.fill(template, words, path).encode())

    def time(self, day: Day, code: str) -> Markup:
        """A day in the words of an edition, as a `time` element."""
        return self.typesetter.time(day, self.labels[code])


def _running_as(name: str, languages: Sequence[Language]) -> Language:
    """The first of the languages whose direction is that of the name's first letter, else the first."""
    sides = {"L": "ltr", "R": "rtl", "AL": "rtl"}
    side = next((sides[kind] for kind in map(bidirectional, name) if kind in sides), "")
    return next((language for language in languages if language.direction == side), languages[0])


def open_press(
    typesetter: Typesetter, settings: Settings, source: str, until: Day | None, documents: Iterable[str]
) -> Press:
    """The press of a site whose stories are written in `source`. Raises what `load_labels` raises."""
    labels = typesetter.labels(settings.site.languages)
    languages = {code: one.language for code, one in labels.items()}
    if source not in languages and any((folder / f"labels/{source}.toml").is_file() for folder in typesetter.folders):
        languages[source] = typesetter.labels((source,))[source].language
    press = Press(typesetter, settings, labels, languages, {}, {}, {}, frozenset(documents))
    days = {code: press.time(until, code) if until else NOTHING for code in settings.site.languages}
    menus = {code: _entries(press, code) for code in labels}
    firsts = {code: frozenset((there, key) for there, _, key in menu) for code, menu in menus.items()}
    return replace(press, until=days, menus=menus, firsts=firsts)


def _entries(press: Press, code: str) -> tuple[tuple[str, str, str], ...]:
    """The navigation of an edition, as `Press.menus` has it."""
    labels, site = press.labels[code], press.settings.site
    topics = [(f"topics/{topic.slug}/index.html", press.words(topic.nav or topic.title, code), topic.slug)
              for topic in press.settings.topics]  # fmt: skip
    extras = {
        "names": ("names/index.html", labels.people_places, "names"),
        "archive": ("archive/index.html", labels.archive, "archive"),
        "search": ("search/index.html", labels.search, "search"),
    }
    return (("index.html", labels.home, "home"), *topics, *(extras[key] for key in extras if key in site.extras))
