"""Sentence facing sentence, each with its text or what stands in for it and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from markupsafe import Markup
from msgspec import Struct, field

from site_src.model.brief import Figure, Sentence
from site_src.model.edition import Finding, Rendering
from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.render.labels import NOTHING, Language, markup, numeral
from site_src.render.press import Press
from site_src.render.runs import reading
from site_src.render.standing import MISSING, concerns, figures_within, stand_in, within


class Cell(Struct, frozen=True, gc=False):
    """A sentence in one language: its text, or what stands in for it and why."""

    language: Language
    attributes: Markup
    """`lang` and `dir`, where they are not the page's."""
    text: Markup
    names: tuple[Markup, ...] = ()
    named: Markup = NOTHING
    """The same names and figures in one line."""
    reasons: tuple[Markup, ...] = ()
    """Why it is not there; of one that is, that a machine made it, where people made others."""
    notes: tuple[Markup, ...] = ()
    plain: bool = False
    """Whether it is a sentence with nothing to be said about it."""


class Pair(Struct, frozen=True, gc=False):
    """A sentence in the edition's language and the one that faces it."""

    number: Markup
    """Its place among those of its kind, from 1."""
    own: Cell
    facing: Cell | None
    checks: int
    whole: bool
    """Whether the edition's own side has its sentence."""


class _Sides(Struct, frozen=True, gc=False):
    """A sentence and its translation as every edition shows them."""

    language: Language
    """The source's."""
    source: Markup
    target: Rendering
    found: tuple[Finding, ...]
    text: Markup
    names: tuple[Markup, ...]
    named: Markup


def story_pairs(composer: Composer, entry: Entry, code: str) -> Iterator[Pair]:
    """The sentences of the summary, each facing the other language."""
    target = entry.telling(code).target
    return pairs_of(composer, entry, code, "summary", entry.brief.sentences, target.sentences if target else ())


def pairs_of(
    composer: Composer, entry: Entry, code: str, kind: str, sentences: Sequence[Sentence], targets: Sequence[Rendering]
) -> Iterator[Pair]:
    """Sentences of a story, all those of a kind, each facing its translation; without translations they stand alone."""
    press, lang = composer.press, entry.line.target(code)
    if not targets:
        for number, sentence in enumerate(sentences, 1):
            language = press.language(entry.brief.language(sentence))
            text = _marked(press, entry, sentence, ())
            cell = Cell(language, press.attributes(language, code), text, plain=bool(text))
            yield Pair(numeral(number), cell, None, 0, whole=True)
        return
    mixed = len({one.state == "machine" for one in targets if one.text}) > 1
    side = _Side(composer, entry, code, lang, press.language(lang), press.attributes(press.language(lang), code), mixed)
    key, first = ("sides", entry.slug, lang, kind), code == entry.lang
    own, attributes = side.language, side.attributes
    every = composer.once_a_story(key, lambda: list(_sides(composer, entry, lang, sentences, targets)))
    for number, sides in enumerate(every, 1):
        if sides.language is not own:
            own, attributes = sides.language, press.attributes(sides.language, code)
        source, cell = Cell(own, attributes, sides.source, plain=bool(sides.source)), side.cell(sides)
        if first:
            yield Pair(numeral(number), source, cell, len(sides.found), whole=True)
        else:
            yield Pair(numeral(number), cell, source, len(sides.found), bool(cell.text))


def _sides(
    composer: Composer, entry: Entry, lang: str, sentences: Sequence[Sentence], targets: Sequence[Rendering]
) -> Iterator[_Sides]:
    """Both sides of each sentence; without a translation, the names and figures that stand in for it."""
    press = composer.press
    figures: dict[int, list[Figure]] = {}
    if press.language(lang).direction == "ltr" and not all(target.text for target in targets):
        for figure in entry.brief.figures:
            figures.setdefault(figure.paragraph, []).append(figure)
    for sentence, target in zip(sentences, targets, strict=True):
        found = concerns(target)
        names: tuple[Markup, ...] = ()
        if not target.text:
            known = composer.names_line(stand_in(within(entry.brief, sentence), composer.names), lang)
            said = figures_within(figures.get(sentence.paragraph, ()), sentence)
            names = (*known, *[press.say(words, lang) for words in said])
        named = press.typesetter.fragment("named", names) if names else NOTHING
        language = press.language(entry.brief.language(sentence))
        source = _marked(press, entry, sentence, found)
        yield _Sides(language, source, target, found, press.say(target.text, lang), names, named)


