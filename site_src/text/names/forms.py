"""The forms in which a name may stand: with Arabic particles, as an inflected adjective, a family name, a plural."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from site_src.model.names import Name
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.names.trie import Claim, Form, Stems, Strip
from site_src.text.words import CONJUNCTIONS, PREPOSITIONS, fold_in_advance, folded_list, form_words

_ENDINGS = ("", "ه", "ا", "ين", "ون", "ان", "ات", "تين", "تان")
"""Folded endings of a nisba: masculine, feminine, accusative, plurals and duals."""
_INFLECTED = tuple(f"ي{ending}" for ending in _ENDINGS)
"""The ends of a nisba in all its inflections."""
_SON_OF = frozenset({"بن", "ابن", "bin", "ibn"})


def arabic_strip(word: str) -> Iterator[tuple[int, str]]:
    """The readings of a folded word with و ف, then ب ك ل, cut off; "لل" is read as ل before the article."""
    start = 1 if word.startswith(CONJUNCTIONS) else 0
    if start and len(word) > 2:
        yield start, word[start:]
    if len(word) > start + 3 and word[start] in PREPOSITIONS:
        yield start + 1, word[start + 1 :]
        if word.startswith("لل", start):
            yield start + 1, "ا" + word[start + 1 :]


def arabic_stems(word: str) -> tuple[str, ...]:
    """The nisbas of which a folded word may be an inflection, with or without article."""
    if not word.endswith(_INFLECTED):
        return ()
    (stem,) = (word[: len(word) - len(ending)] for ending in _ENDINGS if word.endswith(f"ي{ending}"))
    return (stem, stem[2:]) if stem.startswith("ال") else (stem,)


def _arabic_spellings(name: Name) -> Iterable[str]:
    return (name.ar, *name.ar_variants, *name.ar_short, *name.ar_adjectives)


def _english_spellings(name: Name) -> Iterable[str]:
    return (name.en, *name.en_variants, name.en_short, *name.en_adjectives)


def _arabic_forms(name: Name) -> Iterator[Form]:
    """Every form of a name in Arabic; of a nisba ("مجري") only the stem, of which each inflection stands for the name.

    An adjective that is a plural noun ("روس") stands for the name only with the article.
    """
    full = [form_words(form) for form in (name.ar, *name.ar_variants)]
    yield from (Form(form, name.id, Claim.FULL) for form in full)
    yield from (Form(form_words(form), name.id, Claim.SHORT) for form in name.ar_short)
    if name.kind == "person":
        yield from (Form(form, name.id, Claim.SHORT) for form in _family_names(full))
    for adjective in map(form_words, name.ar_adjectives):
        if len(adjective) > 1:
            yield from (Form(form, name.id, Claim.ADJECTIVE) for form in _inflections(adjective))
        elif adjective and adjective[0] not in common_words("ar"):  # مالي
            nisba = adjective[0].endswith("ي")
            yield Form((adjective[0] if nisba else "ال" + adjective[0],), name.id, Claim.ADJECTIVE, nisba)


def _inflections(adjective: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """An adjective of several words in each gender and number, with and without article: الكورية الجنوبية."""
    for ending in _ENDINGS:
        form = tuple(word + ending if word.endswith("ي") else word for word in adjective)
        yield from (form, ("ال" + form[0], *form[1:]), tuple("ال" + word for word in form))


def _english_forms(name: Name) -> Iterator[Form]:
    """Every form of a name in English, plurals of adjectives included."""
    full = [form_words(form) for form in (name.en, *name.en_variants)]
    yield from (Form(form, name.id, Claim.FULL) for form in full)
    if name.en_short:
        yield Form(form_words(name.en_short), name.id, Claim.FULL)
    if name.kind == "person":
        yield from (Form(form, name.id, Claim.SHORT) for form in _family_names(full))
    for adjective in name.en_adjectives:
        *head, last = form_words(adjective)
        yield Form((*head, last), name.id, Claim.ADJECTIVE)
        yield Form((*head, last + "s"), name.id, Claim.ADJECTIVE)


def _family_names(full: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Last words of full names that can stand for the person: long enough, uncommon, no given name, no "son of"."""
    for words in full:
        if len(words) < 2:
            continue
        *_, before, last = words
        if len(last) > 3 and before not in _SON_OF and last not in no_family_names():
            yield (last,)


def given_names() -> frozenset[str]:
    """Folded first names: a family name behind one of them is another person's."""
    return folded_list("given_names", "names")


@cache
def juniors() -> tuple[str, ...]:
    """What follows a name that a child has of a parent, with the space before it; as written."""
    return tuple(f" {word}" for word in table("given_names")["juniors"])


@lru_cache(maxsize=1 << 14)
def is_given_name(word: str) -> bool:
    """Whether a word as written, with or without particles, is a first name."""
    folded = fold(word)
    return bool(folded) and not given_names().isdisjoint([folded, *(core for _, core in arabic_strip(folded))])


def common_words(lang: str) -> frozenset[str]:
    """Folded words of everyday language ("ar" or "en") that cannot be a name by themselves."""
    return folded_list("common_words", lang)


@cache
def no_family_names() -> frozenset[str]:
    """Folded words that cannot stand for a person as a family name."""
    return common_words("ar") | given_names()


class Grammar(Struct, frozen=True, gc=False):
    """How names stand in texts of one language."""

    spellings: Callable[[Name], Iterable[str]]
    """Gives the words that the names file has for a name."""
    forms: Callable[[Name], Iterator[Form]]
    """Gives every form in which a name may stand."""
    strip: Strip
    stems: Stems

    def forms_of(self, names: Collection[Name]) -> tuple[Form, ...]:
        """Every form of every name."""
        fold_in_advance(form for name in names for form in self.spellings(name))
        return tuple(form for name in names for form in self.forms(name) if form.words)


ARABIC = Grammar(_arabic_spellings, _arabic_forms, arabic_strip, arabic_stems)
ENGLISH = Grammar(_english_spellings, _english_forms, lambda _: iter(()), lambda _: ())
