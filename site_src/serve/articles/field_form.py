"""The desk's form for the fields of the reports of a story: how it is shown, and how it is read when it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from msgspec import Struct

from site_src.errors import MujazError
from site_src.model.fields import Day, Found
from site_src.parse.editor.word import DAYS
from site_src.render.credits import borrowed
from site_src.serve.articles.editing import story_of
from site_src.serve.articles.fields import (
    KEYS,
    Choice,
    Field,
    ReportForm,
    Sheet,
    Statement,
    current_statements,
    mistakes,
    sheet_of,
    text_of,
)
from site_src.serve.articles.forms import Fields, WrongFormError, one_line
from site_src.serve.articles.rows import Member, members
from site_src.serve.articles.screens import Screen

_LINE = "line "
_CHOICES: tuple[Choice, ...] = get_args(Choice)


class Row(Struct, frozen=True):
    """A field of a report in the form."""

    field: Field
    statement: Statement
    """What the form holds: what counts, or what was typed and is not saved."""
    page_value: str
    """The value that the page states, as a form writes it, or else the page's own words."""
    where: str
    """Where the page states it, or that it does not."""
    words: str
    """The words of the page that the value was read from, where they differ from it."""
    mistake: str = ""
    """What is wrong with what was typed."""

    @property
    def is_day(self) -> bool:
        """Whether it is a date."""
        return self.field.key in DAYS


class Section(Struct, frozen=True):
    """The part of the form for one report."""

    name: str
    """The report's name in `merge.toml`."""
    file: str
    typed: str
    """What was typed and is not saved, each field on its line."""
    error: str = ""
    """Why the fields cannot be shown, if they cannot."""
    mark: str = ""
    rows: Sequence[Row] = ()


def read_form(fields: Fields) -> tuple[ReportForm, ...]:
    """The reports in a form as it was sent; raises `WrongFormError`."""
    names, marks = fields.values("report"), fields.values("mark")
    if fields.act != "fields" or not names or len(names) != len(marks):
        raise WrongFormError
    numbered = enumerate(zip(names, marks, strict=True))
    # A report whose fields could not be shown was sent without a mark.
    return tuple(_read_report(fields, name, mark, str(number)) for number, (name, mark) in numbered if mark)


def _read_report(fields: Fields, name: str, mark: str, number: str) -> ReportForm:
    sent, shown = {}, {}
    for key in KEYS:
        choice, _, text = fields.value(f"was-{key}-{number}").partition(" ")
        shown[key] = _statement(choice, text)
        sent[key] = _statement(fields.value(f"choice-{key}-{number}"), fields.value(f"{key}-{number}"))
    for key, statement in sent.items():
        was_refused = bool(fields.value(f"again-{key}-{number}"))
        if was_refused and statement.choice != "own" and not statement.text:
            sent[key] = Statement(statement.choice, shown[key].text)  # the person has deleted the refused words
    return ReportForm(name, mark, sent, shown)


def _statement(choice: str, text: str) -> Statement:
    known: Choice | None = next((known for known in _CHOICES if known == choice), None)
    if known is None:
        raise WrongFormError
    return Statement(known, one_line(text))


def typed_words(forms: Sequence[ReportForm]) -> str:
    """All words that were typed, each field on its line, for where the form itself can no longer be shown."""
    return "\n".join(
        statement.text
        for form in forms
        for key, statement in form.sent.items()
        if statement.text != form.shown[key].text
    )


def fields_screen(screen: Screen, slug: str, forms: Sequence[ReportForm] | None) -> bytes:
    """The form of a story; `forms` is what was typed there and is not saved, if anything."""
    opened = screen.desk.opened
    story = story_of(opened, slug)
    lead = story.lead
    brief = next((brief for brief in opened.briefs if brief.story.slug == story.slug), None)
    unsaved, mistake_labels = {form.name: form for form in forms or ()}, mistakes(forms or ())
    sections = [
        _section(screen, member, unsaved.get(member.report.name), mistake_labels) for member in members(opened, story)
    ]
    lenders = borrowed(lead)
    lent = [(key, text_of(getattr(lead, key)), lenders[key]) for key in KEYS if key in lenders]
    title = (brief.title.value if brief else None) or story.slug
    return screen.fill("fields", slug=story.slug, title=title, title_lang=lead.lang, sections=sections, lent=lent)


def _section(
    screen: Screen, member: Member, form: ReportForm | None, mistake_labels: Mapping[tuple[str, str], str]
) -> Section:
    name, file, typed = member.report.name, member.article.file, typed_words([form]) if form else ""
    try:
        sheet = sheet_of(screen.desk, member)
    except MujazError as error:
        return Section(name, file, typed, error=screen.message(error))
    return Section(name, file, typed, mark=sheet.mark, rows=list(_rows(screen, sheet, form, mistake_labels)))


def _rows(
    screen: Screen, sheet: Sheet, form: ReportForm | None, mistake_labels: Mapping[tuple[str, str], str]
) -> Iterator[Row]:
    statements = current_statements(sheet, form)
    for field in sheet.fields:
        label = mistake_labels.get((sheet.name, field.key), "")
        page_value = text_of(field.from_page) or field.from_page.words
        where, words = _evidence(screen, sheet, field.from_page)
        yield Row(field, statements[field.key], page_value, where, words, screen.words[label] if label else "")


def _evidence(screen: Screen, sheet: Sheet, field: Found[Any]) -> tuple[str, str]:
    """(where the page states a value, the words that it was read from where they differ from it)."""
    labels, place = screen.words, field.where
    if field.status == "unknown":
        return labels["not_stated"], ""
    if place.startswith(_LINE):
        where = labels["line"].format(n=place.removeprefix(_LINE))
    elif place == sheet.page.sidecar.name:
        where = labels["for_whole_page"].format(side=place)
    elif place == "header":
        where = labels["in_header"]
    else:
        where = labels["in_markup"].format(where=place)
    if field.status == "inferred":
        where += f" · {labels['inferred']}"
    if isinstance(field.value, Day) and field.value.ambiguous:
        where += f" ({labels['day_or_month']})"
    value = text_of(field)
    return where, field.words if value and field.words != value else ""
