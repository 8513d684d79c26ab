"""What the reports of a story state of themselves, and the editor's word on it: title, dates, credits, address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Literal

from msgspec import Struct

from site_src.model.fields import Day, Found
from site_src.model.page import Article
from site_src.model.report import Problem
from site_src.parse.editor.word import DAYS, day_of
from site_src.serve.articles.editing import RefusedError, own_word, page_of, story_of
from site_src.serve.articles.page_file import PageFile
from site_src.serve.articles.paragraphs import article_of
from site_src.serve.articles.rows import Member, members
from site_src.serve.articles.saving import save
from site_src.serve.articles.toml_edit import Setting, parse, restated, stated, with_settings
from site_src.serve.desk import Desk
from site_src.text.addresses import safe_url
from site_src.translate.po import sha

KEYS = ("title", "published", "updated", "outlet", "agency", "author", "url")
"""The fields of a form, by the keys of the editor's word."""
Choice = Literal["page", "none", "own"]
"""Leave it as the page has it; say that nobody knows it; say it in words of one's own."""

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d?:\d\d)(?::\d\d(?:\.\d+)?)?(?: ?(\S.*))?)?)?)?")


class Said(Struct, frozen=True):
    """What is said of a field."""

    choice: Choice
    text: str

    @property
    def word(self) -> str | None:
        """The editor's word that says it; None for none."""
        return {"page": None, "none": "", "own": self.text}[self.choice]


class Told(Struct, frozen=True):
    """What a form says of a report, and what it showed."""

    name: str
    mark: str
    said: Mapping[str, Said]
    shown: Mapping[str, Said]


class Field(Struct, frozen=True):
    """A field of a report as the files are now."""

    key: str
    page: Found[Any]
    """As its page has it, without the editor's own word on this article."""
    said: Said
    """What counts, and by whose word."""
    doubts: tuple[Problem, ...] = ()
    """What the reader found doubtful in it, where nobody has settled it."""


class Sheet(Struct, frozen=True):
    """The fields of a report."""

    name: str
    """Its name in `merge.toml`."""
    page: PageFile
    part: int
    article: Article
    fields: tuple[Field, ...]
    several: bool
    """Whether its page has several articles, so that what is said of one stands under `[[part]]`."""

    @property
    def mark(self) -> str:
        """A digest of all that a person judges the fields by."""
        return sha(repr((self.fields, *(one.text for one in self.article.paragraphs))))


def sheet_of(desk: Desk, report: Member) -> Sheet:
    """The fields of a report as its files are now; raises `MujazError` where they cannot be read."""
    page = page_of(desk, report.article.file)
    return _sheet(report.report.name, page, report.article.part, page.raw.header)


def _sheet(name: str, page: PageFile, part: int, beside: str) -> Sheet:
    """The fields of an article with this text beside its page; raises `RefusedError` where the page has none such."""
    parsed = page.read(beside)
    article = bare = article_of(parsed, part)
    several = part > 1 or len(parsed.articles) > 1
    document = parse(beside, page.side.name)
    own = {key: stated(document, key, part, several=several) for key in KEYS}
    if gone := [*chain.from_iterable(own.values())]:
        bare = article_of(page.read(with_settings(beside, gone, page.side.name)), part)
    if article is None or bare is None:
        raise RefusedError("said_fields_conflict", file=name)
    said = {key: _said_of(article, key, own[key], page.side.name) for key in KEYS}
    doubts = {key: tuple(_doubts(bare, key)) if said[key].choice == "page" else () for key in KEYS}
    fields = tuple(Field(key, getattr(bare, key), said[key], doubts[key]) for key in KEYS)
    return Sheet(name, page, part, article, fields, several)


def _said_of(article: Article, key: str, own: Sequence[Setting], side: str) -> Said:
    found: Found[Any] = getattr(article, key)
    text = text_of(found)
    if own and found.value is None and not str(own[0].before).strip():
        return Said("none", text)
    return Said("own" if own and found.where == side else "page", text)


