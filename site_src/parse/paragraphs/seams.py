"""Seams: junk that a page glued to a paragraph is cut off, on general cues only.

Strong cues cut: a label after a full stop, a label with a run of headlines and then a lost space before و or ف and a
verb, a label alone at the end. A weak cue never cuts: the paragraph stays whole and uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from site_src.parse.cues import JUNCTION, PHRASE, TOUCHES, seam_phrases
from site_src.parse.fields.names import is_agencies, names_medium
from site_src.parse.junk.markers import marked
from site_src.parse.lines import ARABIC, LABELLED_DAYS, MEASURES, Line, is_finished, is_stopped
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold, folded
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_STOP_INSIDE = late(r"[^\W\d_]{2}[\"”»)]*[.؟!][\"”»)]*\s+(?=[^\W_\d]{2})")
_STOPS = ".!؟?…"
_BULLETS = "-–•"
_PREFIX = 3
"""Letters at most that may be a particle written together with its word."""
_CAPTION_END = late(r"\(([^()]{1,40})\)\Z")
_INITIAL = late(r"(?<![^\W\d_])[^\W\d_]\.\Z")
_STAMP = late(r"(?<=[.؟!…])\s*(\d{1,2}([./])\d{1,2}\2\d{4})\s?[,،|]\s?([^\d\W][^\d.,،|]{1,40})\Z")
"""The day and the site that stand behind the last sentence of a description made for other sites."""
_DAY_MOST = 40
"""Characters behind its label in which a day and its time stand."""
_ITEM = late(r"(?<=[.؟!])\s+(?=[-–•]\s)")
_AFTER_LABEL = late(r"\s*[:：|•›»>-]|\s+\S|\Z")
_BEFORE_ARABIC = late(r"\s*[:：|]?\s*[\u0621-\u064a]")
"""Behind a Latin word that is a label: before a further Latin one it is part of a name."""


@cache
def _glued_sentence() -> re.Pattern[str]:
    """A sentence's first word without the space that belongs before it, in folded text."""
    begins = rf"{_sentence_begins()}(?=\s)"
    return compiled(rf"(?<=[^\W\d_\"”»)\]]){begins}|(?<=[\"”»)\]]){begins}")


def _sentence_begins() -> str:
    return rf"[وف](?:{alternatives(table('layout')['words']['glued_verbs'])})(?:ت|ا|وا|تا)?"


@cache
def _further_sentence() -> re.Pattern[str]:
    """What stands before such a word that kept its space."""
    return compiled(rf"\s(?={_sentence_begins()}\s)")


def without_seams(lines: Sequence[Line]) -> list[Line]:
    """The lines, those with junk glued to them in pieces, each with its sort."""
    return [piece for line in lines for piece in (cut(line, _phrases_in(line)) if _may_have_seam(line) else [line])]


def _may_have_seam(line: Line) -> bool:
    if line.sort != "text":
        return line.sort == "related" or (line.rule in LABELLED_DAYS and line.words > MEASURES["headline_most"])
    return _is_run_of_items(line) or (_is_long(line) and not (line.finished and not line.cues & (TOUCHES | PHRASE)))


def _is_run_of_items(line: Line) -> bool:
    """Whether a line begins as an item of a list and holds further ones behind full stops, as summaries are pasted."""
    return line.text[0] in _BULLETS and line.sort == "text" and not line.role and _ITEM.search(line.text) is not None


def _cut_after_day(line: Line) -> list[Line]:
    """A day with its label, and the paragraph that was glued to them; all is text where no day stands there."""
    text = line.but(sort="text", rule="", value="")
    day = next(iter(find_dates(line.value[:_DAY_MOST])), None)
    if day is None:
        return [text]
    begin = line.text.index(line.value) + day.end
    return [line.written(line.text[:begin], value=line.value[: day.end]), _rest(text, begin)]


def _is_long(line: Line) -> bool:
    return line.sort == "text" and line.words >= MEASURES["body_least"]


def _phrases_in(line: Line) -> tuple[str, ...]:
    """The phrases of the tables that stand in a line."""
    if not line.cues & PHRASE:
        return ()
    found = sorted(seam_phrases().keys() & line.plain.replace(":", " ").split())
    return tuple([phrase for key in found for phrase in seam_phrases()[key] if phrase in line.plain])


def cut(line: Line, phrases: tuple[str, ...]) -> list[Line]:
    """The pieces of a line that holds these phrases: one piece when there is no seam."""
    if line.kept or line.role in ("table", "caption"):
        return [line]
    if line.sort == "field":
        return _cut_after_day(line)
    if _is_run_of_items(line):
        return [line.written(item, repairs=(*line.repairs, "seam")) for item in _ITEM.split(line.text)]
    if line.sort == "related":
        return _cut_after_headlines(line, line.but(sort="text", rule="", value=""))
    if not _is_long(line):
        return [line]
    if inside := _label_inside(line, phrases):
        return inside
    if line.cues & TOUCHES and (apart := _cut_headlines_without_label(line)):
        return apart
    return [line] if line.finished else _cut_tail(line)


