"""A story's address: the editor's word, else the record, else the file name. It never changes by itself."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import chain, count
from typing import NamedTuple

from site_src.errors import SettingsError
from site_src.model import Article
from site_src.record import Record

_OTHER = re.compile("[^a-z0-9]+")
_LETTER = re.compile("[a-z]")
_LONGEST = 80


class Member(NamedTuple):
    """One text of a story, as far as its address goes."""

    article: Article
    hash: str


def file_slug(article: Article, hash: str) -> str:
    """The address that the file name gives: ASCII, `-2` for the second article of a page."""
    file = article.file.rpartition("/")[2]
    before, _, ending = file.rpartition(".")
    stem = before if before and ending else file
    if not stem.isascii():
        stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    name = _OTHER.sub("-", stem.lower())[:_LONGEST].strip("-")
    if not _LETTER.search(name):
        return f"story-{hash[:8]}"
    return name if article.part == 1 else f"{name}-{article.part}"


def own_slug(article: Article, hash: str) -> str:
    """The address that an article would have alone, on a first build."""
    return article.word.slug or file_slug(article, hash)


def assign(stories: Sequence[Sequence[Member]], record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One address for each story (its members, the lead first), and a note on each file name that two wanted.

    Raises `SettingsError` with every address that the editor gave twice or wrongly.
    """
    words = [_editors(members) for members in stories]
    if any(words) and (mistakes := _mistakes(stories, words)):
        raise SettingsError("articles", mistakes)
    slugs = list(words)
    _from_record(stories, slugs, record)
    notes = tuple(_from_files(stories, slugs, record))
    return tuple(slugs), notes


def _editors(members: Sequence[Member]) -> str:
    """The address that the editor gave: the lead's before a copy's."""
    for member in members:
        if member.article.word.slug:
            return member.article.word.slug
    return ""


def _mistakes(stories: Sequence[Sequence[Member]], words: Sequence[str]) -> list[str]:
    claims = Counter(word for word in words if word)
    told = {slug: _files(stories, words, slug) for slug in sorted(claims) if claims[slug] > 1}
    return [f"{files}: different stories have the slug {slug!r}; give each its own" for slug, files in told.items()]


def _files(stories: Sequence[Sequence[Member]], words: Sequence[str], slug: str) -> str:
    told = (members for members, word in zip(stories, words, strict=True) if word == slug)
    return ", ".join(member.article.file for members in told for member in members if member.article.word.slug == slug)


def _from_record(stories: Sequence[Sequence[Member]], slugs: list[str], record: Record) -> None:
    """Fill the addresses that the record knows; of two stories that held one text's, the larger share keeps it."""
    if not record.entries:
        return
    taken = {slug for slug in slugs if slug}
    known = [[slug for member in members for slug in record.by_member.get(member.hash, ())] for members in stories]
    claimed = Counter(slug for own in known for slug in set(own))
    claims = []
    for place, own in enumerate(known):
        if len(own) == 1 and claimed[own[0]] == 1 and not slugs[place] and own[0] not in taken:
            slugs[place] = own[0]
            taken.add(own[0])
        else:
            claims += [(-own.count(slug), record.by_slug[slug].first_seen, slug, place) for slug in dict.fromkeys(own)]

    def order(claim: tuple[int, str, str, int]) -> tuple[int, str, bool, str, int]:
        share, first_seen, slug, place = claim
        lead = stories[place][0]
        return share, first_seen, claimed[slug] > 1 and slug != own_slug(lead.article, lead.hash), slug, place

    for _, _, slug, place in sorted(claims, key=order):
        if not slugs[place] and slug not in taken:
            slugs[place] = slug
            taken.add(slug)


def _free(slug: str, taken: Set[str]) -> str:
    """The slug, or the first numbered form of it that nobody has."""
    return next(name for name in chain([slug], (f"{slug}-{n}" for n in count(2))) if name not in taken)


def _from_files(stories: Sequence[Sequence[Member]], slugs: list[str], record: Record) -> Iterable[str]:
    """Fill the rest from file names; where one is taken, 8 digits of the text's hash tell them apart."""
    taken = {slug for slug in slugs if slug}
    formers = {old: entry.slug for entry in record.entries for old in entry.former}
    for place, members in enumerate(stories):
        if slugs[place]:
            continue
        lead = members[0]
        wanted = file_slug(lead.article, lead.hash)
        redirect = formers.get(wanted)
        free = wanted not in taken and (redirect is None or redirect in record.by_member.get(lead.hash, ()))
        slugs[place] = wanted if free else _free(f"{wanted}-{lead.hash[:8]}", taken | formers.keys())
        taken.add(slugs[place])
        if not free:
            yield (f"{lead.article.file}: the address {wanted!r} belongs to another story, so this one is "
                   f"{slugs[place]!r}; a slug in its header would choose")  # fmt: skip
