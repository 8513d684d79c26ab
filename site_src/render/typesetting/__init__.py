"""The template environment: strict, with everything escaped; its errors name file, line and page.

`rewriting` and `compiling` turn a template into Python, `bytecode` keeps that for the next process.
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
from site_src.render.labels import Labels, Language, escaped, load_labels, markup, needs_escaping, page_text
from site_src.render.runs import has_words, split_runs, tidy
from site_src.render.typesetting.bytecode import open_template_cache
from site_src.render.typesetting.compiling import Templates

_MACROS = "macros.html"
_MISTAKES = (TemplateError, TypeError, AttributeError, LookupError, ValueError, ArithmeticError, RecursionError)
"""What a mistake in a template raises when the template is filled."""

OPEN = Markup("\0")
"""Stands for an argument that a form is given later."""


class Typesetter:
    """Turns text into markup through the templates; every template is compiled once."""

    def __init__(self, folders: Iterable[Path]):
        self.folders = tuple(folders)
        self._environment = Templates(map(str, self.folders), open_template_cache())
        try:
            self._macros = self._environment.get_template(_MACROS).module
        except _MISTAKES as error:
            raise self._mistake(error, _MACROS) from error
        self.labels = lru_cache(partial(load_labels, self.folders))
        # Both editions of a story, and the lists that it stands in, set the same texts within a short time.
        self.say = lru_cache(4096)(self._say)
        self.form = lru_cache(4096, typed=True)(self._form)
        # A fragment is a pure function of its arguments, and dates, names and facts come again on page after page.
        # Typed, so that markup and text of the same letters are told apart.
        self.macro = lru_cache(65536, typed=True)(self.fragment)
        self.isolation = lru_cache(64)(self._isolation)
        self.time = lru_cache(4096)(self._time)

    def _say(self, text: str, language: Language) -> Markup:
        """Foreign text for a node of `language`: escaped, its runs of the other script isolated."""
        return self._isolate_runs(tidy(text), language)

    def lines(self, texts: Sequence[str], language: Language) -> list[str]:
        """Each of the texts as `say` gives it.

        All are set at once, as the lines of one text, since no run goes beyond a line. A text that has lines of its own
        has all of them set one by one.
        """
        text = "\n".join(texts)
        lines = str.split(self._isolate_runs(text if "".join(texts).isprintable() else tidy(text), language), "\n")
        return lines if len(lines) == len(texts) else [self._say(text, language) for text in texts]

    def _isolate_runs(self, text: str, language: Language) -> Markup:
        """The text, escaped, each of its foreign runs between what isolates it."""
        runs = split_runs(text, language.direction)  # own and foreign in turn
        if len(runs) == 1:
            return escaped(text)
        pieces = [""] * (2 * len(runs) - 1)  # own run, before, foreign run, after, own run, ...
        pieces[::2] = map(page_text, runs) if needs_escaping(text) else runs
        pieces[1::4], pieces[3::4] = self._isolations(runs[1::2], language)
        return markup("".join(pieces))

    def _isolations(self, foreign_runs: Sequence[str], language: Language) -> tuple[list[str], list[str]]:
        """The markup before each of the foreign runs of a text, and the markup after each."""
        direction = language.direction
        if direction == "rtl" and has_words("".join(foreign_runs), direction):
            of_words, of_figures = self.isolation(language, True), self.isolation(language, False)
            isolations = [of_words if has_words(run, direction) else of_figures for run in foreign_runs]
            return [before for before, _ in isolations], [after for _, after in isolations]
        before, after = self.isolation(language, direction == "ltr")
        return [before] * len(foreign_runs), [after] * len(foreign_runs)

    def isolated(self, run: str, language: Language) -> Markup:
        """A run of the other direction, isolated for a line of `language`."""
        before, after = self.isolation(language, has_words(run, language.direction))
        return markup(f"{before}{escaped(run)}{after}")

    def _isolation(self, language: Language, with_words: bool) -> tuple[str, str]:
        """The markup that the macro `isolate` prints before and after a run of the other direction.

        `with_words`: the run has words, whose language is named, and not figures alone.
        """
        other_direction = "ltr" if language.direction == "rtl" else "rtl"
        name, lang = "isolate", language.foreign if with_words else ""
        around = str(self.fragment(name, OPEN, lang, other_direction)).split(OPEN)
        macro = self._macro(name)
        if len(around) != 2 or macro.arguments[0] not in macro.printed:
            what = "must print the text that it is given, once and as it is"
            raise MujazError(f"{self._file()}: the macro {name} {what}.")
        return around[0], around[1]

    def _form(self, name: str, *arguments: Any) -> Callable[..., str]:
        """A macro with some of its arguments; the rest, which are `OPEN` here, are passed to the form in their order.

        Those must be markup that is not empty. If the macro only prints them, it is called once here, and the form puts
        them where it printed them.
        """
        macro = self._macro(name)
        open_places = [place for place, argument in enumerate(arguments) if argument is OPEN]
        if not macro.printed.issuperset([macro.arguments[place] for place in open_places]):
            return lambda *words: self.fragment(
                name, *_replace_at(arguments, dict(zip(open_places, map(markup, words), strict=True)))
            )
        numbers = {place: markup(f"\0{number}\0") for number, place in enumerate(open_places)}
        pieces = re.split("\0([0-9]+)\0", str(self.fragment(name, *_replace_at(arguments, numbers))))
        return _interleave(pieces[::2], [int(number) for number in pieces[1::2]])

    def fragment(self, name: str, *arguments: Any) -> Markup:
        """What a macro of `macros.html` prints; `macro` is the same with a memory, for arguments that can be hashed.

        Raises `MujazError` naming file and line.
        """
        try:
            printed: Markup = self._macro(name)(*arguments)
        except _MISTAKES as error:
            raise self._mistake(error, self._file()) from error
        return printed

    def _macro(self, name: str) -> Any:
        if not hasattr(self._macros, name):
            raise MujazError(f"{self._file()}: the macro {name} is missing; take it over from the shipped {_MACROS}.")
        return getattr(self._macros, name)

    def _file(self) -> str:
        return str(self._environment.get_template(_MACROS).filename)

    def _time(self, day: Day, labels: Labels) -> Markup:
        """A day in the words of an edition, as a `time` element; without the element if no full day is stated."""
        machine_words, words = machine_date(day), day_words(day, labels)
        if not machine_words:
            return self.fragment("time", machine_words, words)
        return markup(self.form("time", OPEN, OPEN)(machine_words, words))

    def fill(self, template: str, variables: Mapping[str, Any], page: str) -> str:
        """A template filled with `variables`; `page` is for errors. Raises `MujazError` naming file, line and page."""
        try:
            return self._environment.fill(template, variables)
        except _MISTAKES as error:
            raise self._mistake(error, template, f" (while making {page})") from error

    def _mistake(self, error: Exception, template: str, page: str = "") -> MujazError:
        if isinstance(error, TemplateSyntaxError):
            return MujazError(f"{error.filename or error.name}, line {error.lineno}: {error.message}")
        from jinja2.debug import rewrite_traceback_stack

        rewrite_traceback_stack()  # names the lines of templates, not those of the Python that they became
        kind = "" if isinstance(error, TemplateError) else f"{type(error).__name__}: "
        return MujazError(f"{self._error_place(error, template)}: {kind}{error}{page}")

    def _error_place(self, error: Exception, template: str) -> str:
        """File and line of the deepest frame that lies in a template folder; the template if none does."""
        from traceback import extract_tb

        frames = [frame for frame in extract_tb(error.__traceback__)
                  if any(Path(frame.filename).is_relative_to(folder) for folder in self.folders)]  # fmt: skip
        return f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else template


def _replace_at(arguments: tuple[Any, ...], replacements: Mapping[int, Markup]) -> list[Any]:
    """The arguments, those at some places replaced."""
    return [replacements.get(place, argument) for place, argument in enumerate(arguments)]


def _interleave(pieces: Sequence[str], order: Sequence[int]) -> Callable[..., str]:
    """A function that puts words between the pieces of a text; `order` gives the number of the word after each piece.

    One word or two are put there by an f-string, the quickest way.
    """
    if order == [0]:
        before, after = pieces
        return lambda word: f"{before}{word}{after}"
    if order in ([0, 1], [1, 0]):
        before, between, after = pieces
        if order == [0, 1]:
            return lambda first, second: f"{before}{first}{between}{second}{after}"
        return lambda first, second: f"{before}{second}{between}{first}{after}"
    first, *others = [piece.replace("{", "{{").replace("}", "}}") for piece in pieces]
    return "".join((first, *(f"{{{number}}}{piece}" for number, piece in zip(order, others, strict=True)))).format
