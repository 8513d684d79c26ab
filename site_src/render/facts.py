"""The facts box in the words of an edition: each fact as the article writes it beside its English."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from site_src.model import Fact
from site_src.render.cards import Desk
from site_src.render.catalogue import Entry
from site_src.render.links import name_path
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

    def row(fact: Fact) -> Markup:
        path = name_path(fact.name_id) if fact.name_id in known else ""
        if fact.kind == "said" or fact.variants or fact.gloss_by_desk or fact.reckoned:  # no other story has it
            return _row(desk, lang, fact, code, linked, path)
        key = ("fact", fact.ar, fact.en, fact.sentence, path, lang, code, linked)
        return desk.once(key, lambda: _row(desk, lang, fact, code, linked, path))

    return [(heading, [row(fact) for fact in found]) for heading, found in lists if found]


def _row(desk: Desk, lang: str, fact: Fact, code: str, linked: bool, path: str) -> Markup:
    press, labels = desk.press, desk.press.labels[code]
    notes = []
    if fact.variants:
        forms = labels.comma.join(press.quote(form, lang, code) for form in fact.variants)
        notes.append(labels.also_spelt.format(forms=forms))
    if fact.gloss_by_desk:
        notes.append(labels.gloss_by_desk)
    if fact.reckoned:
        notes.append(labels.reckoned)
    whole = fact.kind == "said" and press.language(code).direction == "rtl"  # the whole saying would be the link
    href = f"../../../{code}/{path}" if path and not whole else ""
    source, ltr = press.language(lang), press.language(code).direction == "ltr"
    words, written = fact.en if ltr or len(press.editions) > 1 else "", press.say(fact.ar, lang)
    if only_foreign(fact.ar, source.direction):
        source = press.language(source.foreign)
        written = press.say(fact.ar, source.code) if ltr else press.quote(fact.ar, source.code, code)
    if fact.ar == fact.en:  # said once
        words, written = (words, Markup("")) if ltr else ("", written)
    return press.typesetter.fragment("fact", labels, source, written, press.say(words, "en"),
                                  fact.sentence if linked else 0, href, labels.comma.join(notes))  # fmt: skip
