"""Head: credits without a label above the text, known by the names that they hold."""

from __future__ import annotations

from site_src.parse.credits import is_person, names_outlet, person_name
from site_src.parse.lines import Line
from site_src.text.patterns import late

_PARTS = late(r"\s+[-–—|/]\s+|\s*/\s+|\s?:\s+")
_PLACE_AND_OUTLET = late(r"[^\W\d_]{3,}(?: [^\W\d_]+)?\s?/\s?[^\W\d_]+(?: [^\W\d_]+){0,2}")
_LONGEST = 8


def with_head_fields(lines: tuple[Line, ...], first: int) -> tuple[Line, ...]:
    """The lines of an article whose text begins at `first`; credits above it, but not its only headline, as fields."""
    headlines = [place for place, line in enumerate(lines[:first]) if line.is_headline]
    if not headlines:
        return lines
    above = (
        _as_credit(line, headlines[0] < place == first - 1) if _may_be_credit(line, len(headlines)) else line
        for place, line in enumerate(lines[:first])
    )
    return (*above, *lines[first:])


def _may_be_credit(line: Line, headlines: int) -> bool:
    return line.sort == "text" and not line.role and line.words <= _LONGEST and headlines > line.is_headline


def _as_credit(line: Line, between: bool) -> Line:
    """A person's name, alone or beside an outlet's, as byline; an outlet's as source.

    "Place / outlet" is a dateline only right `between` headline and text: elsewhere it may name sections.
    """
    parts = _PARTS.split(line.text)
    if is_person(line.text) or _has_person(parts):
        return line.but(sort="field", rule="byline", value=" / ".join(parts))
    if names_outlet(line.text):
        return line.but(sort="field", rule="source", value=line.text)
    if between and _PLACE_AND_OUTLET.fullmatch(line.text):
        return line.but(sort="field", rule="dateline", value=line.text)
    return line


def _has_person(parts: list[str]) -> bool:
    return len(parts) == 2 and any(is_person(person_name(part)) for part in parts)
