"""Seams: junk that a page glued to a paragraph is cut off, by general signs only.

Strong signs cut: a label behind a full stop; a label with several headlines and then a lost space before و or ف and a
verb; a label alone at the end. A weak sign never cuts: the paragraph stays whole and is marked as uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from site_src.parse.cues import JUNCTION, PHRASE, TOUCHES, seam_phrases
from site_src.parse.fields.names import is_agencies, names_medium
from site_src.parse.junk.markers import apply_marker
from site_src.parse.lines import ARABIC, LABELLED_DAYS, MEASURES, Line, is_finished, is_stopped
from site_src.tables import table
from site_src.text.dates import find_dates
from site_src.text.fold import fold, folded
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_STOP_INSIDE = late(r"[^\W\d_]{2}[\"”»)]*[.؟!][\"”»)]*\s+(?=[^\W_\d]{2})")
"""The end of a sentence with further text behind it."""
_STOPS = ".!؟?…"
_BULLETS = "-–•"
_PREFIX = 3
"""Letters of a particle that is written together with its word, at most."""
_CAPTION_END = late(r"\(([^()]{1,40})\)\Z")
"""A credit in brackets at the end of a caption."""
_INITIAL = late(r"(?<![^\W\d_])[^\W\d_]\.\Z")
"""A letter and a full stop: the end of a text that is no end of a sentence."""
_STAMP = late(r"(?<=[.؟!…])\s*(\d{1,2}([./])\d{1,2}\2\d{4})\s?[,،|]\s?([^\d\W][^\d.,،|]{1,40})\Z")
"""The day and the site behind the last sentence of a description that a page makes for other sites."""
_DAY_MOST = 40
"""Length in characters of what follows a label in which its day and time are looked for."""
_ITEM = late(r"(?<=[.؟!])\s+(?=[-–•]\s)")
"""The space before an entry of a list that stands behind the end of a sentence."""
_AFTER_LABEL = late(r"\s*[:：|•›»>-]|\s+\S|\Z")
"""What follows a label of several words."""
_BEFORE_ARABIC = late(r"\s*[:：|]?\s*[\u0621-\u064a]")
"""What follows a Latin word that is a label; before another Latin word it is part of a name."""


@cache
def _glued_sentence() -> re.Pattern[str]:
    """The first word of a sentence that lost the space before it, in folded text."""
    first_word = rf"{_first_word_of_sentence()}(?=\s)"
    return compiled(rf"(?<=[^\W\d_\"”»)\]]){first_word}|(?<=[\"”»)\]]){first_word}")


def _first_word_of_sentence() -> str:
    return rf"[وف](?:{alternatives(table('layout')['words']['glued_verbs'])})(?:ت|ا|وا|تا)?"


@cache
def _space_before_sentence() -> re.Pattern[str]:
    """The space before such a first word, where it was not lost."""
    return compiled(rf"\s(?={_first_word_of_sentence()}\s)")


def cut_seams(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those that have junk glued to them cut into pieces, each with its sort."""
    return [
        piece for line in lines for piece in (_cut_line(line, _phrases_in(line)) if _may_have_seam(line) else [line])
    ]


def _may_have_seam(line: Line) -> bool:
    """Whether `_cut_line` need look at a line: most lines have no sign of a seam."""
    if line.sort != "text":
        return line.sort == "related" or (line.rule in LABELLED_DAYS and line.words > MEASURES["headline_most"])
    if _is_run_of_items(line):
        return True
    return _is_long(line) and (not line.finished or bool(line.cues & (TOUCHES | PHRASE)))


def _is_run_of_items(line: Line) -> bool:
    """Whether a line begins as an entry of a list and holds more entries behind full stops, as in pasted summaries."""
    return line.text[0] in _BULLETS and line.sort == "text" and not line.role and _ITEM.search(line.text) is not None


def _cut_after_day(line: Line) -> list[Line]:
    """A day with its label, and the paragraph that was glued to them; all is text where no day stands there."""
    text = line.with_fields(sort="text", rule="", value="")
    day = next(iter(find_dates(line.value[:_DAY_MOST])), None)
    if day is None:
        return [text]
    begin = line.text.index(line.value) + day.end
    return [line.with_text(line.text[:begin], value=line.value[: day.end]), _text_from(text, begin)]


def _is_long(line: Line) -> bool:
    return line.sort == "text" and line.words >= MEASURES["body_least"]


def _phrases_in(line: Line) -> tuple[str, ...]:
    """The phrases of the tables that stand in a line."""
    if not line.cues & PHRASE:
        return ()
    keys = sorted(seam_phrases().keys() & line.plain.replace(":", " ").split())
    return tuple([phrase for key in keys for phrase in seam_phrases()[key] if phrase in line.plain])


def _cut_line(line: Line, phrases: tuple[str, ...]) -> list[Line]:
    """The pieces of a line that holds these phrases; the line alone where it has no seam."""
    if line.kept or line.role in ("table", "caption"):
        return [line]
    if line.sort == "field":
        return _cut_after_day(line)
    if _is_run_of_items(line):
        return [line.with_text(item, repairs=(*line.repairs, "seam")) for item in _ITEM.split(line.text)]
    if line.sort == "related":
        return _cut_after_headlines(line, line.with_fields(sort="text", rule="", value=""))
    if not _is_long(line):
        return [line]
    if pieces := _cut_at_label(line, phrases):
        return pieces
    if line.cues & TOUCHES and (pieces := _cut_headlines_without_label(line)):
        return pieces
    return [line] if line.finished else _cut_tail(line)


