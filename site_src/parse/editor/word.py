"""The editor's word: what `NAME.toml` beside a file, or the header inside it, says; it overrides what was read.

Both hold the same keys (TOML); `NAME.toml` counts before the header. Every key is optional:

    title = "..."            also: outlet, agency, author, url, aggregator. "" says that nobody knows.
    published = 2025-11-08   also: updated, event, saved. A TOML date, or a string with a date in words.
    sources = ["..."]        further sources that the page credits
    topics = ["slug"]        instead of the topics that the rules find
    lang = "ar"              the language of the article
    slug = "..."             the story's address
    note = "..."             a remark of the desk
    drop = ["words"]         paragraphs or lines that begin with these words are left out
    keep = ["words"]         lines that begin with these words are text, whatever they look like
                             (a number in `drop` or `keep` is that line of the file)
    split = ["words"]        a further article begins at the line that begins with these words, and nowhere else
    split = false            the page is one article
    [gloss]                  "Arabic words" = "English that the desk wrote for them"
    [[part]]                 one table for each article of the page, in its order, with the keys above except `split`

Other names of a key that the simple header knows ("date", "source", "الكاتب") will do as well.
In a page of several articles `title`, `slug`, `url` and the dates belong in `[[part]]`; the other keys above the first
`[[part]]` are for all of them. A key that does not exist, a value of the wrong type, and words that no line begins with
are problems that say so.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from site_src.errors import did_you_mean
from site_src.model.fields import UNDATED, Day, Found
from site_src.model.report import Problem
from site_src.parse.editor.header import is_foreign, key_of, names_of
from site_src.parse.lines import Line, changed
from site_src.text.fold import fold
from site_src.text.patterns import late
from site_src.text.stated_days import stated_day

TEXTS = ("title", "outlet", "agency", "author", "url", "aggregator")
DAYS = ("published", "updated", "event", "saved")
LISTS = ("sources", "topics", "drop", "keep", "split")
KEYS = (*TEXTS, *DAYS, *LISTS, "lang", "slug", "note", "gloss", "part")

_HINTS = 2000
_YEAR = late(r"1[6-9]\d\d|20\d\d")
_LANG = re.compile("([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_SLUG = re.compile("(?!.{201})(?:[a-z0-9]+(?:-[a-z0-9]+)*)?")
_TODO = "correct it; the rest of the file's word counts"

Table = dict[str, Any]


class Entry(NamedTuple):
    """What one key says."""

    value: Any
    where: str
    """Where it says so, as `Source.where`."""


Said = dict[str, Entry]
"""By its key, what is said of the page, or of one part."""


class Source(Struct, frozen=True, gc=False):
    """A text in which the editor has said something."""

    file: str
    where: str
    """Its name in what is found: "NAME.toml", or "header"."""
    above: int
    """Lines of the file above the text."""
    text: str
    tables: tuple[Table, ...]
    """What it says as TOML: of the page, and of each part."""

    def fault(self, number: int, name: str, what: str, todo: str = _TODO) -> Problem:
        """A mistake in what the key `name` says in the table of that number."""
        from site_src.toml.lines import line_of, lines_of

        name, what = (f"part.{number}.{name}", f"part {number}: {what}") if number else (name, what)
        line = self.above + line_of(lines_of(self.text), name)
        return Problem(self.file, "editors-word", what, todo, line)


class Word(Struct, frozen=True, gc=False):
    """All that the editor says of one file."""

    sources: tuple[Source, ...] = ()
    """`NAME.toml` before the header of the page."""
    page: Said = {}
    parts: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()

    def lists(self, key: str) -> tuple[Any, ...]:
        """The words under `drop`, `keep` or `split`, of the page and of all its parts."""
        lists = [said[key].value for said in (self.page, *self.parts) if key in said]
        return tuple([words for value in lists if value is not False for words in value])

    @property
    def states_language(self) -> bool:
        """Whether the editor says in which language any of it is written."""
        return any("lang" in said for said in (self.page, *self.parts))

    @property
    def states_title(self) -> bool:
        """Whether the editor says what the page is called."""
        return "title" in self.page

    @property
    def splits(self) -> bool | None:
        """Whether the editor says where articles begin; None where nothing is said of it."""
        return self.page["split"].value is not False if "split" in self.page else None


def read_word(file: str, beside: str, inside: str, inside_line: int) -> Word:
    """What `NAME.toml` (its text `beside`) and the header (`inside`, TOML) say of the page `file`."""
    if not (beside or inside):
        return Word()
    path = f"{file.rpartition('.')[0]}.toml"
    problems: list[Problem] = []
    sources: list[Source] = []
    for said_in, where, above, text in ((path, path.rsplit("/", 1)[-1], 0, beside),
                                        (file, "header", inside_line - 1, inside)):  # fmt: skip
        if text.strip():
            table, faults = _table(text, said_in, above)
            problems += faults
            sources.append(Source(said_in, where, above, text, (table, *_parts(table))))
    said: list[Said] = [{} for _ in range(max((len(source.tables) for source in sources), default=1))]
    for source in sources:
        for number, table in enumerate(source.tables):
            problems += _gathered(said[number], source, table, number)
    return Word(tuple(sources), said[0], tuple(said[1:]), tuple(problems))


def _table(text: str, file: str, offset: int) -> tuple[Table, list[Problem]]:
    import tomllib

    try:
        return tomllib.loads(text), []
    except (tomllib.TOMLDecodeError, RecursionError):
        from site_src.toml.mistake import toml_mistake

        mistake, todo = toml_mistake(text, offset), "correct it; until then nothing of it counts"
        return {}, [Problem(file, "editors-word", f"is not TOML: {mistake.what}", todo, mistake.line)]


def _gathered(into: Said, source: Source, table: Table, number: int) -> Iterator[Problem]:
    """Enter each key with its value in the form used here, unless an earlier source did; a problem where none can be.

    `number` is that of the table in the source.
    """
    allowed = [known for known in KEYS if not number or known not in ("split", "part")]
    for name, value in table.items():
        key = key_of(name)
        if key == "part" and not number:
            if value != _parts(table):
                yield source.fault(number, name, "part: must be [[part]] tables")
        elif key not in allowed and source.where == "header" and is_foreign(name):
            continue
        elif key not in allowed:
            hint = did_you_mean(key, names_of(allowed), f"the keys are {', '.join(allowed)}")
            yield source.fault(number, name, f"{key}: there is no such key{hint}")
        elif (usable := _usable(key, value)) is None:
            yield source.fault(number, name, f"{key} = {value!r}: must be {_WANTED.get(key, 'a string')}")
        else:
            into.setdefault(key, Entry(usable, source.where))


def _parts(table: Table) -> list[Table]:
    """The `[[part]]` tables; none where they have another shape."""
    parts = table.get("part", [])
    return parts if isinstance(parts, list) and all(isinstance(part, dict) for part in parts) else []


_WANTED = {
    **dict.fromkeys(DAYS, 'a date, such as 2025-11-08 or "8 نوفمبر 2025"'),
    **dict.fromkeys(LISTS, "an array of strings"),
    "split": "an array of strings, or false",
    "gloss": "a table of strings",
    "lang": 'the code of a language, such as "ar"',
    "slug": "small ASCII letters, digits and hyphens, at most 200",
    "url": 'an address that a page can link to, such as "https://example.org/a", or ""',
}


def _usable(key: str, value: Any) -> Any:
    """The value in the form that is used here; None for one of another type or shape."""
    if key in DAYS:
        return _day(value)
    if key == "gloss":
        words = isinstance(value, dict) and all(isinstance(word, str) for word in value.values())
        return tuple(value.items()) if words else None
    if key == "lang":
        code = _LANG.fullmatch(value) if isinstance(value, str) else None
        return code[1].lower() if code else "" if value == "" else None
    if key in LISTS:
        if key == "split" and (value is False or value == "false"):
            return False
        value = [value] if isinstance(value, str) else value
        kinds = (str, int) if key in ("drop", "keep") else str
        listed = isinstance(value, list) and all(isinstance(one, kinds) and one for one in value)
        return tuple(value) if listed else None
    if key == "url" and isinstance(value, str) and value.strip():
        from site_src.text.addresses import safe_url

        return value if safe_url(value) else None
    return value if isinstance(value, str) and (key != "slug" or _SLUG.fullmatch(value)) else None


def _day(value: Any) -> Found[Day] | None:
    if isinstance(value, str) and not value.strip():
        return UNDATED
    day = day_of(str(value)) if isinstance(value, (str, datetime.date)) else None
    return Found(day, "editor", str(value)) if day else None


def day_of(said: str) -> Day | None:
    """The day that a value states, be it a year and a month or, as only an editor means it, a year alone."""
    year = _YEAR.fullmatch(fold(said).strip())
    return Day(int(year[0]), None, None) if year else stated_day(said)


def places(wanted: Iterable[str | int], lines: Sequence[Line]) -> dict[int, str | int]:
    """The place of each line that begins with wanted words, or stands on a wanted line of the file."""
    starts = [(one, fold(one) if isinstance(one, str) else one) for one in wanted]
    found: dict[int, str | int] = {}
    for place, line in enumerate(lines if starts else ()):
        head = fold(line.text)
        for one, start in starts:
            if line.line == start if isinstance(start, int) else head.startswith(start):
                found[place] = one
    return found


def kept(word: Word, lines: list[Line]) -> list[Line]:
    """The lines of the page, those that the editor keeps marked so."""
    return changed(lines, places(word.lists("keep"), lines), kept=True)


def without_dropped(word: Word, lines: list[Line]) -> list[Line]:
    """The paragraphs of the page, those that the editor drops made junk."""
    return changed(lines, places(word.lists("drop"), lines), sort="junk", rule="editor")


def forced_starts(word: Word, lines: Sequence[Line]) -> frozenset[int] | None:
    """The places at which the editor says that an article begins; None where the rules decide."""
    return None if word.splits is None else frozenset(places(word.lists("split"), lines))


def unmatched(word: Word, raw: Sequence[Line], lines: Sequence[Line]) -> list[Problem]:
    """A problem for all that `keep` says of no line of the page, `drop` and `split` of none of its paragraphs."""
    problems = []
    for key, among in (("keep", raw), ("drop", lines), ("split", lines)):
        if wanted := word.lists(key):
            used = set(places(wanted, among).values())
            problems += [_unmatched(word, key, one, among) for one in wanted if one not in used]
    return problems


def _unmatched(word: Word, key: str, one: str | int, lines: Sequence[Line]) -> Problem:
    from difflib import get_close_matches

    if isinstance(one, int):
        what = f"{key}: {one}: nothing begins on this line of the page"
    else:
        count = one.count(" ") + 1
        starts = {" ".join(line.text.split(" ", count)[:count]): line.line for line in lines[:_HINTS]}
        near = get_close_matches(one, starts, 1, 0.6)
        hint = f"; did you mean {near[0]!r} (line {starts[near[0]]})?" if near else ""
        what = f"{key}: {one!r}: no line of the page begins so{hint}"
    source, number, name = next(_stating(word, key, one))
    return source.fault(number, name, what, "copy the first words of the line as they stand")


def _stating(word: Word, key: str, one: str | int) -> Iterator[tuple[Source, int, str]]:
    """Where a list of the editor's names one thing: the source, the number of its table, and the name there."""
    for source in word.sources:
        for number, table in enumerate(source.tables):
            for name, value in table.items():
                if key_of(name) == key and one in (said := _usable(key, value) or ()):
                    yield source, number, f"{name}.{said.index(one) + 1}"
