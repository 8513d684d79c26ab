"""The fields of the reports of a story (title, dates, credits, address) and the editor's word on them."""

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
from site_src.serve.articles.editing import RefusedError, page_of, require_own_sidecar, story_of
from site_src.serve.articles.page_file import PageFile
from site_src.serve.articles.paragraphs import article_of
from site_src.serve.articles.rows import Member, members
from site_src.serve.articles.saving import save
from site_src.serve.articles.toml_edit import Setting, parse, settings_to_remove, settings_to_set, with_settings
from site_src.serve.desk import Desk
from site_src.text.addresses import safe_url
from site_src.translate.po import sha

KEYS = ("title", "published", "updated", "outlet", "agency", "author", "url")
"""The fields of a form, by the keys of the editor's word."""
Choice = Literal["page", "none", "own"]
"""Leave the field as the page has it; state that nobody knows it; state it in words of one's own."""

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d?:\d\d)(?::\d\d(?:\.\d+)?)?(?: ?(\S.*))?)?)?)?")
"""Year, month, day, time and zone, as far as they are written."""


class Statement(Struct, frozen=True):
    """What is stated of a field, in the terms of the form."""

    choice: Choice
    text: str

    @property
    def word(self) -> str | None:
        """The value in the editor's word; None where the editor says nothing, "" for a field that nobody knows."""
        return {"page": None, "none": "", "own": self.text}[self.choice]


class ReportForm(Struct, frozen=True):
    """The part of a sent form that concerns one report."""

    name: str
    """The report's name in `merge.toml`."""
    mark: str
    """The mark of the fields when the form was shown."""
    sent: Mapping[str, Statement]
    """By key, what the person states."""
    shown: Mapping[str, Statement]
    """By key, what the files stated when the form was shown."""


class Field(Struct, frozen=True):
    """A field of a report as the files are now."""

    key: str
    from_page: Found[Any]
    """The value without the editor's word on this article."""
    statement: Statement
    """The value that counts, and whether the editor has stated it."""
    doubts: tuple[Problem, ...] = ()
    """The doubts of the reader about the value, where the editor has stated nothing."""


class Sheet(Struct, frozen=True):
    """The fields of a report."""

    name: str
    """The report's name in `merge.toml`."""
    page: PageFile
    part: int
    article: Article
    fields: tuple[Field, ...]
    several: bool
    """Whether the page has several articles, so that the word on one of them stands under its `[[part]]`."""

    @property
    def mark(self) -> str:
        """A digest of all that a person judges the fields by: their values and the text of the article."""
        return sha(repr((self.fields, *(paragraph.text for paragraph in self.article.paragraphs))))


def sheet_of(desk: Desk, member: Member) -> Sheet:
    """The fields of a report as its files are now; raises `MujazError` where they cannot be read."""
    page = page_of(desk, member.article.file)
    return _read_sheet(member.report.name, page, member.article.part, page.raw.header)


def _read_sheet(name: str, page: PageFile, part: int, sidecar_text: str) -> Sheet:
    """The fields of an article with this text in the sidecar; raises `RefusedError` where the page lacks it."""
    parsed = page.read(sidecar_text)
    article = bare_article = article_of(parsed, part)
    several = part > 1 or len(parsed.articles) > 1
    document = parse(sidecar_text, page.sidecar.name)
    removals_by_key = {key: settings_to_remove(document, key, part, several=several) for key in KEYS}
    if removals := [*chain.from_iterable(removals_by_key.values())]:
        bare_article = article_of(page.read(with_settings(sidecar_text, removals, page.sidecar.name)), part)
    if article is None or bare_article is None:
        raise RefusedError("said_fields_conflict", file=name)
    fields = []
    for key in KEYS:
        statement = _statement_of(article, key, removals_by_key[key], page.sidecar.name)
        doubts = tuple(_doubts(bare_article, key)) if statement.choice == "page" else ()
        fields.append(Field(key, getattr(bare_article, key), statement, doubts))
    return Sheet(name, page, part, article, tuple(fields), several)


def _statement_of(article: Article, key: str, removals: Sequence[Setting], sidecar_name: str) -> Statement:
    """What is stated of a field; `removals` would remove the sidecar's word on it, and are empty without one."""
    field: Found[Any] = getattr(article, key)
    text = text_of(field)
    if not removals:
        return Statement("page", text)
    if field.value is None and not str(removals[0].before).strip():
        return Statement("none", text)
    return Statement("own" if field.where == sidecar_name else "page", text)