def _cut_after_headlines(label: Line, text: Line) -> list[Line]:
    """The pieces of a line that begins with a "read also": headlines, and maybe the paragraph glued to them.

    `text` is the same line as a text without a label.
    """
    begin = _begin_of_glued_sentence(text.text)
    if begin:
        headlines = label.with_text(text.text[:begin].rstrip(), value=_value_up_to(label, begin))
        return [headlines, _text_from(text, begin)]
    value = label.value
    if value.count(" ") >= MEASURES["soup_least"] and _STOP_INSIDE.search(value):
        return [text.with_fields(certain=False)]
    if label.stopped and (value.count(" ") >= MEASURES["headline_most"] or _holds_sentence(value)):
        return [text.with_fields(certain=False)]
    return [label]


def _holds_sentence(headlines: str) -> bool:
    """Whether headlines that end with a full stop may hold a sentence: "and he said" and further words."""
    rests = _space_before_sentence().split(fold(headlines))[1:]
    return any(rest.count(" ") >= MEASURES["body_least"] - 1 for rest in rests)


def _value_up_to(label: Line, begin: int) -> str:
    """The value of a label without the paragraph glued to it, which begins at `begin` in the line's text."""
    return label.value[: max(0, len(label.value) - (len(label.text) - begin))].rstrip()


def _text_from(line: Line, begin: int) -> Line:
    return line.with_text(line.text[begin:].lstrip(), gap=True, repairs=(*line.repairs, "seam"))


def _begin_of_glued_sentence(text: str) -> int:
    """The offset of a sentence that lost its space behind headlines; 0 without one.

    From there to the end the text must be long enough for a sentence (`body_least` words) and end as one.
    """
    least_spaces = MEASURES["body_least"] - 1
    if text.count(" ") < least_spaces:
        return 0
    plain = folded(text)
    for first_word in _glued_sentence().finditer(plain.text):
        rest = plain.text[first_word.start() :].rstrip()
        if rest.count(" ") >= least_spaces and is_finished(rest):
            return plain.span(first_word.start(), first_word.end())[0]
    return 0


def _cut_at_label(line: Line, phrases: tuple[str, ...]) -> list[Line]:
    """The pieces of a paragraph with a label behind its beginning; empty when there is no label."""
    if not phrases:
        return []
    plain = folded(line.text)
    for phrase in phrases:
        start = plain.text.find(phrase, 1)
        end = start + len(phrase)
        has_several_words = " " in phrase
        follows = _AFTER_LABEL if has_several_words else _BEFORE_ARABIC
        if start <= 0 or not follows.match(plain.text, end):
            continue
        label_start = plain.span(start, end)[0]
        before = line.text[:label_start].rstrip()
        last_sign = line.text[label_start - 1]
        is_glued = last_sign not in " \t" and len(before.rpartition(" ")[2]) > _PREFIX
        if is_finished(before) or (is_glued and last_sign.isalpha() and has_several_words):
            return _cut_before_label(line, before, label_start)
        if plain.text[end:].lstrip()[:1] == ":":
            return [line.with_fields(certain=False)]
    return []


def _cut_before_label(line: Line, before: str, label_start: int) -> list[Line]:
    """`before` as text, and what the label at `label_start` brings: junk, or junk and a further paragraph."""
    label = apply_marker(line.with_text(line.text[label_start:], gap=True, repairs=()))
    if label.sort == "text":
        return [line.with_fields(certain=False)]
    pieces = _cut_line(label, ()) if label.sort == "related" else [label]
    if pieces[0].sort == "text" and not pieces[0].certain:
        return [line.with_fields(certain=False)]
    return [line.with_text(before, repairs=(*line.repairs, "seam")), *pieces]


def _cut_headlines_without_label(line: Line) -> list[Line]:
    """The pieces of headlines glued to each other and to a paragraph, with no label before them; empty without any."""
    begin = _begin_of_glued_sentence(line.text)
    before = line.text[:begin]
    if not begin or _STOP_INSIDE.search(before) or is_stopped(before):
        return []
    is_caption = _CAPTION_END.search(before) is not None
    if is_caption or len(JUNCTION.findall(line.text[: begin + 1])) >= 2:
        junk = line.with_text(before, sort="junk", rule="glued-caption" if is_caption else "glued-headlines")
        return [junk, _text_from(line, begin)]
    return [line.with_fields(certain=False)] if begin > 30 else []


def _cut_tail(line: Line) -> list[Line]:
    """Cut off what stands behind the last full stop of a paragraph: a label, an agency, or a stamp of day and site."""
    stamp = _STAMP.search(line.text)
    if stamp and names_medium(stamp[3]):
        text = line.with_text(line.text[: stamp.start()].rstrip(), repairs=(*line.repairs, "seam"))
        day = line.with_text(stamp[1], sort="field", rule="date", value=stamp[1], repairs=())
        site = line.with_text(stamp[3], sort="field", rule="source", value=stamp[3], repairs=())
        return [day, site, text]  # a credit below the text would end the article
    stop = max(map(line.text.rfind, _STOPS))
    tail = line.text[stop + 1 :].lstrip('"”»)').lstrip()
    if stop <= 0 or not tail or _INITIAL.search(line.text[: stop + 1]):
        return [line]
    text = line.with_text(line.text[: -len(tail)].rstrip(), repairs=(*line.repairs, "seam"))
    if tail.count(" ") <= MEASURES["body_least"] and is_agencies(tail):
        return [text, line.with_text(tail, sort="field", rule="source", value=tail, repairs=())]
    if tail.count(" ") >= MEASURES["soup_least"] or not (ARABIC.search(tail) or tail.isascii()):
        return [line]
    label = apply_marker(line.with_text(tail, gap=True, repairs=()))
    return [line] if label.sort == "text" else [text, label]
