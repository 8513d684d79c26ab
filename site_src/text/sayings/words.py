"""The words of sayings, read from the tables: verbs of saying, what ends a speaker, what denies a saying."""

from __future__ import annotations

from functools import cache, partial

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import fold_all
from site_src.text.words import folded_list


class Verb(Struct, frozen=True, gc=False):
    """A verb of saying in one of its forms."""

    id: str
    """Of `verbs.toml`."""
    role: str
    """ "finite", "participle" or "before"."""
    need: bool
    """Whether a conjunction or quotation must follow for it to be saying."""
    noun: bool = False
    """Whether the form is a noun too, and a verb only where the speaker is known for one."""
    object: bool = False
    """Whether what follows may be what is spoken of: only a name or an office is the speaker."""
    passive: bool = False
    """Whether the form is spelt like its passive (يعتبر): somebody says it only where a clause opens."""
    heads: str = "sources"
    """The list of what may stand behind a form before its speaker, besides persons."""
    governs: frozenset[str] = frozenset()
    """Words of which one must follow the speaker where neither does; any or none, where it is empty."""


@cache
def verbs_of_saying() -> dict[str, Verb]:
    """Folded form, with and without a conjunction before it -> verb; forms of two words among them."""
    found: dict[str, Verb] = {}
    for id, entry in table("verbs")["verb"].items():
        governs, nouns, passive = (frozenset(fold_all(entry.get(key, []))) for key in ("governs", "nouns", "passive"))
        heads = entry.get("heads", "sources")
        for role, key in (("finite", "ar"), ("participle", "participle"), ("before", "before")):
            for form in fold_all(entry.get(key, [])):
                noun = form in nouns
                kinds = heads if role == "before" else "sources"
                object, like = entry.get("object", False), form in passive
                verb = Verb(id, role, entry.get("need", False), noun, object, like, kinds, governs)
                found |= dict.fromkeys((form, "و" + form, "ف" + form), verb)
    return found


@cache
def openers() -> frozenset[str]:
    """First words of the forms that are two words long."""
    return frozenset(form.split()[0] for form in verbs_of_saying() if form.count(" ") == 1)


speaker_words = partial(folded_list, "speakers")
"""Folded words of one list of `speakers.toml`."""


def is_source(head: str, verb: Verb) -> bool:
    """Whether the first word of a speaker is one of what the verb's speakers are, besides persons."""
    known = speaker_words(verb.heads)
    return head in known or head.removeprefix("ل").removeprefix("ال") in known


@cache
def offices() -> frozenset[str]:
    """Folded offices, those with the article also without it."""
    named = speaker_words("offices")
    return named.union(word.removeprefix("ال") for word in named)


@cache
def media() -> frozenset[str]:
    """What a name in quotation marks follows that is nobody's words: who was spoken to, with the article or without."""
    return speaker_words("media").union("ال" + word for word in speaker_words("media"))


@cache
def bearers() -> frozenset[str]:
    """What a name in quotation marks belongs to, with the article or without, and with a particle before it."""
    named = speaker_words("bearers")
    return frozenset(led + word for led in ("", "ال", "ل", "ب", "و", "لل", "بال", "وال") for word in named)


@cache
def longest_quoted_name() -> int:
    """Words of the longest quotation that may be such a name."""
    return int(table("speakers")["longest_quoted_name"])


@cache
def speaker_ends() -> frozenset[str]:
    """Words that no speaker goes beyond."""
    return speaker_words("clause") | speaker_words("ends")


@cache
def unsaid(kind: str) -> frozenset[str]:
    """Folded words of the table of denials and hypotheses, with and without a conjunction before them."""
    words = fold_all(table("speakers")["unsaid"][kind])
    return frozenset(written for word in words for written in (word, "و" + word, "ف" + word))


@cache
def unsaid_words() -> frozenset[str]:
    """All words of that table which stand right before a verb."""
    return frozenset().union(*map(unsaid, ("always", "imperfect", "opening")))
