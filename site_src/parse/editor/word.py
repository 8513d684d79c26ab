"""The editor's word: what `NAME.toml` beside a file, or the header inside it, says. It overrides what was read.

Both are TOML with the same keys; `NAME.toml` takes precedence over the header. Every key is optional:

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
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from site_src.errors import did_you_mean
from site_src.model.fields import UNDATED, Day, Found
from site_src.model.report import Problem
from site_src.parse.editor.header import is_foreign, key_of, names_of
from site_src.text.fold import fold
from site_src.text.patterns import late
from site_src.text.stated_days import stated_day

TEXTS = ("title", "outlet", "agency", "author", "url", "aggregator")
"""Keys whose value is a text that stands in place of a field."""
DAYS = ("published", "updated", "event", "saved")
"""Keys whose value is a date."""
LISTS = ("sources", "topics", "drop", "keep", "split")
"""Keys whose value is an array."""
KEYS = (*TEXTS, *DAYS, *LISTS, "lang", "slug", "note", "gloss", "part")

_YEAR = late(r"1[6-9]\d\d|20\d\d")
_LANG = re.compile("([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_SLUG = re.compile("(?!.{201})(?:[a-z0-9]+(?:-[a-z0-9]+)*)?")
_WHAT_TO_DO = "correct it; the rest of the file's word counts"

Table = dict[str, Any]


class Entry(NamedTuple):
    """The value of one key."""

    value: Any
    where: str
    """The source that gives it, as `Source.where`."""


Entries = dict[str, Entry]
"""Each key to its value, for the page or for one part."""


class Source(Struct, frozen=True, gc=False):
    """A text that holds a word of the editor."""

    file: str
    where: str
    """Its name in the evidence of a field: "NAME.toml", or "header"."""
    above: int
    """The number of lines of the file above the text."""
    text: str
    tables: tuple[Table, ...]
    """Its TOML: the table of the page, then one of each part."""

    def fault(self, number: int, name: str, what: str, todo: str = _WHAT_TO_DO) -> Problem:
        """The problem of the key `name` in a table: number 0 is that of the page, 1 that of the first part."""
        from site_src.toml.lines import line_of, lines_of

        name, what = (f"part.{number}.{name}", f"part {number}: {what}") if number else (name, what)
        line = self.above + line_of(lines_of(self.text), name)
        return Problem(self.file, "editors-word", what, todo, line)


class Word(Struct, frozen=True, gc=False):
    """All that the editor says of one file."""

    sources: tuple[Source, ...] = ()
    """`NAME.toml` before the header of the page."""
    page: Entries = {}
    parts: tuple[Entries, ...] = ()
    problems: tuple[Problem, ...] = ()

    def lists(self, key: str) -> tuple[Any, ...]:
        """The entries under `drop`, `keep` or `split`, of the page and of all its parts."""
        values = [entries[key].value for entries in (self.page, *self.parts) if key in entries]
        return tuple([entry for value in values if value is not False for entry in value])

    @property
    def states_language(self) -> bool:
        """Whether the editor states the language of the page or of a part."""
        return any("lang" in entries for entries in (self.page, *self.parts))

    @property
    def states_title(self) -> bool:
        """Whether the editor states the title of the page."""
        return "title" in self.page

    @property
    def splits(self) -> bool | None:
        """Whether the editor says where articles begin; False for `split = false`, None where nothing is said of it."""
        return self.page["split"].value is not False if "split" in self.page else None


def read_word(file: str, beside: str, inside: str, inside_line: int) -> Word:
    """The word of `NAME.toml` (its text `beside`) and of the header (`inside`, TOML) on the page `file`.

    The header begins on the 1-based line `inside_line` of the file.
    """
    if not (beside or inside):
        return Word()
    path = f"{file.rpartition('.')[0]}.toml"
    problems: list[Problem] = []
    sources: list[Source] = []
    for source_file, where, above, text in ((path, path.rsplit("/", 1)[-1], 0, beside),
                                            (file, "header", inside_line - 1, inside)):  # fmt: skip
        if text.strip():
            table, mistakes = _table(text, source_file, above)
            problems += mistakes
            sources.append(Source(source_file, where, above, text, (table, *_part_tables(table))))
    part_count = max((len(source.tables) - 1 for source in sources), default=0)
    page: Entries = {}
    parts: list[Entries] = [{} for _ in range(part_count)]
    for source in sources:
        for number, table in enumerate(source.tables):
            problems += _enter_keys(parts[number - 1] if number else page, source, table, number)
    return Word(tuple(sources), page, tuple(parts), tuple(problems))


def _table(text: str, file: str, above: int) -> tuple[Table, list[Problem]]:
    """The TOML of a text below so many lines of a file; an empty table and a problem if it is none."""
    import tomllib

    try:
        return tomllib.loads(text), []
    except (tomllib.TOMLDecodeError, RecursionError):
        from site_src.toml.mistake import toml_mistake

        mistake, todo = toml_mistake(text, above), "correct it; until then nothing of it counts"
        return {}, [Problem(file, "editors-word", f"is not TOML: {mistake.what}", todo, mistake.line)]


def _enter_keys(entries: Entries, source: Source, table: Table, number: int) -> Iterator[Problem]:
    """Enter each key of a table that no earlier source gives, its value in the form used here; yield the mistakes.

    `number` is that of the table in the source: 0 for the page, from 1 for the parts.
    """
    allowed = [key for key in KEYS if not number or key not in ("split", "part")]
    for name, value in table.items():
        key = key_of(name)
        if key == "part" and not number:
            if value != _part_tables(table):
                yield source.fault(number, name, "part: must be [[part]] tables")
        elif key not in allowed and source.where == "header" and is_foreign(name):
            continue
        elif key not in allowed:
            hint = did_you_mean(key, names_of(allowed), f"the keys are {', '.join(allowed)}")
            yield source.fault(number, name, f"{key}: there is no such key{hint}")
        elif (usable := usable_value(key, value)) is None:
            yield source.fault(number, name, f"{key} = {value!r}: must be {_EXPECTED.get(key, 'a string')}")
        else:
            entries.setdefault(key, Entry(usable, source.where))


def _part_tables(table: Table) -> list[Table]:
    """The `[[part]]` tables; none where they have another shape."""
    parts = table.get("part", [])
    return parts if isinstance(parts, list) and all(isinstance(part, dict) for part in parts) else []


_EXPECTED = {
    **dict.fromkeys(DAYS, 'a date, such as 2025-11-08 or "8 نوفمبر 2025"'),
    **dict.fromkeys(LISTS, "an array of strings"),
    "split": "an array of strings, or false",
    "gloss": "a table of strings",
    "lang": 'the code of a language, such as "ar"',
    "slug": "small ASCII letters, digits and hyphens, at most 200",
    "url": 'an address that a page can link to, such as "https://example.org/a", or ""',
}
"""What the value of each key must be; a string for other keys."""


def usable_value(key: str, value: Any) -> Any:
    """The value of a key in the form that is used here; None for one of another type or shape."""
    if key in DAYS:
        return _usable_day(value)
    if key == "gloss":
        is_usable = isinstance(value, dict) and all(isinstance(gloss, str) for gloss in value.values())
        return tuple(value.items()) if is_usable else None
    if key == "lang":
        code = _LANG.fullmatch(value) if isinstance(value, str) else None
        return code[1].lower() if code else "" if value == "" else None
    if key in LISTS:
        return _usable_list(key, value)
    if not isinstance(value, str):
        return None
    if key == "url" and value.strip():
        from site_src.text.addresses import safe_url

        return value if safe_url(value) else None
    return value if key != "slug" or _SLUG.fullmatch(value) else None


def _usable_list(key: str, value: Any) -> tuple[str | int, ...] | bool | None:
    """The entries of a list; a single string is a list of one; False for `split = false`, None for another type."""
    if key == "split" and (value is False or value == "false"):
        return False
    entries = [value] if isinstance(value, str) else value
    types = (str, int) if key in ("drop", "keep") else str
    if not isinstance(entries, list) or not all(isinstance(entry, types) and entry for entry in entries):
        return None
    return tuple(entries)


def _usable_day(value: Any) -> Found[Day] | None:
    """The day that a value states; an undated field for an empty string, None for what states no day."""
    if isinstance(value, str) and not value.strip():
        return UNDATED
    day = day_of(str(value)) if isinstance(value, (str, datetime.date)) else None
    return Found(day, "editor", str(value)) if day else None


def day_of(value: str) -> Day | None:
    """The day that an editor's value states; unlike on a page, it may be a year alone."""
    year = _YEAR.fullmatch(fold(value).strip())
    return Day(int(year[0]), None, None) if year else stated_day(value)
