"""What the desk answers: values for JSON, every sentence for a person in the words of the page that asked."""

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
from site_src.serve.desk.requests import Asked, Check, Decide, Known, Look, Named, Next, Open, Turn
from site_src.serve.desk.steps import Outcome
from site_src.serve.desk.view import STATES, Place, View, next_place
from site_src.serve.desk.words import Words
from site_src.text.fold import fold
from site_src.text.languages import direction_of
from site_src.text.names import NameBook, suggest
from site_src.translate.checks import check_pair
from site_src.translate.po import Entry
from site_src.translate.policy import rendering
from site_src.translate.segments import Segment
from site_src.translate.suggest import difference, suggestions

Answer = dict[str, Any]
_KNOWN = 20
"""Names that are proposed at once."""


def _look(desk: Desk, request: Look, words: Words) -> Answer:
    view = desk.view
    return {
        "waiting": view.waiting,
        "counts": words.fill("counts.html", counts=[(words[f"state_{state}"], count) for state, count in view.counts]),
        "filters": words.fill("filters.html", filters=tuple(_filters(view, words))),
        **_steps(desk),
        "segments": [_segment(place, one, view.entry(place), words) for place, one in _shown(view, request)],
    }  # fmt: skip


def _shown(view: View, request: Look) -> Iterator[tuple[Place, Rendering]]:
    """The sentences that the page shows for editing."""
    if request.slug:
        yield from view.of_story(request.slug, view.target(request.slug, request.page))
    for slug in dict.fromkeys(request.slugs):
        title = Place(slug, view.target(slug, request.page), 0)
        if title in view.renderings:
            yield title, view.renderings[title]


def _filters(view: View, words: Words) -> Iterable[tuple[str, str, int]]:
    """(value, what it is called, how many sentences) of each filter that lets something through."""
    counts = dict(view.counts)
    yield "", words["filter_waiting"], view.waiting
    yield from ((f"state:{state}", words[f"state_{state}"], counts[state]) for state in STATES if counts[state])
    yield from ((f"check:{check}", words.check(check), count) for check, count in view.findings)


def _segment(place: Place, one: Rendering, entry: Entry | None, words: Words) -> Answer:
    return {
        "slug": place.slug, "number": place.number, "lang": place.lang, "dir": direction_of(place.lang),
        "mark": mark(entry),
        "name": words["sentence"].format(n=place.number) if place.number else words["title"],
        "text": entry.text if entry else "", "state": words[f"state_{state_of(one)}"],
    }  # fmt: skip


def _next(desk: Desk, request: Next, words: Words) -> Answer:
    found = next_place(desk.view, request.place, request.filter)
    if found is None:
        return {"said": words["none_left"]}
    return {"path": f"{request.page}/{story_path(found.slug)}", "slug": found.slug, "number": found.number}


def _check(desk: Desk, request: Check, words: Words) -> Answer:
    segment = desk.view.segment(request.place)
    found = _found(desk.view, segment, request.text.strip()) if segment else ()
    return {"findings": words.fill("findings.html", findings=_findings(found, words), text=request.text.strip())}


def _found(view: View, segment: Segment, text: str) -> tuple[Finding, ...]:
    return check_pair(segment.source, text, view.names, segment.source_lang, segment.lang) if text else ()


def _findings(found: Iterable[Finding], words: Words) -> list[tuple[bool, str, str]]:
    """(whether it is an error, what the check is called, what it found) for each; counts of words are no item."""
    return [(one.severity == "error", words.check(one.check) + words.counts(one), "" if one.counts else one.what)
            for one in found]  # fmt: skip


def _open(desk: Desk, request: Open, words: Words) -> Answer:
    view, place = desk.view, request.place
    segment = view.segment(place)
    if segment is None:
        return {"said": words["said_gone"]}
    one, entry = view.renderings[place], view.entry(place)
    clashes = request.mark not in ("", mark(entry))
    clash = _clash(segment, one, entry, request.text, words) if clashes else ""
    text = request.text.strip() or (entry.text if entry else "")
    unheard = (found.what for found in one.findings if found.check == "names" and found.side == "target")
    return {
        "panel": words.fill(
            "panel.html", segment=segment, reason=one.why, note=_note(place, one, entry, words),
            changed=difference(entry.previous, segment.source) if entry and entry.previous else (),
            findings=_findings(_found(view, segment, text), words), text=text,
            near=suggestions(view.memories[place.lang], segment.source),
            unknown=suggest([segment.source], view.names) if segment.source_lang == "ar" else (),
            unheard=next(unheard, ""), named=_named(desk, segment), page=request.page, clash=Markup(clash),
        )
    }  # fmt: skip


def _named(desk: Desk, segment: Segment) -> list[Name]:
    """The names of the names file that the sentence has."""
    if segment.source_lang != "ar":
        return []
    found = {span.name_id for span in desk.view.names.find(segment.source)}
    return [one for one in desk.view.names.names.values() if one.id in found]


def _note(place: Place, one: Rendering, entry: Entry | None, words: Words) -> str:
    """What an editor should know of the text besides its state."""
    told = [one.engine] if one.engine else []
    if entry and entry.slug != place.slug:
        told.append(words["elsewhere_note"].format(story=entry.slug))
    return " ".join(told)


