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
from site_src.render.runs import letters, only_foreign, tidy
from site_src.render.typesetting import OPEN
from site_src.text.patterns import late

KINDS: tuple[FactKind, ...] = get_args(FactKind)
"""As the box lists them."""
_STAMP = late("([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})")
_ELLIPSIS = (" …", "\u00a0…")
"""What ends a saying that was cut, and the same so that it begins no line."""


Stands = tuple[int, bool]
"""The sentence of a fact, and whether it was worked out."""
Said = tuple[Fact, str, str, Stands | None, bool, bool]
"""A fact, the article's words and the English ones as markup; how it stands, where its row says no more than that, and
else whether the article says it in the other script, and whether both say the same."""


def fact_lists(
    composer: Composer, entry: Entry, code: str, listed: Collection[str] | None = None
) -> list[tuple[Markup, list[Markup]]]:
    """(heading, rows) of the facts box; rows lead to their sentences and to the names that are `listed`.

    None: they lead nowhere. The rows of a heading are one piece of markup.
    """
    labels, lang, linked = composer.press.labels[code], entry.lang, listed is not None
    headings = (labels.who, labels.where, labels.when, labels.figures, labels.said)
    lists = composer.once_a_story(("facts", entry.slug), lambda: _said(composer.press, entry))
    box = composer.once(("facts", lang, code, linked), lambda: _box(composer.press, lang, code, linked=linked))
    return [(heading, [box.rows(facts, listed or ())])
            for heading, facts in zip(headings, lists, strict=True) if facts]  # fmt: skip


def _said(press: Press, entry: Entry) -> list[list[Said]]:
    """The facts of a story, kind by kind, as every edition says them."""
    direction, facts = press.language(entry.lang).direction, entry.facts.rows[:]
    own = letters(direction)
    written = press.lines([fact.ar for fact in facts], entry.lang)
    tidied = [tidy(fact.en) for fact in facts]
    worded = press.lines(tidied, "en")
    lists: dict[FactKind, list[Said]] = {kind: [] for kind in KINDS}
    for fact, article, english, words in zip(facts, written, tidied, worded, strict=True):
        text, _, kind, name, sentence, _, variants, by_desk, reckoned = fact
        told: tuple[Stands | None, bool, bool]
        if english and text != english and not (name or variants or by_desk) and own(text):
            told = (sentence, reckoned), False, False
        else:
            told = None, only_foreign(text, direction), text == english
        lists[kind].append((fact, article.replace(*_ELLIPSIS), words, *told))
    return list(lists.values())


class _Box(Struct, frozen=True):
    """What all rows of an edition have in common that stories of one language fill."""

    press: Press
    labels: Labels
    page: Language
    source: Language
    ltr: bool
    """Whether the English of a fact stands first."""
    worded: bool
    """Whether it stands at all."""
    linked: bool
    forms: Mapping[Stands | None, Callable[..., str]]
    """The rows of facts of which no more is said than how they stand."""
    others: dict[tuple[bool, int, tuple[bool, ...]], Callable[..., str]]
    """Those of others: whether the article uses the other script, the sentence, which of the words there are."""

    def rows(self, facts: Iterable[Said], listed: Collection[str]) -> Markup:
        """The facts, one a line; they lead to the pages of the names that are `listed`."""
        form_of, rows = self.forms.get, []
        for fact, article, words, stands, foreign, same in facts:
            if form := form_of(stands):
                rows.append(form(article, words))
            else:
                rows.append(self._row(fact, article, words, listed, foreign=foreign, same=same))
        return markup("\n".join(rows))

    def _row(self, fact: Fact, article: str, words: str, listed: Collection[str], *, foreign: bool, same: bool) -> str:
        ltr = self.ltr
        if foreign:
            other = self.source.foreign
            article = self.press.say(fact.ar, other) if ltr else self._quoted(fact.ar, other)
        stamp = _STAMP.match(fact.ar) if fact.kind == "when" else None
        if stamp:  # as markup writes a day, and nobody reads it
            year, month, day = map(int, stamp.groups())
            article = NOTHING if ltr else day_words(Day(year, month, day), self.labels)
        elif same:  # said once
            words, article = (words, NOTHING) if ltr else (NOTHING, article)
        elif not self.worded:
            words = NOTHING
        whole = fact.kind == "said" and not ltr  # the whole saying would be the link
        href = f"../../{self.page.code}/{name_path(fact.name_id)}" if fact.name_id in listed and not whole else ""
        note = self._note(fact) if fact.variants or fact.gloss_by_desk or fact.reckoned else NOTHING
        told = article, words, href, note
        shape = foreign, fact.sentence if self.linked else 0, tuple([bool(words) for words in told])
        if not (form := self.others.get(shape)):
            form = self.others[shape] = self._shaped(*shape)
        return form(*[words for words in told if words])

    def _shaped(self, foreign: bool, number: int, there: Iterable[bool]) -> Callable[..., str]:
        """The row that is still to be told those of its words that there are."""
        source = self.press.language(self.source.foreign) if foreign else self.source
        article, words, href, note = [OPEN if told else NOTHING for told in there]
        return self.press.typesetter.form("fact", self.labels, source, article, words, number, href, note)

    def _note(self, fact: Fact) -> Markup:
        """What is to be said of how the fact is known."""
        notes, labels = [], self.labels
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


def _box(press: Press, lang: str, code: str, *, linked: bool) -> _Box:
    page, source, labels = press.language(code), press.language(lang), press.labels[code]
    ltr = page.direction == "ltr"
    worded = ltr or len(press.editions) > 1
    numbers = range(press.settings.summary.sentences + 1 if worded else 0)
    forms: Mapping[Stands | None, Callable[..., str]] = {
        (number, reckoned): _form(press, labels, source, number if linked else 0, reckoned=reckoned)
        for number in numbers for reckoned in (False, True)
    }  # fmt: skip
    return _Box(press, labels, page, source, ltr, worded, linked, forms, {})


def _form(press: Press, labels: Labels, source: Language, number: int, *, reckoned: bool) -> Callable[..., str]:
    """The row that is still to be told a fact in both languages."""
    note = labels.reckoned if reckoned else NOTHING
    return press.typesetter.form("fact", labels, source, OPEN, OPEN, number, "", note)