def text_of(field: Found[Any]) -> str:
    """The value as a form writes it: a date as far as it is known from the year down; "" for an unknown value."""
    day = field.value
    if not isinstance(day, Day):
        return day or ""
    return " ".join(filter(None, (day.iso, *((day.time, day.zone) if day.full else ()))))


def _doubts(article: Article, key: str) -> Iterator[Problem]:
    for problem in article.problems:
        concerns_title = problem.code == "doubtful-title" and key == "title"
        if concerns_title or problem.what.startswith(f"{key}: "):
            yield problem


# --- what a form states ---


def _changes(form: ReportForm) -> Iterator[tuple[str, Statement]]:
    """(key, statement) of the fields that a person changed; new words count as stated although "own" is not chosen."""
    for key, sent in form.sent.items():
        shown = form.shown[key]
        if sent.choice == shown.choice and sent.text != shown.text:
            yield key, Statement("own", sent.text)
        elif sent != shown:
            yield key, sent


def current_statements(sheet: Sheet, form: ReportForm | None) -> dict[str, Statement]:
    """By key, what the form of a report shows: the unsaved changes of `form`, and what the files state elsewhere."""
    return {field.key: field.statement for field in sheet.fields} | dict(_changes(form) if form else ())


def mistakes(forms: Sequence[ReportForm]) -> dict[tuple[str, str], str]:
    """The label of the mistake in each field that has one, by the name of the report and the key."""
    labels = {}
    for form in forms:
        for key, sent in _changes(form):
            if label := _mistake(key, sent, form.shown[key]):
                labels[form.name, key] = label
    return labels


def _mistake(key: str, sent: Statement, shown: Statement) -> str:
    """The label of what is wrong with a field; "" where nothing is."""
    if sent.choice != "own":
        return "field_both" if sent.text and sent.text != shown.text else ""
    if not sent.text:
        return "field_empty"
    if key in DAYS and not _is_day(sent.text):
        return "field_no_day"
    return "field_no_link" if key == "url" and not safe_url(sent.text) else ""


def _is_day(text: str) -> bool:
    """Whether the editor's word would be read exactly as it is written: year, month, day, time and zone."""
    match, day = _DAY.fullmatch(text), day_of(text)
    if match is None or day is None:
        return False
    year, month, date = (int(digits) if digits else None for digits in match.groups()[:3])
    time = f"{match[4]:0>5}" if match[4] else ""
    same_date = (year, month, date) == (day.year, day.month, day.day)
    return same_date and day.time == time and bool(day.zone) == bool(match[5])


# --- saving ---


def set_fields(desk: Desk, slug: str, forms: Sequence[ReportForm]) -> str:
    """Write what a person changed about the reports of a story, and return the names of the files.

    Nothing is written where any change is refused. Raises `MujazError`.
    """
    if mistakes(forms):
        raise RefusedError("said_fields_wrong")
    opened = desk.opened
    reports = {member.report.name: member for member in members(opened, story_of(opened, slug))}
    decisions = []
    for form in forms:
        changes = dict(_changes(form))
        if not changes:
            continue
        if form.name not in reports:
            raise RefusedError("said_fields_conflict", file=form.name)
        sheet = sheet_of(desk, reports[form.name])
        require_own_sidecar(sheet.page)
        decisions.append((sheet.page.sidecar, partial(_settings, sheet, form.mark, changes)))
    if not decisions:
        raise RefusedError("fields_same")
    return save(desk.steps, decisions)


def _settings(sheet: Sheet, known_mark: str, changes: Mapping[str, Statement], sidecar_text: str) -> list[Setting]:
    """The settings for the sidecar that state the changes.

    Raises `RefusedError` where the files differ from what the form showed, or where the settings would not count.
    """
    page, part = sheet.page, sheet.part
    current = _read_sheet(sheet.name, page, part, sidecar_text)
    if current.mark != known_mark:
        raise RefusedError("said_fields_conflict", file=sheet.name)
    document = parse(sidecar_text, page.sidecar.name)
    settings: list[Setting] = []
    for key, statement in changes.items():
        settings += settings_to_set(document, key, part, statement.word, several=current.several)
    after = _read_sheet(sheet.name, page, part, with_settings(sidecar_text, settings, page.sidecar.name))
    changed_fields = (field for field in after.fields if field.key in changes)
    if any(field.statement.choice != changes[field.key].choice for field in changed_fields):
        raise RefusedError("fields_elsewhere", file=page.raw.file, side=page.sidecar.name)
    return settings