def _decide(desk: Desk, request: Decide, words: Words) -> Answer:
    what = Decision(request.action, request.text, request.reason, request.sure)
    outcome = desk.decide(request.place, request.mark, what)
    said = f"said_{request.action}" if outcome.kind == "saved" else f"said_{outcome.kind}"
    found = _outcome(desk, outcome, words[said].format(what=outcome.detail))
    if outcome.kind not in ("saved", "conflict") or not (segment := desk.view.segment(request.place)):
        return found
    one = _now(desk.view, segment, outcome.entry)
    found["segment"] = _segment(request.place, one, outcome.entry, words)
    if outcome.kind == "saved":
        return found | (_following(desk, request, words) if request.follow and request.action == "approve" else {})
    if outcome.kind == "conflict":
        found["clash"] = _clash(segment, one, outcome.entry, what.words, words)
    return found


def _following(desk: Desk, request: Decide, words: Words) -> Answer:
    """The next sentence of the story after the one that was approved, opened; nothing after the last."""
    found = next_place(desk.view, request.place, request.filter)
    if found is None or found.slug != request.slug or found.number <= request.number:
        return {}
    opened = _open(desk, Open(request.page, found.slug, found.lang, found.number), words)
    return opened | {"next": {"slug": found.slug, "number": found.number}}


def _clash(segment: Segment, one: Rendering, entry: Entry | None, yours: str, words: Words) -> str:
    """What the file says beside what was typed, to choose from: markup."""
    return words.fill(
        "clash.html", segment=segment, state=words[f"state_{state_of(one)}"],
        theirs=entry.text if entry else "", yours=yours,
    )  # fmt: skip


def _now(view: View, segment: Segment, entry: Entry | None) -> Rendering:
    """The sentence as its file has it now."""
    found = _found(view, segment, entry.text) if entry else ()
    return rendering(segment.source, entry, found, view.settings.translation.publish)


def _undo(desk: Desk, _request: Turn, words: Words) -> Answer:
    return _turned(desk, desk.steps.undo(), words)


def _redo(desk: Desk, _request: Turn, words: Words) -> Answer:
    return _turned(desk, desk.steps.redo(), words)


def _turned(desk: Desk, outcome: Outcome, words: Words) -> Answer:
    return _outcome(desk, outcome, words[f"said_{outcome.kind}"].format(what=where(outcome, words)))


def where(outcome: Outcome, words: Words) -> str:
    """What a step was about: its sentence or its file."""
    place = outcome.place
    if outcome.detail or place is None:
        return outcome.detail
    number = words["sentence"].format(n=place.number) if place.number else words["title"]
    return f"{number} ({place.slug})"


def _outcome(desk: Desk, outcome: Outcome, said: str) -> Answer:
    return {"kind": outcome.kind, "said": said} | _steps(desk)


def _steps(desk: Desk) -> Answer:
    """How many steps can be taken back, and how many done again."""
    return {"undo": len(desk.steps.done), "redo": len(desk.steps.undone)}


def _name(desk: Desk, request: Named, words: Words) -> Answer:
    arabic, english = listed(request.ar_variants), listed(request.en_variants)
    entry = {"id": request.id, "kind": request.kind, "en": request.en, "ar": request.ar,
             "ar_variants": arabic, "en_variants": english}  # fmt: skip
    forms = ((request.ar, *arabic), (request.en, *english))
    try:
        outcome = desk.variants(request.of, *forms) if request.of else desk.name(entry)
        return _outcome(desk, outcome, words[f"said_{outcome.kind}"].format(what=request.of or request.en))
    except SettingsError as error:
        return {"kind": "refused", "said": " ".join([words["said_refused"], *error.mistakes])}


def listed(typed: str) -> tuple[str, ...]:
    """The words that a person typed with commas or line breaks between."""
    return tuple(re.split("[,،\n]", typed))


def _known(desk: Desk, request: Known, words: Words) -> Answer:
    found = islice(holding(desk.view.names, request.words), _KNOWN)
    return {"known": words.fill("known.html", known=tuple(found))}


def holding(book: NameBook, asked: str) -> Iterator[Name]:
    """The names whose id or words hold all the words `asked`."""
    words = fold(asked).split()
    return (
        one for one in book.names.values() if holds((one.id, one.en, one.ar, *one.en_variants, *one.ar_variants), words)
    )


def holds(texts: Iterable[str], words: Sequence[str]) -> bool:
    """Whether some texts hold all the words, which are folded."""
    said = fold(" ".join(texts))
    return all(word in said for word in words)


ANSWERS: dict[str, tuple[type[Asked], Callable[[Desk, Any, Words], Answer]]] = {
    "look": (Look, _look), "next": (Next, _next), "check": (Check, _check), "open": (Open, _open),
    "decide": (Decide, _decide), "undo": (Turn, _undo), "redo": (Turn, _redo), "name": (Named, _name),
    "known": (Known, _known),
}  # fmt: skip
"""The shape of each request and what answers it, by the last part of its address. All raise `MujazError`."""
