"""The facts box in the words of an edition: each fact as the article writes it beside its English."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from site_src.model import Fact
from site_src.render.cards import Desk
from site_src.render.catalogue import Entry
from site_src.render.labels import NOTHING, Labels, Language
from site_src.render.links import name_path
from site_src.render.press import Press
from site_src.render.runs import only_foreign

KINDS = ("who", "where", "when", "figures", "said")


def fact_lists(
    desk: Desk, entry: Entry, code: str, listed: Collection[str] | None = None
) -> list[tuple[Markup, list[Markup]]]:
    """(heading, rows) of the facts box; rows lead to their sentences and to the names that are `listed`.

    None: they lead nowhere.
    """
    labels, facts = desk.press.labels[code], entry.facts
    lists = ((labels.who, facts.who), (labels.where, facts.where), (labels.when, facts.when),
             (labels.figures, facts.figures), (labels.said, facts.said))  # fmt: skip
    linked, lang, known = listed is not None, entry.lang, frozenset(listed or ())
    box = desk.once(("facts", lang, code, linked), lambda: _box(desk.press, lang, code, linked=linked))

    def row(fact: Fact) -> Markup:
        path = name_path(fact.name_id) if fact.name_id in known else ""
        if not fact.name_id or fact.kind == "said" or fact.variants or fact.gloss_by_desk:  # no other story has it
            return box.row(fact, path)
        key = ("fact", fact.ar, fact.en, fact.sentence, path, lang, code, linked)
        return desk.once(key, lambda: box.row(fact, path))

    return [(heading, [row(fact) for fact in found]) for heading, found in lists if found]


@dataclass(frozen=True, slots=True)
class _Box:
    """What all rows of an edition have in common that stories of one language fill."""

    press: Press
    labels: Labels
    page: Language
    source: Language
    english: Language
    ltr: bool
    """Whether the English of a fact stands first."""
    worded: bool
    """Whether it stands at all."""
    linked: bool

    def row(self, fact: Fact, path: str) -> Markup:
        """A fact; `path` leads to the page of its name, "" nowhere."""
        typesetter, source, ltr = self.press.typesetter, self.source, self.ltr
        words, written = fact.en if self.worded else "", typesetter.say(fact.ar, source)
        if only_foreign(fact.ar, source.direction):
            source = self.press.language(source.foreign)
            written = self.press.say(fact.ar, source.code) if ltr else self._quoted(fact.ar, source.code)
        if fact.ar == fact.en:  # said once
            words, written = (words, NOTHING) if ltr else ("", written)
        whole = fact.kind == "said" and not ltr  # the whole saying would be the link
        href = f"../../../{self.page.code}/{path}" if path and not whole else ""
        note = self._note(fact) if fact.variants or fact.gloss_by_desk or fact.reckoned else ""
        number = fact.sentence if self.linked else 0
        return typesetter.fragment("fact", self.labels, source, written, typesetter.say(words, self.english), number,
                                   href, note)  # fmt: skip

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
    return _Box(press, press.labels[code], page, press.language(lang), press.language("en"), ltr,
                ltr or len(press.editions) > 1, linked)  # fmt: skip
