"""The words of sayings, read from the tables: verbs of saying, what ends a speaker, what denies a saying."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial

from msgspec import Struct

from site_src.tables import table
from site_src.text.fold import fold_all
from site_src.text.words import folded_list


class Verb(Struct, frozen=True, gc=False):
    """A verb of saying in one of its forms."""

    id: str
    """The key of the verb in `verbs.toml`."""
    role: str
    """ "finite", "participle" or "before"."""
    need: bool
    """Whether it is a verb of saying only where a conjunction or quotation follows."""
    noun: bool = False
    """Whether the form is also a noun: it is a verb only where the speaker is known to be one."""
    transitive: bool = False
    """Whether a person named behind the verb may be the one it is said to or of: accused, warned, invited."""
    object: bool = False
    """Whether the words behind it may be what is spoken of: then only a name or an office is the speaker."""
    passive: bool = False
    """Whether the form is spelt like its passive (يعتبر): somebody says it only where a clause opens."""
    sources: str = "sources"
    """The list of `speakers.toml` with the words that may open a speaker who is no person."""
    governs: frozenset[str] = frozenset()
    """Words of which one must follow the speaker where no clause and no quotation does; empty: nothing must."""


@cache
def verbs_of_saying() -> dict[str, Verb]:
    """Each folded form to its verb, with and without a conjunction before it; some forms are two words long."""
    return _verbs_by_form((("finite", "ar"), ("participle", "participle"), ("before", "before")))


@cache
def as_said() -> dict[str, Verb]:
    """Folded words, one or two, that make "according to" of the finite verb of saying behind them (وفق ما أعلن)."""
    return _verbs_by_form((("before", "as_said"),))


@cache
def what_words() -> frozenset[str]:
    """The last words of `as_said`: a verb behind one tells what is said (ما قال), and nothing is said anew."""
    return frozenset(form.split()[-1] for form in as_said())


def _verbs_by_form(roles_and_keys: Iterable[tuple[str, str]]) -> dict[str, Verb]:
    """Each folded form that `verbs.toml` has under one of the keys to its verb in the role of that key."""
    verbs: dict[str, Verb] = {}
    for id, entry in table("verbs")["verb"].items():
        governs, nouns, passives = (frozenset(fold_all(entry.get(key, []))) for key in ("governs", "nouns", "passive"))
        for role, key in roles_and_keys:
            sources = entry.get("heads", "sources") if role == "before" else "sources"
            for form in fold_all(entry.get(key, [])):
                verb = Verb(
                    id,
                    role,
                    need=entry.get("need", False),
                    noun=form in nouns,
                    transitive=entry.get("transitive", False),
                    object=entry.get("object", False),
                    passive=form in passives,
                    sources=sources,
                    governs=governs,
                )
                verbs |= dict.fromkeys((form, "و" + form, "ف" + form), verb)
    return verbs


@cache
def first_of_two_words() -> frozenset[str]:
    """First words of the verbs of saying that are two words long."""
    return frozenset(form.split()[0] for form in verbs_of_saying() if form.count(" ") == 1)


speaker_words = partial(folded_list, "speakers")
"""The folded words of one list of `speakers.toml`."""


def is_source(head: str, verb: Verb) -> bool:
    """Whether the first word of a speaker is one that the verb allows besides persons."""
    sources = speaker_words(verb.sources)
    return head in sources or head.removeprefix("ل").removeprefix("ال") in sources


@cache
def offices() -> frozenset[str]:
    """Folded offices; those that the table has with the article are also there without it."""
    words = speaker_words("offices")
    return words.union(word.removeprefix("ال") for word in words)


@cache
def media() -> frozenset[str]:
    """Words for a medium, with and without the article: the quoted name behind one is who was spoken to."""
    words = speaker_words("media")
    return words.union("ال" + word for word in words)


@cache
def bearers() -> frozenset[str]:
    """Words that a name in quotation marks belongs to, with and without the article and a particle before it."""
    words = speaker_words("bearers")
    return frozenset(prefix + word for prefix in ("", "ال", "ل", "ب", "و", "لل", "بال", "وال") for word in words)


@cache
def longest_quoted_name() -> int:
    """How many words a quotation may have at most to be such a name."""
    return int(table("speakers")["longest_quoted_name"])


@cache
def speaker_ends() -> frozenset[str]:
    """Words at which a speaker ends."""
    return speaker_words("clause") | speaker_words("ends")


@cache
def denials(kind: str) -> frozenset[str]:
    """Folded words of the table of denials and hypotheses, with and without a conjunction before them."""
    words = fold_all(table("speakers")["unsaid"][kind])
    return frozenset(form for word in words for form in (word, "و" + word, "ف" + word))


@cache
def denial_words() -> frozenset[str]:
    """All words of the table of denials that may stand right before a verb."""
    return frozenset().union(*map(denials, ("always", "imperfect", "opening")))
