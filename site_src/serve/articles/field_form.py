"""The desk's form for what the reports of a story state of themselves: as it is shown, and as it was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from msgspec import Struct

from site_src.errors import MujazError
from site_src.model.fields import Day, Found
from site_src.parse.editor.word import DAYS
from site_src.render.credits import borrowed
from site_src.serve.articles.editing import story_of
from site_src.serve.articles.fields import KEYS, Choice, Field, Said, Sheet, Told, mistakes, over, sheet_of, text_of
from site_src.serve.articles.forms import Fields, WrongFormError, one_line
from site_src.serve.articles.rows import Member, members
from site_src.serve.articles.screens import Screen

_LINE = "line "


class Shown(Struct, frozen=True):
    """A report in the form."""

    name: str
    """Its name in `merge.toml`."""
    file: str
    typed: str
    """What was typed and is not saved, each word on its line."""
    why: str = ""
    """Why its fields cannot be shown, if so."""
    mark: str = ""
    rows: Sequence[Row] = ()


class Row(Struct, frozen=True):
    """A field of a report in the form."""

    field: Field
    said: Said
    """What the form holds: what counts, or what was typed and is not saved."""
    page: str
    """The value that its page has."""
    where: str
    """Where that stands, or that nothing states it."""
    words: str
    """The words that it was read from, where they are others."""
    wrong: str = ""
    """What is wrong with what was typed."""

    @property
    def day(self) -> bool:
        """Whether it is a date."""
        return self.field.key in DAYS


def told(fields: Fields) -> tuple[Told, ...]:
    """The reports of a form as it was sent; raises `WrongFormError`."""
    names, marks = fields.many("report"), fields.many("mark")
    if fields.act != "fields" or not names or len(names) != len(marks):
        raise WrongFormError
    given = zip(names, marks, map(str, range(len(names))), strict=True)
    return tuple(_told(fields, *one) for one in given if one[1])  # a report whose fields are not shown has no mark


def _told(fields: Fields, name: str, mark: str, place: str) -> Told:
    said = {key: _said(fields.one(f"choice-{key}-{place}"), fields.one(f"{key}-{place}")) for key in KEYS}
    shown = {key: _said(*fields.one(f"was-{key}-{place}").partition(" ")[::2]) for key in KEYS}
    for key, one in said.items():
        if fields.one(f"again-{key}-{place}") and one.choice != "own" and not one.text:
            said[key] = Said(one.choice, shown[key].text)  # the words that were refused are taken out again
    return Told(name, mark, said, shown)


def _said(choice: str, text: str) -> Said:
    found: Choice | None = next((one for one in get_args(Choice) if one == choice), None)
    if found is None:
        raise WrongFormError
    return Said(found, one_line(text))


def typed(forms: Sequence[Told]) -> str:
    """All words that were typed, each on its line, for where the form itself cannot be shown any more."""
    return "\n".join(
        said.text for form in forms for key, said in form.said.items() if said.text != form.shown[key].text
    )


def fields_screen(screen: Screen, slug: str, forms: Sequence[Told] | None) -> bytes:
    """The form of a story; `forms` is what was typed there and is not saved, if anything."""
    opened = screen.desk.opened
    story = story_of(opened, slug)
    lead = story.lead
    brief = next((brief for brief in opened.briefs if brief.story.slug == slug), None)
    sent, lent, wrong = {form.name: form for form in forms or ()}, borrowed(lead), mistakes(forms or ())
    reports = [_shown(screen, one, sent.get(one.report.name), wrong) for one in members(opened, story)]
    from_others = [(key, text_of(getattr(lead, key)), lent[key]) for key in KEYS if key in lent]
    title = (brief.title.value if brief else None) or slug
    return screen.fill("fields", slug=slug, title=title, title_lang=lead.lang, reports=reports, lent=from_others)


def _shown(screen: Screen, member: Member, told: Told | None, wrong: Mapping[tuple[str, str], str]) -> Shown:
    name, file, words = member.report.name, member.article.file, typed([told]) if told else ""
    try:
        sheet = sheet_of(screen.desk, member)
    except MujazError as error:
        return Shown(name, file, words, why=screen.said(error))
    return Shown(name, file, words, mark=sheet.mark, rows=list(_rows(screen, sheet, told, wrong)))


def _rows(screen: Screen, sheet: Sheet, told: Told | None, wrong: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    said = over(sheet, told)
    for field in sheet.fields:
        mistake = wrong.get((sheet.name, field.key), "")
        value = text_of(field.page) or field.page.words
        where, words = _evidence(screen, sheet, field.page)
        yield Row(field, said[field.key], value, where, words, mistake and screen.words[mistake])


def _evidence(screen: Screen, sheet: Sheet, found: Found[Any]) -> tuple[str, str]:
    """(where the value of a page stands, the words that it was read from where they are others)."""
    if found.status == "unknown":
        return screen.words["not_stated"], ""
    kind, words = found.where, screen.words
    if kind.startswith(_LINE):
        where = words["line"].format(n=kind.removeprefix(_LINE))
    elif kind == sheet.page.side.name:
        where = words["for_whole_page"].format(side=kind)
    else:
        where = words["in_header"] if kind == "header" else words["in_markup"].format(where=kind)
    doubt = f" ({words['day_or_month']})" if isinstance(found.value, Day) and found.value.ambiguous else ""
    inferred = f" · {words['inferred']}" if found.status == "inferred" else ""
    return where + inferred + doubt, "" if found.words == (text_of(found) or found.words) else found.words