def text_of(found: Found[Any]) -> str:
    """The value as a form writes it: of a day what is known from the year down; "" for what is unknown."""
    day = found.value
    if not isinstance(day, Day):
        return day or ""
    return " ".join(filter(None, (day.iso, *((day.time, day.zone) if day.full else ()))))


def _doubts(article: Article, key: str) -> Iterator[Problem]:
    for one in article.problems:
        if (one.code == "doubtful-title" and key == "title") or one.what.startswith(f"{key}: "):
            yield one


# --- what a form says ---


def _changes(told: Told) -> Iterator[tuple[str, Said]]:
    """The fields that a person changed: words that are typed over those shown are meant, whatever is chosen."""
    for key, said in told.said.items():
        shown = told.shown[key]
        if said.choice == shown.choice and said.text != shown.text:
            yield key, Said("own", said.text)
        elif said != shown:
            yield key, said


def over(sheet: Sheet, told: Told | None) -> dict[str, Said]:
    """What the form of a report shows: what counts, and over it what was typed and is not saved."""
    return {field.key: field.said for field in sheet.fields} | dict(_changes(told) if told else ())


def mistakes(forms: Sequence[Told]) -> dict[tuple[str, str], str]:
    """The label of what is wrong with a field, by report and key."""
    found = {(form.name, key): _mistake(key, said, form.shown[key]) for form in forms for key, said in _changes(form)}
    return {place: mistake for place, mistake in found.items() if mistake}


def _mistake(key: str, said: Said, shown: Said) -> str:
    """The label of what is wrong with a field; "" for nothing."""
    if said.choice != "own":
        return "field_both" if said.text and said.text != shown.text else ""
    if not said.text:
        return "field_empty"
    if key in DAYS and not _is_day(said.text):
        return "field_no_day"
    return "field_no_link" if key == "url" and not safe_url(said.text) else ""


def _is_day(text: str) -> bool:
    """Whether all of it is read as it is written: year, month, day, time and zone, as far as they are told."""
    told, day = _DAY.fullmatch(text), day_of(text)
    if told is None or day is None:
        return False
    parts = tuple(int(part) if part else None for part in told.groups()[:3])
    time = f"{told[4]:0>5}" if told[4] else ""
    return parts == (day.year, day.month, day.day) and day.time == time and bool(day.zone) == bool(told[5])


# --- saving ---


def set_fields(desk: Desk, slug: str, forms: Sequence[Told]) -> str:
    """Write what a person changed of the reports of a story; gives the names of the files.

    Nothing is written where any of it cannot be. Raises `MujazError`.
    """
    if mistakes(forms):
        raise RefusedError("said_fields_wrong")
    opened = desk.opened
    there = {one.report.name: one for one in members(opened, story_of(opened, slug))}
    decisions = []
    for form in forms:
        if not (changes := dict(_changes(form))):
            continue
        if form.name not in there:
            raise RefusedError("said_fields_conflict", file=form.name)
        sheet = sheet_of(desk, there[form.name])
        decisions.append((own_word(sheet.page).side, partial(_settings, sheet, form.mark, changes)))
    if not decisions:
        raise RefusedError("fields_same")
    return save(desk.steps, decisions)


def _settings(sheet: Sheet, known: str, changes: Mapping[str, Said], beside: str) -> list[Setting]:
    """The settings that make it so where the files say what the page knew; raises `RefusedError`."""
    page, part = sheet.page, sheet.part
    now = _sheet(sheet.name, page, part, beside)
    if now.mark != known:
        raise RefusedError("said_fields_conflict", file=sheet.name)
    document = parse(beside, page.side.name)
    made = [one for key, said in changes.items()
            for one in restated(document, key, part, said.word, several=now.several)]  # fmt: skip
    after = _sheet(sheet.name, page, part, with_settings(beside, made, page.side.name))
    if any(one.said.choice != changes[one.key].choice for one in after.fields if one.key in changes):
        raise RefusedError("fields_elsewhere", file=page.raw.file, side=page.side.name)
    return made
