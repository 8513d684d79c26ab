"""The facts box in the words of an edition: each fact as the article writes it beside its English."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import chain, islice, repeat

from markupsafe import Markup
from msgspec import Struct

from site_src.model import Fact, FactKind
from site_src.render.cards import Desk
from site_src.render.catalogue import Entry
from site_src.render.environment import OPEN
from site_src.render.labels import NOTHING, Labels, Language
from site_src.render.links import name_path
from site_src.render.press import Press
from site_src.render.runs import letters, only_foreign

KINDS: tuple[FactKind, ...] = ("who", "where", "when", "figure", "said")
"""As the box lists them."""
_ELLIPSIS = (" …", "\u00a0…")
"""What ends a saying that was cut, and the same so that it begins no line."""


def fact_lists(
    desk: Desk, entry: Entry, code: str, listed: Collection[str] | None = None
) -> list[tuple[Markup, list[Markup]]]:
    """(heading, rows) of the facts box; rows lead to their sentences and to the names that are `listed`.

    None: they lead nowhere.
    """
    labels, lang = desk.press.labels[code], entry.lang
    headings = (labels.who, labels.where, labels.when, labels.figures, labels.said)
    lists = [entry.facts.of_kind(kind) for kind in KINDS]
    linked, known = listed is not None, frozenset(listed or ())
    box = desk.once(("facts", lang, code, linked), lambda: _box(desk.press, lang, code, linked=linked))
    rows = box.rows(tuple(chain.from_iterable(lists)), known)
    return [(heading, list(islice(rows, len(found)))) for heading, found in zip(headings, lists, strict=True) if found]


class _Box(Struct, frozen=True):
    """What all rows of an edition have in common that stories of one language fill."""

    press: Press
    labels: Labels
    page: Language
    source: Language
    english: Language
    native: Callable[[str], object]
    """Whether a text has a letter of the source's script."""
    ltr: bool
    """Whether the English of a fact stands first."""
    worded: bool
    """Whether it stands at all."""
    linked: bool

    def rows(self, facts: tuple[Fact, ...], listed: Collection[str]) -> Iterator[Markup]:
        """The facts in their order; they lead to the pages of the names that are `listed`."""
        say_all = self.press.typesetter.say_all
        written = say_all(tuple([fact.ar.replace(*_ELLIPSIS) for fact in facts]), self.source)
        worded = say_all(tuple([fact.en for fact in facts]), self.english) if self.worded else repeat(NOTHING)
        for fact, article, words in zip(facts, written, worded, strict=False):
            path = name_path(fact.name_id) if fact.name_id in listed else ""
            yield self._row(fact, article, words, path)

    def _row(self, fact: Fact, article: Markup, words: Markup, path: str) -> Markup:
        """A fact; `path` leads to the page of its name, "" nowhere."""
        source, ltr = self.source, self.ltr
        if not self.native(fact.ar) and only_foreign(fact.ar, source.direction):
            source = self.press.language(source.foreign)
            article = self.press.say(fact.ar, source.code) if ltr else self._quoted(fact.ar, source.code)
        if fact.ar == fact.en:  # said once
            words, article = (words, NOTHING) if ltr else (NOTHING, article)
        whole = fact.kind == "said" and not ltr  # the whole saying would be the link
        href = f"../../../{self.page.code}/{path}" if path and not whole else ""
        note = self._note(fact) if fact.variants or fact.gloss_by_desk or fact.reckoned else NOTHING
        number, typesetter = fact.sentence if self.linked else 0, self.press.typesetter
        if article and words:
            return typesetter.form("fact", self.labels, source, OPEN, OPEN, number, href, note)(article, words)
        return typesetter.fragment("fact", self.labels, source, article, words, number, href, note)

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
    page = press.language(code)
    ltr = page.direction == "ltr"
    source = press.language(lang)
    return _Box(press, press.labels[code], page, source, press.language("en"), letters(source.direction), ltr,
                ltr or len(press.editions) > 1, linked)  # fmt: skip
