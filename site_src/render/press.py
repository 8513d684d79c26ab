"""The press: the settings, labels and templates of one site, and the frame that all its pages share."""

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
from site_src.render.runs import first_direction, tidy
from site_src.render.typesetting import OPEN, Typesetter
from site_src.settings import Settings
from site_src.text.languages import direction_of

POLICY = markup(
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The content security policy of pages: a page may load only what lies beside it, and send nothing.

It is markup, as single quotes need no escaping between double ones, and the preview looks for them as they are.
"""


class Press(Struct, frozen=True):
    """What is the same for every page of a site."""

    typesetter: Typesetter
    settings: Settings
    labels: Mapping[str, Labels]
    languages: Mapping[str, Language]
    """The languages of the site, and the language of the sources if it has a label file."""
    until: Mapping[str, Markup]
    """The "data until" day of each edition; "" where no page states one."""
    menus: Mapping[str, tuple[tuple[str, str, str], ...]]
    """(path below the edition, words, section) of each entry of an edition's menu."""
    first_pages: Mapping[str, frozenset[tuple[str, str]]]
    """(path below the edition, section) of each page that an edition's menu leads to."""
    documents: frozenset[str]
    """Names of the site's own pages, with language: "about.en"."""
    frames: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """What the pages of one edition and depth have in common, by (edition, root)."""
    menu_markup: dict[tuple[str, str, str, bool], Markup] = field(default_factory=dict)
    """Menus as markup, by (edition, root, section, whether the page is the first of the section)."""

    @property
    def editions(self) -> tuple[str, ...]:
        """Languages of the site; the first is the default (`x-default`)."""
        return self.settings.site.languages

    def language(self, code: str) -> Language:
        """The language of a code; for one without a label file only its direction is known."""
        if language := self.languages.get(code):
            return language
        direction = direction_of(code)
        return Language(code, code, direction, "en" if direction == "rtl" else "ar")

    def say(self, text: str, code: str) -> Markup:
        """Foreign text for a node of the language `code`: escaped, its runs of the other script isolated."""
        return self.typesetter.say(text, self.languages.get(code) or self.language(code))

    def lines(self, texts: Sequence[str], code: str) -> list[str]:
        """Each of the texts as `say` gives it, but of type `str`."""
        return self.typesetter.lines(texts, self.language(code))

    def quote(self, text: str, code: str, page: str) -> Markup:
        """Text of the language `code` for a line of a page in `page`; isolated, with its language, if they differ."""
        if code == page:
            return self.say(text, code)
        return self.phrase(self.language(code), self.say(text, code))

    def cite(self, text: str, page: str) -> Markup:
        """Words as somebody wrote them, for a line of a page in `page`: one run of the direction in which they begin.

        Unlike other text they are not cut at their digits and marks: that would part "3 محطات", or set an English
        remark in the wrong order.
        """
        language, text = self.language(page), tidy(text)
        direction = first_direction(text)
        fits_line = direction == language.direction or (not direction and language.direction == "ltr")
        if fits_line or not text:
            return self.say(text, page)
        return self.quote(text, language.foreign, page) if direction else self.typesetter.isolated(text, language)

    def phrase(self, language: Language, words: Markup) -> Markup:
        """Words of a language, isolated for a line of a page in another; "" stays ""."""
        isolate = self.typesetter.form("isolate", OPEN, language.code, language.direction)
        return markup(isolate(words)) if words else words

    def attributes(self, language: Language, code: str) -> Markup:
        """`lang` and `dir` for a node of a language on a page in `code`; "" where they are the page's."""
        return self.typesetter.macro("attributes", language, self.language(code))

    def words(self, words: Mapping[str, str], code: str) -> str:
        """The site's own words in a language, from a setting; where they are missing, those of another edition."""
        return tidy(words.get(code) or next((words[lang] for lang in self.editions if words.get(lang)), ""))

    def name_words(self, name: Name, code: str) -> tuple[str, str]:
        """(form of a name in an edition, language of that form)."""
        prefers_arabic = self.language(code).direction == "rtl" and name.ar
        if prefers_arabic or not name.en:
            return name.ar, "ar"
        return name.en, "en"

    def page(self, template: str, path: str, variables: Mapping[str, Any], editions: Sequence[str] = ()) -> str:
        """The page at `path`, which begins with its edition; `editions` are those that have the page, () for all."""
        code, _, path_below = path.partition("/")
        frame = self.frame(code, path, markup("../" * path.count("/")))
        frame["alternates"] = [(self.languages[edition], escaped(f"{edition}/{path_below}"))
                               for edition in editions or self.editions]  # fmt: skip
        frame |= variables
        frame |= {name: escaped(frame[name]) for name in ("title", "description", "path")}
        frame["menu"] = self._menu(code, path, frame["root"], frame["section"])
        frame["views"] = self.typesetter.macro("views", self.labels[code]) if frame["views"] else NOTHING
        return self.typesetter.fill(template, frame, path)

    def frame(self, code: str, path: str, root: str) -> dict[str, Any]:
        """The variables of `base.html`, but for `title`, which a page adds; it may replace others."""
        if (code, root) not in self.frames:
            self.frames[code, root] = self._frame(code, root)
        return self.frames[code, root] | {"path": path}

    def _frame(self, code: str, root: str) -> dict[str, Any]:
        labels, site = self.labels[code], self.settings.site
        return {
            "L": labels, "lang": labels.language, "root": root, "base": escaped(site.base_url),
            "policy": POLICY, "site_name": escaped(self.words(site.name, code)), "font": site.font,
            "section": "", "until": self.until[code], "structured": "", "feed": "", "menu": "",
            "description": labels.description,
            "alternates": [], "views": False, "default": self.editions[0], "og_type": "website", "picture": None,
            "mark": self.typesetter.macro("mark", self.wordmark, f"{root}{code}/index.html"),
            "footer": self._footer(code, root),
        }  # fmt: skip

    @property
    def wordmark(self) -> tuple[tuple[Language, str], ...]:
        """(language, site's name in it), left to right first, so that the name never moves between editions.

        A name that is the same in both languages stands once, with the language whose direction is that of its letters.
        """
        languages_by_name: dict[str, list[Language]] = {}
        for code in self.editions[:2]:
            languages_by_name.setdefault(self.words(self.settings.site.name, code), []).append(self.languages[code])
        marks = [(_language_of(name, languages), name) for name, languages in languages_by_name.items()]
        return tuple(sorted(marks, key=lambda mark: mark[0].direction))

    def _menu(self, code: str, path: str, root: str, section: str) -> Markup:
        is_first_page = (path.removeprefix(f"{code}/"), section) in self.first_pages[code]
        key = code, root, section, is_first_page
        if key not in self.menu_markup:
            current = "page" if is_first_page else "true"
            self.menu_markup[key] = self.typesetter.fragment(
                "menu", self.labels[code], self.menus[code], root, section, current
            )
        return self.menu_markup[key]

    def _footer(self, code: str, root: str) -> Markup:
        site = self.settings.site
        tagline, licence = self.words(site.tagline, code), self.words(site.licence, code)
        about = f"about.{code}" in self.documents
        return self.typesetter.macro("footer", self.labels[code], root, tagline, licence, tidy(site.contact), about,
                                     bool(site.base_url), "data" in site.extras)  # fmt: skip

    def text_page(self, path: str, template: str, variables: Mapping[str, Any]) -> Page:
        """A filled template as the output file at `path`."""
        return Page(path, self.typesetter.fill(template, variables, path).encode())

    def time(self, day: Day, code: str) -> Markup:
        """A day in the words of an edition, as a `time` element."""
        return self.typesetter.time(day, self.labels[code])


def _language_of(name: str, languages: Sequence[Language]) -> Language:
    """The first of the languages whose direction is that of the name's first letter, else the first."""
    directions = {"L": "ltr", "R": "rtl", "AL": "rtl"}
    direction = next((directions[kind] for kind in map(bidirectional, name) if kind in directions), "")
    return next((language for language in languages if language.direction == direction), languages[0])


def open_press(
    typesetter: Typesetter, settings: Settings, source: str, until: Day | None, documents: Iterable[str]
) -> Press:
    """The press of a site whose stories are written in `source`. Raises what `load_labels` raises.

    `until` is the "data until" day, `documents` are the names of the site's own pages.
    """
    labels = typesetter.labels(settings.site.languages)
    languages = {code: edition_labels.language for code, edition_labels in labels.items()}
    if source not in languages and any((folder / f"labels/{source}.toml").is_file() for folder in typesetter.folders):
        languages[source] = typesetter.labels((source,))[source].language
    press = Press(
        typesetter, settings, labels, languages, until={}, menus={}, first_pages={}, documents=frozenset(documents)
    )
    days = {code: press.time(until, code) if until else NOTHING for code in settings.site.languages}
    menus = {code: _menu_entries(press, code) for code in labels}
    first_pages = {code: frozenset((path, section) for path, _, section in menu) for code, menu in menus.items()}
    return replace(press, until=days, menus=menus, first_pages=first_pages)


def _menu_entries(press: Press, code: str) -> tuple[tuple[str, str, str], ...]:
    """The menu of an edition, as in `Press.menus`."""
    labels, site = press.labels[code], press.settings.site
    topics = [(f"topics/{topic.slug}/index.html", press.words(topic.nav or topic.title, code), topic.slug)
              for topic in press.settings.topics]  # fmt: skip
    extras = {
        "names": ("names/index.html", labels.people_places, "names"),
        "archive": ("archive/index.html", labels.archive, "archive"),
        "search": ("search/index.html", labels.search, "search"),
    }
    return (("index.html", labels.home, "home"), *topics, *(extras[key] for key in extras if key in site.extras))
