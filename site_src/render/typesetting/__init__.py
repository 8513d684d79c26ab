"""The template environment: strict, escaped, and telling in its errors file, line and page.

`rewriting` and `compiling` make Python of a template, `bytecode` keeps it for the next process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from markupsafe import Markup

from site_src.errors import MujazError
from site_src.model.fields import Day
from site_src.render.dates import day_words, machine_date
from site_src.render.labels import Labels, Language, escaped, load_labels, marked, markup, special
from site_src.render.runs import cut, has_words, tidy
from site_src.render.typesetting.bytecode import compiled
from site_src.render.typesetting.compiling import Templates

_MACROS = "macros.html"
_MISTAKES = (TemplateError, TypeError, AttributeError, KeyError, ValueError)
"""What a mistake in a template becomes when it is filled."""

OPEN = Markup("\0")
"""Stands for words that a form is told later."""


class Typesetter:
    """Turns text into markup through the templates; every template is compiled once."""

    def __init__(self, folders: Iterable[Path]):
        self.folders = tuple(folders)
        self._environment = Templates(map(str, self.folders), compiled())
        try:
            self._macros = self._environment.get_template(_MACROS).module
        except _MISTAKES as error:
            raise self._mistake(error, _MACROS) from error
        self.labels = lru_cache(partial(load_labels, self.folders))
        # Both editions of a story, and its place in lists, set the same texts within a short time.
        self.say = lru_cache(4096)(self._say)
        self.form = lru_cache(4096, typed=True)(self._form)
        # A fragment is a pure function of its words, and dates, names and facts come again on page after page.
        # Markup and text of the same letters stay two.
        self.macro = lru_cache(65536, typed=True)(self.fragment)
        self.isolation = lru_cache(64)(self._isolation)
        self.time = lru_cache(4096)(self._time)

    def _say(self, text: str, language: Language) -> Markup:
        """Foreign text, escaped, its runs of the other script isolated; it is to stand in a node of `language`."""
        return self._set(tidy(text), language)

    def lines(self, texts: Sequence[str], language: Language) -> list[str]:
        """Each of the texts as `say` gives it: in one go, since no run goes beyond a line, unless one has lines."""
        text = "\n".join(texts)
        said = str.split(self._set(text if "".join(texts).isprintable() else tidy(text), language), "\n")
        return said if len(said) == len(texts) else [self._say(text, language) for text in texts]

    def _set(self, text: str, language: Language) -> Markup:
        pieces = cut(text, language.direction)
        if len(pieces) == 1:
            return escaped(text)
        whole = [""] * (2 * len(pieces) - 1)
        whole[::2] = map(marked, pieces) if special(text) else pieces
        whole[1::4], whole[3::4] = self._around(pieces[1::2], language)
        return markup("".join(whole))

    def _around(self, runs: Sequence[str], language: Language) -> tuple[list[str], list[str]]:
        """What stands before each of the runs of a text, and what after it."""
        direction = language.direction
        if direction == "rtl" and has_words("".join(runs), direction):
            words, figures = self.isolation(language, True), self.isolation(language, False)
            around = [words if has_words(run, direction) else figures for run in runs]
            return [before for before, _ in around], [after for _, after in around]
        before, after = self.isolation(language, direction == "ltr")
        return [before] * len(runs), [after] * len(runs)

    def isolated(self, run: str, language: Language) -> Markup:
        """A run of another direction for a line of a language."""
        before, after = self.isolation(language, has_words(run, language.direction))
        return markup(f"{before}{escaped(run)}{after}")

    def _isolation(self, language: Language, words: bool) -> tuple[str, str]:
        """What the macro `isolate`, the one way a run of another direction enters a line, puts before and after it."""
        other = "ltr" if language.direction == "rtl" else "rtl"
        name, foreign = "isolate", language.foreign if words else ""
        around = str(self.fragment(name, OPEN, foreign, other)).split(OPEN)
        macro = self._macro(name)
        if len(around) != 2 or macro.arguments[0] not in macro.printed:
            what = "must print the text that it is given, once and as it is"
            raise MujazError(f"{self._file()}: the macro {name} {what}.")
        return around[0], around[1]

    def _form(self, name: str, *words: Any) -> Callable[..., str]:
        """A macro that is still to be told, in their order, the words that are `OPEN`: markup that is not empty.

        Where it only prints them, it is followed once, and then they are put where it printed them.
        """
        macro = self._macro(name)
        places = [place for place, word in enumerate(words) if word is OPEN]
        if not macro.printed.issuperset([macro.arguments[place] for place in places]):
            return lambda *told: self.fragment(name, *_told(words, dict(zip(places, map(markup, told), strict=True))))
        numbers = {place: markup(f"\0{number}\0") for number, place in enumerate(places)}
        around = re.split("\0([0-9]+)\0", str(self.fragment(name, *_told(words, numbers))))
        return _joining(around[::2], [int(number) for number in around[1::2]])

    def fragment(self, name: str, *words: Any) -> Markup:
        """The markup that a macro of `macros.html` makes of words; `macro` keeps it, for words that can be hashed.

        Raises `MujazError` naming file and line.
        """
        try:
            made: Markup = self._macro(name)(*words)
        except _MISTAKES as error:
            raise self._mistake(error, self._file()) from error
        return made

    def _macro(self, name: str) -> Any:
        if not hasattr(self._macros, name):
            raise MujazError(f"{self._file()}: the macro {name} is missing; take it over from the shipped {_MACROS}.")
        return getattr(self._macros, name)

    def _file(self) -> str:
        return str(self._environment.get_template(_MACROS).filename)

    def _time(self, day: Day, labels: Labels) -> Markup:
        """A day in the words of an edition, as a `time` element."""
        machine, words = machine_date(day), day_words(day, labels)
        if not machine:
            return self.fragment("time", machine, words)
        return markup(self.form("time", OPEN, OPEN)(machine, words))

    def fill(self, template: str, words: Mapping[str, Any], page: str) -> str:
        """A filled template. Raises `MujazError` naming template, line and page."""
        try:
            return self._environment.fill(template, words)
        except _MISTAKES as error:
            raise self._mistake(error, template, f" (while making {page})") from error

    def _mistake(self, error: Exception, template: str, page: str = "") -> MujazError:
        if isinstance(error, TemplateSyntaxError):
            return MujazError(f"{error.filename or error.name}, line {error.lineno}: {error.message}")
        from jinja2.debug import rewrite_traceback_stack

        rewrite_traceback_stack()  # names the lines of templates in place of those made of them
        return MujazError(f"{self._place(error, template)}: {error}{page}")

    def _place(self, error: Exception, template: str) -> str:
        """Template and line of the deepest frame that lies in a template folder."""
        from traceback import extract_tb

        places = [frame for frame in extract_tb(error.__traceback__)
                  if any(Path(frame.filename).is_relative_to(folder) for folder in self.folders)]  # fmt: skip
        return f"{places[-1].filename}, line {places[-1].lineno}" if places else template


def _told(words: tuple[Any, ...], told: Mapping[int, Markup]) -> list[Any]:
    """The words, some of them exchanged by their place."""
    return [told.get(place, word) for place, word in enumerate(words)]


def _joining(pieces: Sequence[str], order: Sequence[int]) -> Callable[..., str]:
    """What puts words, by their numbers, between the pieces of a text; one or two of them in the quickest way."""
    if order == [0]:
        before, after = pieces
        return lambda word: f"{before}{word}{after}"
    if order in ([0, 1], [1, 0]):
        before, between, after = pieces
        if order == [0, 1]:
            return lambda first, second: f"{before}{first}{between}{second}{after}"
        return lambda first, second: f"{before}{second}{between}{first}{after}"
    plain = [piece.replace("{", "{{").replace("}", "}}") for piece in pieces]
    places = (f"{{{number}}}{piece}" for number, piece in zip(order, plain[1:], strict=True))
    return "".join((plain[0], *places)).format
