"""Too short, cut off, too long, or saying the same thing again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.patterns import compiled, late
from site_src.translate.checks.names import names
from site_src.translate.checks.numbers import calendar, numbers
from site_src.translate.checks.pair import Pair, Side

_ENDED = late(r"""[.!?؟…。:؛;]["'”’»)\]]*\s*\Z|["”’»)\]]\s*\Z""")
_TWICE = late(r"(?<!\S)([\w'’]+,? [\w'’]+),? \1(?!\w)")
_SAME_LETTERS = late(r"(\w{1,6}?)\1{4,}")


def truncated(pair: Pair) -> Iterator[Finding]:
    """A translation that is too short for its source, or stops in the middle of a sentence."""
    rules = table("checks")["truncated"]
    source, target = pair.source, pair.target
    if not target.words or len(source.words) < rules["least_words"]:
        return
    share = (target.length + rules["grace"]) / (rules["expected"] * source.length + rules["grace"])
    ends = bool(_ENDED.search(target.text)) or not _ENDED.search(source.text)
    if ends:
        cut = share < rules["short"] and source.length >= rules["least_letters"] and not _is_told(pair, share)
    else:
        cut = share < rules["short_and_open"]
    if cut:
        yield Finding("truncated", "error", f"{len(source.words)} → {len(target.words)}")
    elif _breaks_off(target) or (not ends and share < rules["open"]):
        end = len(target.text.rstrip())
        yield target.finding("truncated", "error", target.text.rfind(" ", 0, end) + 1, end)


def _is_told(pair: Pair, share: float) -> bool:
    """Whether a short translation says all that its source names and counts up to its last part: it is not cut."""
    rules = table("checks")["truncated"]
    source = pair.source
    marks = [figure.start for figure in source.figures] + [name.start for name in source.names]
    places = [*marks, *(start for start, _ in calendar(source).values())]
    if share < rules["terse"] or len(places) < rules["places"] or max(places) < rules["last_part"] * len(source.text):
        return False
    return all(finding.side == "target" for check in (numbers, names) for finding in check(pair))


def padded(pair: Pair) -> Iterator[Finding]:
    """A translation far too long for its source: something was added."""
    rules = table("checks")["truncated"]
    share = pair.target.length / (rules["expected"] * pair.source.length + rules["allowance"])
    if share > rules["long"]:
        yield Finding("padded", "error", f"{len(pair.source.words)} → {len(pair.target.words)}")


def _breaks_off(target: Side) -> bool:
    """Whether the last word cannot be the last of a sentence, or of a text without a full stop."""
    rules = table("checks")["truncated"]
    last, end = target.words[-1], target.text.rstrip()[-1]
    return (last in rules["open_words"] and end != "?") or (last in rules["before_stop"] and end.isalpha())


def loop(pair: Pair) -> Iterator[Finding]:
    """The same words again and again, which the source does not repeat."""
    if (repeated := _repeated(pair.target)) and not _repeated(pair.source):
        yield Finding("loop", "error", repeated)


def _repeated(side: Side) -> str:
    return _run(side.words) or _twice(side) or _often(side.words) or _stutter(side.words) or _stammer(side.text)


def _distances(words: list[str]) -> set[int]:
    """How far each word stands from where it last stood."""
    last: dict[str, int] = {}
    found = set()
    for place, word in enumerate(words):
        if word in last:
            found.add(place - last[word])
        last[word] = place
    return found


def _run(words: list[str]) -> str:
    """The words that follow themselves at once; of one or two words they must stand three times."""
    longest = min(table("checks")["loop"]["longest"], len(words) // 2)
    for size in sorted(size for size in _distances(words) if size <= longest):
        same, enough = 0, size * (2 if size < 3 else 1)
        for place in range(size, len(words)):
            same = same + 1 if words[place] == words[place - size] else 0
            if same == enough:
                return " ".join(words[place + 1 - size : place + 1])
    return ""


def _twice(side: Side) -> str:
    """Two words that follow themselves with nothing but a space or a comma between."""
    found = _TWICE.search(side.folded) if 2 in _distances(side.words) else None
    return found[1] if found else ""


def _often(words: list[str]) -> str:
    """A group of words that comes again too often for its text."""
    rules = table("checks")["loop"]
    size, least = rules["group"], rules["times"]
    if len(words) - len(set(words)) < size * (least - 1):
        return ""
    group, times = Counter(zip(*(words[start:] for start in range(size)), strict=False)).most_common(1)[0]
    return f"{' '.join(group)} ×{times}" if times >= least else ""


def _stutter(words: list[str]) -> str:
    """A word that is one group of letters again and again."""
    long = table("checks")["loop"]["letters"]
    return next((word for word in words if len(word) >= long and word.isalpha() and _SAME_LETTERS.search(word)), "")


def _stammer(text: str) -> str:
    """A small word that follows itself with nothing between them but a space: the the."""
    found = _small_twice().search(text)
    return found[0] if found else ""


@cache
def _small_twice() -> re.Pattern[str]:
    return compiled(rf"\b({'|'.join(table('checks')['loop']['never_twice'])}) \1\b", re.IGNORECASE)
