"""Numbers that name or order what stands before them and count nothing: the Group of Twenty, resolution 2254."""

from __future__ import annotations

from itertools import takewhile

from site_src.text.figures.cardinals import read_cardinal
from site_src.text.figures.counted import find_counted
from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.tokens import Token


def read_group_number(reader: Reader, place: int) -> Reading | None:
    """The number of a group (مجموعة العشرين, Group of Seven) is a name, unless it counts something."""
    cues_before = reader.tokens[place - 1].cues
    if "group" in cues_before:
        is_name = reader.tokens[place].definite
    elif "group_of" in cues_before and reader.cue(place - 2, "group"):
        cardinal = read_cardinal(reader, place)
        is_name = cardinal is not None and not find_counted(reader, cardinal.end).unit
    else:
        return None
    return Reading(None, place, place + 1) if is_name else None


def follows_inert(reader: Reader, place: int) -> bool:
    """Whether a word that was not read stands before a scale, whose digits touch it (موزمبيق950 ألف دولار), or a rest.

    It may be the ones of the tens (الاثنين والعشرين, وست وعشرين).
    """
    token = reader.tokens[place]
    is_rest = token.sort == "scale" or (token.sort == "tens" and token.has_and)
    return is_rest and reader.tokens[place - 1].sort == "inert"


def is_numbered_name(reader: Reader, place: int) -> bool:
    """Whether a dash ties short digits to the word before them, as a name is numbered (Nur -1, Nur - 2)."""
    token = reader.tokens[place]
    dashed = token.is_plain_integer and len(token.text) < 3 and reader.tokens[place - 1].sort == "dash"
    return dashed and reader.words.lang == "ar" and reader.tokens[place - 2].sort == "word"


def definite_noun_before(reader: Reader, place: int) -> Token | None:
    """The noun with its article before digits with theirs (الدول الـ27, الحزمة الـ 20): what follows is not counted."""
    token, before = reader.tokens[place], reader.tokens[place - 1]
    article_apart = before.text == "ال"
    if token.sort != "digits" or not (token.definite or article_apart):
        return None
    noun = reader.tokens[place - 2] if article_apart else before
    return noun if noun.definite else None


def is_orderable(noun: Token) -> bool:
    """Whether digits behind a noun surely order it, as in القمة الـ 12.

    They do behind a noun that is often ordered, and behind one in ة that is no unit; never behind a plural or a label.
    """
    often_ordered = "ordinal_noun" in noun.cues or (noun.text.endswith("ه") and not noun.units)
    return often_ordered and noun.cues.isdisjoint({"label", "plural"})


def follows_label(reader: Reader, place: int) -> bool:
    """Whether a label stands a few words before digits, which then number it (قرار مجلس الأمن الدولي 2254).

    So do further digits that "and" joins to these (المادتان 4 و5).
    """
    if reader.tokens[place].sort != "digits":
        return False
    while reader.tokens[place].has_and and reader.tokens[place - 1].sort == "digits":
        place -= 1
    words = takewhile(
        lambda before: _may_belong_to_label(reader.tokens[before], reader), range(place - 1, place - 5, -1)
    )
    return any(reader.cue(before, "label") for before in words)


def _may_belong_to_label(token: Token, reader: Reader) -> bool:
    """Whether a word may stand between a label and its digits: no particle (تستغرق الرحلة من 6 إلى 8 ساعات)."""
    return token.sort == "word" and token.text not in reader.words.not_nouns