def _cut_after_headlines(label: Line, whole: Line) -> list[Line]:
    """A line that begins with a "read also": headlines, and maybe the paragraph that they were glued to."""
    begin = _begin_of_sentence(whole.text)
    if begin:
        headlines = label.written(whole.text[:begin].rstrip(), value=_upto(label, begin))
        return [headlines, _rest(whole, begin)]
    value = label.value
    if value.count(" ") >= MEASURES["soup_least"] and _STOP_INSIDE.search(value):
        return [whole.but(certain=False)]
    if label.stopped and (value.count(" ") >= MEASURES["headline_most"] or _holds_sentence(value)):
        return [whole.but(certain=False)]
    return [label]


def _holds_sentence(headlines: str) -> bool:
    """Whether what ends with a full stop may be headlines and a sentence behind them: "and he said" and five words."""
    return any(rest.count(" ") >= MEASURES["body_least"] - 1 for rest in _further_sentence().split(fold(headlines))[1:])


def _upto(label: Line, begin: int) -> str:
    """The value of the label without the paragraph glued to it."""
    return label.value[: max(0, len(label.value) - (len(label.text) - begin))].rstrip()


def _rest(line: Line, begin: int) -> Line:
    return line.written(line.text[begin:].lstrip(), gap=True, repairs=(*line.repairs, "seam"))


def _begin_of_sentence(text: str) -> int:
    """Where, after headlines, a sentence begins whose space was lost; 0 when none does.

    What follows must be a sentence: six words or more that end in a full stop.
    """
    if text.count(" ") < MEASURES["body_least"] - 1:
        return 0
    plain = folded(text)
    for glued in _glued_sentence().finditer(plain.text):
        rest = plain.text[glued.start() :].rstrip()
        if rest.count(" ") >= MEASURES["body_least"] - 1 and is_finished(rest):
            return plain.span(glued.start(), glued.end())[0]
    return 0


def _label_inside(line: Line, phrases: tuple[str, ...]) -> list[Line]:
    """The pieces of a paragraph with a label after its beginning; none when there is no label."""
    if not phrases:
        return []
    plain = folded(line.text)
    for phrase in phrases:
        place = plain.text.find(phrase, 1)
        labels = _AFTER_LABEL if " " in phrase else _BEFORE_ARABIC
        if place > 0 and labels.match(plain.text, place + len(phrase)):
            at = plain.span(place, place + len(phrase))[0]
            before = line.text[:at].rstrip()
            glued = line.text[at - 1] not in " \t" and len(before.rpartition(" ")[2]) > _PREFIX
            if is_finished(before) or (glued and line.text[at - 1].isalpha() and " " in phrase):
                return _cut_at(line, before, at)
            if plain.text[place + len(phrase) :].lstrip()[:1] == ":":
                return [line.but(certain=False)]
    return []


def _cut_at(line: Line, before: str, at: int) -> list[Line]:
    """`before` as text, and what the label at `at` brings: junk, or junk and a further paragraph."""
    label = marked(line.written(line.text[at:], gap=True, repairs=()))
    if label.sort == "text":
        return [line.but(certain=False)]
    pieces = cut(label, ()) if label.sort == "related" else [label]
    if pieces[0].sort == "text" and not pieces[0].certain:
        return [line.but(certain=False)]
    return [line.written(before, repairs=(*line.repairs, "seam")), *pieces]


def _cut_headlines_without_label(line: Line) -> list[Line]:
    """Headlines glued to one another and then to a paragraph, with no label before them."""
    begin = _begin_of_sentence(line.text)
    before = line.text[:begin]
    if not begin or _STOP_INSIDE.search(before) or is_stopped(before):
        return []
    caption = _CAPTION_END.search(before)
    if len(JUNCTION.findall(line.text[: begin + 1])) >= 2 or caption:
        return [line.written(before, sort="junk", rule="glued-caption" if caption else "glued-headlines"),
                _rest(line, begin)]  # fmt: skip
    return [line.but(certain=False)] if begin > 30 else []


def _cut_tail(line: Line) -> list[Line]:
    """A label alone, or with a short value, or a stamp of day and site, after the last full stop of a paragraph."""
    stamp = _STAMP.search(line.text)
    if stamp and names_medium(stamp[3]):
        text = line.written(line.text[: stamp.start()].rstrip(), repairs=(*line.repairs, "seam"))
        day = line.written(stamp[1], sort="field", rule="date", value=stamp[1], repairs=())
        site = line.written(stamp[3], sort="field", rule="source", value=stamp[3], repairs=())
        return [day, site, text]  # a credit below the text would end the article
    stop = max(map(line.text.rfind, _STOPS))
    tail = line.text[stop + 1 :].lstrip('"”»)').lstrip()
    if stop <= 0 or not tail or _INITIAL.search(line.text[: stop + 1]):
        return [line]
    text = line.written(line.text[: -len(tail)].rstrip(), repairs=(*line.repairs, "seam"))
    if tail.count(" ") <= MEASURES["body_least"] and is_agencies(tail):
        return [text, line.written(tail, sort="field", rule="source", value=tail, repairs=())]
    if tail.count(" ") >= MEASURES["soup_least"] or not (ARABIC.search(tail) or tail.isascii()):
        return [line]
    label = marked(line.written(tail, gap=True, repairs=()))
    if label.sort == "text":
        return [line]
    return [text, label]
