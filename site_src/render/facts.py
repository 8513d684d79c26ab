"""The facts box in the words of an edition: each fact as the article writes it beside its English."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import get_args

from markupsafe import Markup
from msgspec import Struct

from site_src.model.brief import Fact, FactKind
from site_src.model.fields import Day
from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.render.dates import day_words
from site_src.render.labels import NOTHING, Labels, Language, markup
from site_src.render.links import name_path
from site_src.render.press import Press
from site_src.render.runs import letter_finder, only_foreign, tidy
from site_src.render.typesetting import OPEN
from site_src.text.patterns import late

KINDS: tuple[FactKind, ...] = get_args(FactKind)
"""The kinds in the order in which the box lists them."""
_ISO_DATE = late("([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})")
_ELLIPSIS = (" …", "\u00a0…")
"""The end of a quotation that was cut, and the same with a space at which no line breaks."""


SimpleRow = tuple[int, bool]
"""(number of the sentence, whether the fact was reckoned): all that a simple row shows besides its two texts."""
FactTexts = tuple[Fact, str, str, SimpleRow | None, bool, bool]
"""(fact, article, english, simple, foreign, same): what every edition needs to make a fact's row.

`article` and `english` are the two texts as markup. `simple` describes a simple row; for any other row it is None, and
then `foreign` says whether the article uses the other script alone, and `same` whether both texts are the same.
"""


def fact_lists(
    composer: Composer, entry: Entry, code: str, listed: Collection[str] | None = None
) -> list[tuple[Markup, list[Markup]]]:
    """(heading, rows) of each kind of fact in the facts box; the rows of a heading are one piece of markup.

    A row links to its sentence and, if its name is among the `listed` ones, to the page of that name. Rows link to
    nothing where `listed` is None.
    """
    labels, lang, linked = composer.press.labels[code], entry.lang, listed is not None
    headings = (labels.who, labels.where, labels.when, labels.figures, labels.said)
    by_kind = composer.once_a_story(("facts", entry.slug), lambda: _fact_texts(composer.press, entry))
    box = composer.once(("facts", lang, code, linked), lambda: _make_box(composer.press, lang, code, linked=linked))
    return [(heading, [box.rows(facts, listed or ())])
            for heading, facts in zip(headings, by_kind, strict=True) if facts]  # fmt: skip


def _fact_texts(press: Press, entry: Entry) -> list[list[FactTexts]]:
    """The facts of a story with their texts, a list for each of `KINDS`: what is the same in every edition."""
    direction, facts = press.language(entry.lang).direction, entry.facts.rows[:]
    find_source_letter = letter_finder(direction)
    article_lines = press.lines([fact.ar for fact in facts], entry.lang)
    glosses = [tidy(fact.en) for fact in facts]
    english_lines = press.lines(glosses, "en")
    by_kind: dict[FactKind, list[FactTexts]] = {kind: [] for kind in KINDS}
    for fact, article, gloss, english in zip(facts, article_lines, glosses, english_lines, strict=True):
        text, _, kind, name_id, sentence, _, variants, by_desk, reckoned, field = fact
        has_two_texts = gloss and text != gloss
        row: tuple[SimpleRow | None, bool, bool]
        if has_two_texts and not (name_id or variants or by_desk or field) and find_source_letter(text):
            row = (sentence, reckoned), False, False
        else:
            row = None, only_foreign(text, direction), text == gloss
        by_kind[kind].append((fact, article.replace(*_ELLIPSIS), english, *row))
    return list(by_kind.values())


class _Box(Struct, frozen=True):
    """The facts box of an edition, for stories of one source language: what all its rows have in common."""

    press: Press
    labels: Labels
    page: Language
    source: Language
    ltr: bool
    """Whether the edition reads from the left, so that the English text of a fact stands first."""
    shows_english: bool
    linked: bool
    """Whether rows link to their sentences."""
    simple_forms: Mapping[SimpleRow | None, Callable[..., str]]
    """What makes a simple row of its two texts."""
    forms: dict[tuple[bool, int, tuple[bool, ...]], Callable[..., str]]
    """What makes any other row, by its shape.

    A shape is (whether the article uses the other script alone, number of the sentence, whether each of the four texts
    is there).
    """

    def rows(self, facts: Iterable[FactTexts], listed: Collection[str]) -> Markup:
        """A row for each fact; rows link to the pages of the names that are `listed`."""
        simple_form, rows = self.simple_forms.get, []
        for fact, article, english, simple, foreign, same in facts:
            if form := simple_form(simple):
                rows.append(form(article, english))
            else:
                rows.append(self._row(fact, article, english, listed, foreign=foreign, same=same))
        return markup("\n".join(rows))

    def _row(
        self, fact: Fact, article: str, english: str, listed: Collection[str], *, foreign: bool, same: bool
    ) -> str:
        ltr = self.ltr
        if foreign:
            lang = self.source.foreign
            article = self.press.say(fact.ar, lang) if ltr else self._quoted(fact.ar, lang)
        iso_date = _ISO_DATE.match(fact.ar) if fact.kind == "when" else None
        if iso_date:  # read from a page's markup, which its readers never see
            year, month, day = map(int, iso_date.groups())
            article = NOTHING if ltr else day_words(Day(year, month, day), self.labels)
        elif same:  # shown once
            english, article = (english, NOTHING) if ltr else (NOTHING, article)
        elif not self.shows_english:
            english = NOTHING
        # In a right-to-left edition the whole quotation would be the link.
        has_link = fact.name_id in listed and (ltr or fact.kind != "said")
        href = f"../../{self.page.code}/{name_path(fact.name_id)}" if has_link else ""
        has_note = fact.variants or fact.gloss_by_desk or fact.reckoned or fact.field
        note = self._note(fact) if has_note else NOTHING
        texts = article, english, href, note
        shape = foreign, fact.sentence if self.linked else 0, tuple([bool(text) for text in texts])
        if not (form := self.forms.get(shape)):
            form = self.forms[shape] = self._form(*shape)
        return form(*[text for text in texts if text])

    def _form(self, foreign: bool, number: int, present: Iterable[bool]) -> Callable[..., str]:
        """What makes a row of this shape; `present` says which it has of article, English, address and note."""
        source = self.press.language(self.source.foreign) if foreign else self.source
        article, english, href, note = [OPEN if is_present else NOTHING for is_present in present]
        return self.press.typesetter.form("fact", self.labels, source, article, english, number, href, note)

    def _note(self, fact: Fact) -> Markup:
        """What the page dates by it, its other spellings, that the desk named it in English, that it was reckoned."""
        notes, labels = [], self.labels
        if fact.field:
            notes.append(getattr(labels, f"date_{fact.field}"))
        if fact.variants:
            forms = labels.comma.join(self._quoted(form, self.source.code) for form in fact.variants)
            notes.append(labels.also_spelt.format(forms=forms))
        if fact.gloss_by_desk:
            notes.append(labels.gloss_by_desk)
        if fact.reckoned:
            notes.append(labels.reckoned)
        joined: Markup = labels.comma.join(notes)
        return joined

    def _quoted(self, text: str, lang: str) -> Markup:
        return self.press.quote(text, lang, self.page.code)


def _make_box(press: Press, lang: str, code: str, *, linked: bool) -> _Box:
    page, source, labels = press.language(code), press.language(lang), press.labels[code]
    ltr = page.direction == "ltr"
    shows_english = ltr or len(press.editions) > 1
    numbers = range(press.settings.summary.sentences + 1 if shows_english else 0)
    simple_forms: Mapping[SimpleRow | None, Callable[..., str]] = {
        (number, reckoned): _simple_form(press, labels, source, number if linked else 0, reckoned=reckoned)
        for number in numbers for reckoned in (False, True)
    }  # fmt: skip
    return _Box(press, labels, page, source, ltr, shows_english, linked, simple_forms, {})


def _simple_form(press: Press, labels: Labels, source: Language, number: int, *, reckoned: bool) -> Callable[..., str]:
    """What makes a simple row of the article's words and the English ones."""
    note = labels.reckoned if reckoned else NOTHING
    return press.typesetter.form("fact", labels, source, OPEN, OPEN, number, "", note)
