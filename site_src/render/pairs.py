"""The sentences of a story, each facing its translation; for one that is missing, what stands in for it and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from markupsafe import Markup
from msgspec import Struct, field

from site_src.model.brief import Figure, Sentence
from site_src.model.edition import NO_REASON, Finding, Rendering
from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.render.labels import NOTHING, Language, markup, numeral
from site_src.render.press import Press
from site_src.render.runs import first_direction
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
    """Why there is no text; beside a text, that a machine made it, if people made others of the story."""
    notes: tuple[Markup, ...] = ()
    plain: bool = False
    """Whether it is a text without reasons and notes."""


class Pair(Struct, frozen=True, gc=False):
    """A sentence in the edition's language and the one that faces it."""

    number: Markup
    """Its place among the sentences of the summary, or among those of the whole article, from 1."""
    own: Cell
    facing: Cell | None
    checks: int
    """How many findings of the checks the translation has."""


class _AlignedSentence(Struct, frozen=True, gc=False):
    """A sentence and its translation: what is the same in every edition."""

    language: Language
    """The source's."""
    source: Markup
    """The sentence as the article has it."""
    rendering: Rendering
    """Its translation."""
    findings: tuple[Finding, ...]
    """What the checks have against the translation that is shown."""
    target: Markup
    """The text of the translation; "" where none is shown."""
    names: tuple[Markup, ...]
    """The names and figures that stand in for a translation that is not shown."""
    named: Markup
    """The same names and figures in one line."""


def story_pairs(composer: Composer, entry: Entry, code: str) -> Iterator[Pair]:
    """The sentences of the summary, each facing the other language."""
    target = entry.telling(code).target
    return pairs_of(composer, entry, code, "summary", entry.brief.sentences, target.sentences if target else ())


def pairs_of(
    composer: Composer, entry: Entry, code: str, kind: str, sentences: Sequence[Sentence], targets: Sequence[Rendering]
) -> Iterator[Pair]:
    """The sentences of a story's summary or body (`kind`), each facing its translation.

    `targets` are the translations of the sentences, in the same order; without any, the sentences face nothing.
    """
    press, lang = composer.press, entry.line.target(code)
    if not targets:
        yield from _unfaced(press, entry, code, sentences)
        return
    target_language = press.language(lang)
    target_attributes = press.attributes(target_language, code)
    mixed = len({target.state == "machine" for target in targets if target.text}) > 1
    translations = _Translations(composer, entry, code, lang, target_language, target_attributes, mixed)
    source_leads = code == entry.lang
    aligned_sentences = composer.once_a_story(
        ("sides", entry.slug, lang, kind), lambda: list(_align(composer, entry, lang, sentences, targets))
    )
    language, attributes = target_language, target_attributes
    for number, aligned in enumerate(aligned_sentences, 1):
        if aligned.language is not language:
            language, attributes = aligned.language, press.attributes(aligned.language, code)
        source = Cell(language, attributes, aligned.source, plain=bool(aligned.source))
        target = translations.cell(aligned)
        own, facing = (source, target) if source_leads else (target, source)
        yield Pair(numeral(number), own, facing, len(aligned.findings))


def _unfaced(press: Press, entry: Entry, code: str, sentences: Sequence[Sentence]) -> Iterator[Pair]:
    """Sentences that face nothing, on a site without another language."""
    for number, sentence in enumerate(sentences, 1):
        language = press.language(entry.brief.language(sentence))
        text = _source_markup(press, entry, sentence, ())
        cell = Cell(language, press.attributes(language, code), text, plain=bool(text))
        yield Pair(numeral(number), cell, None, 0)


def _align(
    composer: Composer, entry: Entry, lang: str, sentences: Sequence[Sentence], targets: Sequence[Rendering]
) -> Iterator[_AlignedSentence]:
    """Each sentence with its translation into `lang`, or with the names and figures that stand in for that."""
    press = composer.press
    figures: dict[int, list[Figure]] = {}
    if press.language(lang).direction == "ltr" and not all(target.text for target in targets):
        for figure in entry.brief.figures:
            figures.setdefault(figure.paragraph, []).append(figure)
    for sentence, target in zip(sentences, targets, strict=True):
        findings = concerns(target)
        stand_ins: tuple[Markup, ...] = ()
        if not target.text:
            names = composer.names_line(stand_in(within(entry.brief, sentence), composer.names), lang)
            figure_words = figures_within(figures.get(sentence.paragraph, ()), sentence)
            stand_ins = (*names, *[press.say(words, lang) for words in figure_words])
        named = press.typesetter.fragment("named", stand_ins) if stand_ins else NOTHING
        language = press.language(entry.brief.language(sentence))
        source = _source_markup(press, entry, sentence, findings)
        yield _AlignedSentence(language, source, target, findings, press.say(target.text, lang), stand_ins, named)


def _source_markup(press: Press, entry: Entry, sentence: Sentence, findings: Sequence[Finding]) -> Markup:
    """A sentence of the source; what a check misses in its translation is marked."""
    lang = entry.brief.language(sentence)
    if not findings:
        return press.say(sentence.text, lang)
    pieces, end = [], 0
    for finding in sorted(findings, key=lambda finding: finding.start):
        if finding.side == "source" and finding.end > finding.start >= end:
            missed = press.say(sentence.text[finding.start : finding.end], lang)
            pieces.append(press.say(sentence.text[end : finding.start], lang))
            pieces.append(press.typesetter.macro("missed", missed))
            end = finding.end
    pieces.append(press.say(sentence.text[end:], lang))
    return markup("".join(pieces))


