"""What the desk answers to a page: values for JSON. What a person reads of them is in the language of that page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from markupsafe import Markup

from site_src.errors import SettingsError
from site_src.model.edition import Finding, Rendering
from site_src.model.names import Name
from site_src.render.links import story_path
from site_src.render.standing import state_of
from site_src.serve.desk.decisions import Decision, mark
from site_src.serve.desk.desk import Desk
from site_src.serve.desk.requests import AddName, Check, Decide, FindNames, Look, Next, Open, Request, Turn
from site_src.serve.desk.steps import Outcome
from site_src.serve.desk.view import STATES, Place, View, next_place
from site_src.serve.desk.words import Words
from site_src.text.fold import fold
from site_src.text.languages import direction_of
from site_src.text.names import NameBook, suggest
from site_src.translate import policy
from site_src.translate.checks import check_pair
from site_src.translate.po import Entry
from site_src.translate.segments import Segment
from site_src.translate.suggest import difference, suggestions

Answer = dict[str, Any]
_MOST_NAMES = 20
"""Names that are proposed at a time."""


def _look(desk: Desk, request: Look, words: Words) -> Answer:
    view = desk.view
    return {
        "waiting": view.waiting,
        "counts": words.fill("counts.html", counts=[(words[f"state_{state}"], count) for state, count in view.counts]),
        "filters": words.fill("filters.html", filters=tuple(_filters(view, words))),
        **_step_counts(desk),
        "segments": [
            _segment(place, rendering, view.entry(place), words) for place, rendering in _sentences(view, request)
        ],
    }


def _sentences(view: View, request: Look) -> Iterator[tuple[Place, Rendering]]:
    """The sentences that can be edited on the page: those of its story, then the titles in its lists."""
    if request.slug:
        yield from view.of_story(request.slug, view.target(request.slug, request.page))
    for slug in dict.fromkeys(request.slugs):
        title = Place(slug, view.target(slug, request.page), 0)
        if title in view.renderings:
            yield title, view.renderings[title]


def _filters(view: View, words: Words) -> Iterable[tuple[str, str, int]]:
    """(value, label, number of sentences) of each filter that selects something."""
    counts = dict(view.counts)
    yield "", words["filter_waiting"], view.waiting
    yield from ((f"state:{state}", words[f"state_{state}"], counts[state]) for state in STATES if counts[state])
    yield from ((f"check:{check}", words.check(check), count) for check, count in view.findings)


def _segment(place: Place, rendering: Rendering, entry: Entry | None, words: Words) -> Answer:
    return {
        "slug": place.slug, "number": place.number, "lang": place.lang, "dir": direction_of(place.lang),
        "mark": mark(entry), "name": _sentence_name(place, words),
        "text": entry.text if entry else "", "state": words[f"state_{state_of(rendering)}"],
    }  # fmt: skip


def _sentence_name(place: Place, words: Words) -> str:
    return words["sentence"].format(n=place.number) if place.number else words["title"]


def _next(desk: Desk, request: Next, words: Words) -> Answer:
    place = next_place(desk.view, request.place, request.filter)
    if place is None:
        return {"said": words["none_left"]}
    return {"path": f"{request.page}/{story_path(place.slug)}", "slug": place.slug, "number": place.number}


def _check(desk: Desk, request: Check, words: Words) -> Answer:
    segment, text = desk.view.segment(request.place), request.text.strip()
    findings = _check_text(desk.view, segment, text) if segment else ()
    return {"findings": words.fill("findings.html", findings=_finding_rows(findings, words), text=text)}


def _check_text(view: View, segment: Segment, text: str) -> tuple[Finding, ...]:
    """The findings for a translation of the sentence; none for an empty text."""
    return check_pair(segment.source, text, view.names, segment.source_lang, segment.lang) if text else ()


def _finding_rows(findings: Iterable[Finding], words: Words) -> list[tuple[bool, str, str]]:
    """(whether it is an error, label, words that it concerns) of each finding; one that counts words concerns none."""
    return [
        (
            finding.severity == "error",
            words.check(finding.check) + words.counts(finding),
            "" if finding.counts else finding.what,
        )
        for finding in findings
    ]


def _open(desk: Desk, request: Open, words: Words) -> Answer:
    view, place = desk.view, request.place
    segment = view.segment(place)
    if segment is None:
        return {"said": words["said_gone"]}
    rendering, entry = view.renderings[place], view.entry(place)
    has_changed = request.mark not in ("", mark(entry))
    clash = _clash(segment, rendering, entry, request.text, words) if has_changed else ""
    text = request.text.strip() or (entry.text if entry else "")
    unknown_english = (
        finding.what for finding in rendering.findings if finding.check == "names" and finding.side == "target"
    )
    return {
        "panel": words.fill(
            "panel.html", segment=segment, reason=rendering.why, note=_note(place, rendering, entry, words),
            source_changes=difference(entry.previous, segment.source) if entry and entry.previous else (),
            findings=_finding_rows(_check_text(view, segment, text), words), text=text,
            suggestions=suggestions(view.memories[place.lang], segment.source),
            unknown_names=suggest([segment.source], view.names) if segment.source_lang == "ar" else (),
            unknown_english=next(unknown_english, ""), known_names=_known_names(desk, segment),
            page=request.page, clash=Markup(clash),
        )
    }  # fmt: skip


def _known_names(desk: Desk, segment: Segment) -> list[Name]:
    """The names of the names file that an Arabic sentence contains, in the order of the file."""
    if segment.source_lang != "ar":
        return []
    ids = {span.name_id for span in desk.view.names.find(segment.source)}
    return [name for name in desk.view.names.names.values() if name.id in ids]


def _note(place: Place, rendering: Rendering, entry: Entry | None, words: Words) -> str:
    """What an editor should know of the text besides its state: the engine, and another story that it comes from."""
    notes = [rendering.engine] if rendering.engine else []
    if entry and entry.slug != place.slug:
        notes.append(words["elsewhere_note"].format(story=entry.slug))
    return " ".join(notes)


def _decide(desk: Desk, request: Decide, words: Words) -> Answer:
    decision = Decision(request.action, request.text, request.reason, request.sure)
    outcome = desk.decide(request.place, request.mark, decision)
    label = f"said_{request.action}" if outcome.kind == "saved" else f"said_{outcome.kind}"
    answer = _outcome(desk, outcome, words[label].format(what=outcome.detail))
    if outcome.kind not in ("saved", "conflict"):
        return answer
    segment = desk.view.segment(request.place)
    if segment is None:
        return answer
    rendering = _current_rendering(desk.view, segment, outcome.entry)
    answer["segment"] = _segment(request.place, rendering, outcome.entry, words)
    if outcome.kind == "conflict":
        answer["clash"] = _clash(segment, rendering, outcome.entry, decision.words, words)
    elif request.follow and request.action == "approve":
        answer |= _following(desk, request, words)
    return answer


def _following(desk: Desk, request: Decide, words: Words) -> Answer:
    """The sentence to open after the approved one, with its panel; empty where none follows it in the story."""
    place = next_place(desk.view, request.place, request.filter)
    if place is None or place.slug != request.slug or place.number <= request.number:
        return {}
    panel = _open(desk, Open(request.page, place.slug, place.lang, place.number), words)
    return panel | {"next": {"slug": place.slug, "number": place.number}}


def _clash(segment: Segment, rendering: Rendering, entry: Entry | None, typed: str, words: Words) -> str:
    """Markup that shows the text of the file beside the typed one, so that a person can choose."""
    return words.fill(
        "clash.html", segment=segment, state=words[f"state_{state_of(rendering)}"],
        theirs=entry.text if entry else "", yours=typed,
    )  # fmt: skip


def _current_rendering(view: View, segment: Segment, entry: Entry | None) -> Rendering:
    """The sentence as its entry in the file makes it now."""
    findings = _check_text(view, segment, entry.text) if entry else ()
    return policy.rendering(segment.source, entry, findings, view.settings.translation.publish)


def _undo(desk: Desk, _request: Turn, words: Words) -> Answer:
    return _step_answer(desk, desk.undo(), words)


def _redo(desk: Desk, _request: Turn, words: Words) -> Answer:
    return _step_answer(desk, desk.steps.redo(), words)


def _step_answer(desk: Desk, outcome: Outcome, words: Words) -> Answer:
    return _outcome(desk, outcome, words[f"said_{outcome.kind}"].format(what=step_subject(outcome, words)))


def step_subject(outcome: Outcome, words: Words) -> str:
    """What a step was about: a file or an error if the outcome names one, else its sentence."""
    place = outcome.place
    if outcome.detail or place is None:
        return outcome.detail
    return f"{_sentence_name(place, words)} ({place.slug})"


def _outcome(desk: Desk, outcome: Outcome, message: str) -> Answer:
    return {"kind": outcome.kind, "said": message} | _step_counts(desk)


def _step_counts(desk: Desk) -> Answer:
    """How many steps can be taken back, and how many can be done again."""
    return {"undo": len(desk.steps.done), "redo": len(desk.steps.undone)}


def _add_name(desk: Desk, request: AddName, words: Words) -> Answer:
    arabic, english = split_list(request.ar_variants), split_list(request.en_variants)
    entry = {"id": request.id, "kind": request.kind, "en": request.en, "ar": request.ar,
             "ar_variants": arabic, "en_variants": english}  # fmt: skip
    try:
        if request.of:
            outcome = desk.add_variants(request.of, (request.ar, *arabic), (request.en, *english))
        else:
            outcome = desk.add_name(entry)
        return _outcome(desk, outcome, words[f"said_{outcome.kind}"].format(what=request.of or request.en))
    except SettingsError as error:
        return {"kind": "refused", "said": " ".join([words["said_refused"], *error.mistakes])}


def split_list(typed: str) -> tuple[str, ...]:
    """The items that a person typed with commas or line breaks between them."""
    return tuple(re.split("[,،\n]", typed))


def _find_names(desk: Desk, request: FindNames, words: Words) -> Answer:
    names = tuple(islice(find_names(desk.view.names, request.words), _MOST_NAMES))
    return {"known": words.fill("known.html", names=names)}


def find_names(book: NameBook, query: str) -> Iterator[Name]:
    """The names whose id and forms together contain every word of the query."""
    query_words = fold(query).split()
    for name in book.names.values():
        if contains_all((name.id, name.en, name.ar, *name.en_variants, *name.ar_variants), query_words):
            yield name


def contains_all(texts: Iterable[str], folded_words: Sequence[str]) -> bool:
    """Whether the texts together contain all these words, which are folded already."""
    folded_text = fold(" ".join(texts))
    return all(word in folded_text for word in folded_words)


ANSWERS: dict[str, tuple[type[Request], Callable[[Desk, Any, Words], Answer]]] = {
    "look": (Look, _look), "next": (Next, _next), "check": (Check, _check), "open": (Open, _open),
    "decide": (Decide, _decide), "undo": (Turn, _undo), "redo": (Turn, _redo), "name": (AddName, _add_name),
    "known": (FindNames, _find_names),
}  # fmt: skip
"""The shape of each request and the function that answers it, by the last part of its address.

Each of these functions raises `MujazError` where the site cannot be read.
"""
