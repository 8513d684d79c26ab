"""Length: a translation that is too short, cut off, too long, or repeats itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.patterns import compiled, late
from site_src.translate.checks.names import check_names
from site_src.translate.checks.numbers import calendar, check_numbers
from site_src.translate.checks.pair import Pair, Side

_ENDED = late(r"""[.!?؟…。:؛;]["'”’»)\]]*\s*\Z|["”’»)\]]\s*\Z""")
_PAIR_TWICE = late(r"(?<!\S)([\w'’]+,? [\w'’]+),? \1(?!\w)")
_SAME_LETTERS = late(r"(\w{1,6}?)\1{4,}")


def check_truncation(pair: Pair) -> Iterator[Finding]:
    """A translation that is too short for its source, or stops in the middle of a sentence."""
    rules = table("checks")["truncated"]
    source, target = pair.source, pair.target
    if not target.words or len(source.words) < rules["least_words"]:
        return
    share = (target.length + rules["grace"]) / (rules["expected"] * source.length + rules["grace"])
    ends_like_source = bool(_ENDED.search(target.text)) or not _ENDED.search(source.text)
    if ends_like_source:
        too_short = share < rules["short"] and source.length >= rules["least_letters"] and not _is_terse(pair, share)
    else:
        too_short = share < rules["short_and_open"]
    if too_short:
        yield Finding("truncated", "error", f"{len(source.words)} → {len(target.words)}")
    elif _breaks_off(target) or (not ends_like_source and share < rules["open"]):
        end = len(target.text.rstrip())
        yield target.finding("truncated", "error", target.text.rfind(" ", 0, end) + 1, end)


def _is_terse(pair: Pair, share: float) -> bool:
    """Whether a short translation has all names, figures and dates of its source up to its last part: it is not cut.

    `share` is its length as a share of the expected length.
    """
    rules = table("checks")["truncated"]
    source = pair.source
    starts = [figure.start for figure in source.figures] + [name.start for name in source.names]
    starts += [start for start, _ in calendar(source).values()]
    if share < rules["terse"] or len(starts) < rules["places"]:
        return False
    if max(starts) < rules["last_part"] * len(source.text):
        return False
    return all(finding.side == "target" for check in (check_numbers, check_names) for finding in check(pair))


def check_padding(pair: Pair) -> Iterator[Finding]:
    """A translation that is far too long for its source: something was added."""
    rules = table("checks")["truncated"]
    share = pair.target.length / (rules["expected"] * pair.source.length + rules["allowance"])
    if share > rules["long"]:
        yield Finding("padded", "error", f"{len(pair.source.words)} → {len(pair.target.words)}")


def _breaks_off(target: Side) -> bool:
    """Whether the last word cannot end a sentence, or cannot end a text without a full stop."""
    rules = table("checks")["truncated"]
    last_word, last_character = target.words[-1], target.text.rstrip()[-1]
    if last_word in rules["open_words"] and last_character != "?":
        return True
    return last_word in rules["before_stop"] and last_character.isalpha()


def check_repetition(pair: Pair) -> Iterator[Finding]:
    """Words that the translation repeats again and again while the source repeats nothing."""
    if (repetition := _find_repetition(pair.target)) and not _find_repetition(pair.source):
        yield Finding("loop", "error", repetition)


def _find_repetition(side: Side) -> str:
    """What a text repeats in a way that no writer does, "" for nothing."""
    return (
        _immediate_repetition(side.words)
        or _repeated_pair(side)
        or _frequent_group(side.words)
        or _repeated_letters(side.words)
        or _repeated_small_word(side.text)
    )


def _distances(words: list[str]) -> set[int]:
    """The distances, in words, at which a word stands from its previous occurrence."""
    last_index: dict[str, int] = {}
    distances = set()
    for index, word in enumerate(words):
        if word in last_index:
            distances.add(index - last_index[word])
        last_index[word] = index
    return distances


def _immediate_repetition(words: list[str]) -> str:
    """A group of words that follows itself at once; a group of one or two words must stand three times in a row."""
    longest = min(table("checks")["loop"]["longest"], len(words) // 2)
    for size in sorted(size for size in _distances(words) if size <= longest):
        matching, needed = 0, size * (2 if size < 3 else 1)
        for index in range(size, len(words)):
            matching = matching + 1 if words[index] == words[index - size] else 0
            if matching == needed:
                return " ".join(words[index + 1 - size : index + 1])
    return ""


def _repeated_pair(side: Side) -> str:
    """Two words that follow themselves with only a space or a comma between."""
    match = _PAIR_TWICE.search(side.folded) if 2 in _distances(side.words) else None
    return match[1] if match else ""


def _frequent_group(words: list[str]) -> str:
    """A group of words that occurs too often, with the number of times."""
    rules = table("checks")["loop"]
    size, least = rules["group"], rules["times"]
    if len(words) - len(set(words)) < size * (least - 1):
        return ""
    groups = zip(*(words[start:] for start in range(size)), strict=False)
    group, times = Counter(groups).most_common(1)[0]
    return f"{' '.join(group)} ×{times}" if times >= least else ""


def _repeated_letters(words: list[str]) -> str:
    """A long word that has the same group of letters again and again."""
    least = table("checks")["loop"]["letters"]
    return next((word for word in words if len(word) >= least and word.isalpha() and _SAME_LETTERS.search(word)), "")


def _repeated_small_word(text: str) -> str:
    """A small word that follows itself with only a space between: the the."""
    match = _small_word_twice().search(text)
    return match[0] if match else ""


@cache
def _small_word_twice() -> re.Pattern[str]:
    return compiled(rf"\b({'|'.join(table('checks')['loop']['never_twice'])}) \1\b", re.IGNORECASE)