def _marked(press: Press, entry: Entry, sentence: Sentence, found: Sequence[Finding]) -> Markup:
    """A sentence of the source; what a check misses in its translation is marked."""
    lang = entry.brief.language(sentence)
    if not found:
        return press.say(sentence.text, lang)
    pieces, end = [], 0
    for one in sorted(found, key=lambda one: one.start):
        if one.side == "source" and one.end > one.start >= end:
            pieces.append(press.say(sentence.text[end : one.start], lang))
            pieces.append(press.typesetter.macro("missed", press.say(sentence.text[one.start : one.end], lang)))
            end = one.end
    pieces.append(press.say(sentence.text[end:], lang))
    return markup("".join(pieces))


class _Side(Struct, frozen=True):
    """The translations of a story on the pages of an edition."""

    composer: Composer
    entry: Entry
    code: str
    lang: str
    language: Language
    attributes: Markup
    mixed: bool
    """Whether a machine made some of them and people others: each of the machine's says so."""
    why: dict[str, tuple[Markup, ...]] = field(default_factory=dict)
    """Why there is no translation, by the state that it is in."""

    def cell(self, sides: _Sides) -> Cell:
        """A translation, or the names and figures of its sentence and why they stand there."""
        composer, target = self.composer, sides.target
        if target.text:
            notes = tuple([finding_words(composer, one.check, self.code, one) for one in sides.found])
            by_machine = self.mixed and target.state == "machine"
            maker = (composer.press.labels[self.code].badge_machine,) if by_machine else ()
            plain = bool(sides.text) and not (notes or maker)
            return Cell(self.language, self.attributes, sides.text, reasons=maker, notes=notes, plain=plain)
        return Cell(self.language, self.attributes, NOTHING, sides.names, sides.named, self._reasons(target))

    def _reasons(self, target: Rendering) -> tuple[Markup, ...]:
        composer, lang, code = self.composer, self.entry.lang, self.code
        state = target.state if target.state in MISSING else "pending"
        if not (why := self.why.get(state)):
            said = composer.once(("why", state, lang, code), lambda: _why(composer.press, state, lang, code))
            why = self.why[state] = (said,)
        if not (target.why or target.findings):
            return why
        told = (composer.press.cite(target.why, code),) if target.why else ()
        checks = dict.fromkeys([one.check for one in target.findings])
        found = [self._found([one for one in target.findings if one.check == check]) for check in checks]
        return (*why, *told, *chain.from_iterable(found))

    def _found(self, found: Sequence[Finding]) -> Iterator[Markup]:
        """What a check has against the text; what it found in either language by itself, where it is in both."""
        composer, check = self.composer, found[0].check
        halves = [[one.what for one in found if one.what and (one.side == "target") == translated]
                  for translated in (False, True)]  # fmt: skip
        if not all(halves):
            yield finding_words(composer, check, self.code, *found)
            return
        yield finding_words(composer, check, self.code)
        for lang, items in zip((self.entry.lang, self.lang), halves, strict=True):
            language, told = composer.press.language(lang), _listed(composer, lang, items)
            name = composer.press.labels[self.code].name_of(language)
            yield Markup("{}: {}").format(name, told if lang == self.code else composer.press.phrase(language, told))


def _why(press: Press, state: str, lang: str, code: str) -> Markup:
    """Why there is no translation from a language, by the state that it is in."""
    labels = press.labels[code]
    why: Markup = getattr(labels, f"why_{state}").format(source=labels.name_of(press.language(lang)))
    return why


def finding_words(composer: Composer, check: str, code: str, *found: Finding) -> Markup:
    """What a check has against a sentence, with every item that it found; counts of words say that they are that."""
    labels = composer.press.labels[code]
    words = labels.either("check_" + check.replace("-", "_"), "check_other")
    counted = [one.counts for one in found if one.counts]
    if counted:
        source, target = counted[0]
        return Markup("{}: {}").format(words, labels.word_counts.format(source=source, target=target))
    items = _in_line(composer, code, [one.what for one in found])
    return Markup("{}: {}").format(words, items) if items else words


def _in_line(composer: Composer, code: str, found: Sequence[str]) -> Markup:
    """Items for a line of an edition; those of the other script are one run, read and parted as that is."""
    press = composer.press
    language = press.language(press.language(code).foreign)
    if {reading(what) for what in found} - {""} != {language.direction}:
        return _listed(composer, code, found)
    return press.phrase(language, _listed(composer, language.code, found))


def _listed(composer: Composer, lang: str, found: Iterable[str]) -> Markup:
    """Items for a node of a language, each once."""
    press, labels = composer.press, composer.press.labels
    items = tuple([press.cite(what, lang) for what in dict.fromkeys(found) if what])
    return press.typesetter.macro("listed", labels.get(lang) or labels[press.editions[0]], items)