class _Translations(Struct, frozen=True):
    """The translations of a story on the pages of an edition."""

    composer: Composer
    entry: Entry
    code: str
    """The edition."""
    lang: str
    """The language of the translations, like the next two."""
    language: Language
    attributes: Markup
    mixed: bool
    """Whether a machine made some of them and people others; if so, each of the machine's is labelled."""
    why_missing: dict[str, tuple[Markup, ...]] = field(default_factory=dict)
    """Why there is no translation, by the state that it is in."""

    def cell(self, aligned: _AlignedSentence) -> Cell:
        """A translation, or the names and figures of its sentence and why they stand there."""
        composer, rendering = self.composer, aligned.rendering
        if rendering.text:
            notes = tuple([finding_words(composer, finding.check, self.code, finding) for finding in aligned.findings])
            by_machine = self.mixed and rendering.state == "machine"
            maker = (composer.press.labels[self.code].badge_machine,) if by_machine else ()
            plain = bool(aligned.target) and not (notes or maker)
            return Cell(self.language, self.attributes, aligned.target, reasons=maker, notes=notes, plain=plain)
        return Cell(self.language, self.attributes, NOTHING, aligned.names, aligned.named, self._why_missing(rendering))

    def _why_missing(self, rendering: Rendering) -> tuple[Markup, ...]:
        """Why a translation is not shown: its state, then a person's reason, then what the checks have against it."""
        composer, lang, code = self.composer, self.entry.lang, self.code
        state = rendering.state if rendering.state in MISSING else "pending"
        if not (reasons := self.why_missing.get(state)):
            words = composer.once(("why", state, lang, code), lambda: _state_words(composer.press, state, lang, code))
            reasons = self.why_missing[state] = (words,)
        if not (rendering.why or rendering.findings):
            return reasons
        remark = (_desk_words(composer.press, rendering.why, code),) if rendering.why else ()
        checks = dict.fromkeys([finding.check for finding in rendering.findings])
        by_check = [[finding for finding in rendering.findings if finding.check == check] for check in checks]
        return (*reasons, *remark, *chain.from_iterable(map(self._check_words, by_check)))

    def _check_words(self, findings: Sequence[Finding]) -> Iterator[Markup]:
        """The findings of one check in words; where it has findings in both languages, a line for each language."""
        composer, check = self.composer, findings[0].check
        target_items = [finding.what for finding in findings if finding.what and finding.side == "target"]
        source_items = [finding.what for finding in findings if finding.what and finding.side != "target"]
        if not (source_items and target_items):
            yield finding_words(composer, check, self.code, *findings)
            return
        yield finding_words(composer, check, self.code)
        for lang, items in ((self.entry.lang, source_items), (self.lang, target_items)):
            language, listed = composer.press.language(lang), _listed(composer, lang, items)
            name = composer.press.labels[self.code].name_of(language)
            words = listed if lang == self.code else composer.press.phrase(language, listed)
            yield Markup("{}: {}").format(name, words)


def _state_words(press: Press, state: str, lang: str, code: str) -> Markup:
    """Why there is no translation from the language `lang`, by the state that the translation is in."""
    labels = press.labels[code]
    words: Markup = getattr(labels, f"why_{state}").format(source=labels.name_of(press.language(lang)))
    return words


def _desk_words(press: Press, why: str, code: str) -> Markup:
    """A person's reason for withholding a translation, named as the desk's; or that the desk gave none."""
    labels = press.labels[code]
    words: Markup = labels.why_unsaid if why == NO_REASON else labels.why_desk.format(reason=press.cite(why, code))
    return words


def finding_words(composer: Composer, check: str, code: str, *findings: Finding) -> Markup:
    """What a check has against a sentence, with every item that it found, or with the counts of words it compared.

    The message of an engine that could not translate it is for the desk alone.
    """
    labels = composer.press.labels[code]
    words = labels.either("check_" + check.replace("-", "_"), "check_other")
    counts = [finding.counts for finding in findings if finding.counts]
    if counts:
        source, target = counts[0]
        return Markup("{}: {}").format(words, labels.word_counts.format(source=source, target=target))
    items = _listed_in_line(composer, code, [finding.what for finding in findings]) if check != "engine" else NOTHING
    return Markup("{}: {}").format(words, items) if items else words


def _listed_in_line(composer: Composer, code: str, items: Sequence[str]) -> Markup:
    """Items for a line of an edition, each once.

    Where all of them are of the other script they are one run, which is read and punctuated in that script's way.
    """
    press = composer.press
    foreign = press.language(press.language(code).foreign)
    if {first_direction(item) for item in items} - {""} != {foreign.direction}:
        return _listed(composer, code, items)
    return press.phrase(foreign, _listed(composer, foreign.code, items))


def _listed(composer: Composer, lang: str, items: Iterable[str]) -> Markup:
    """Items for a node of the language `lang`, each once."""
    press, labels = composer.press, composer.press.labels
    cited = tuple([press.cite(item, lang) for item in dict.fromkeys(items) if item])
    return press.typesetter.macro("listed", labels.get(lang) or labels[press.editions[0]], cited)
