"""A story's address: the editor's word, else the record, else the file name. It never changes by itself."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, count
from typing import NamedTuple

from site_src.model.page import Article
from site_src.model.report import Problem
from site_src.record import Record
from site_src.text.patterns import late

_OTHER = late("[^a-z0-9]+")
_LETTER = late("[a-z]")
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


class Addresses(NamedTuple):
    """One address for each story, in order."""

    slugs: tuple[str, ...]
    notes: tuple[str, ...]
    """On each file name that two stories wanted."""
    problems: tuple[Problem, ...]
    """On each address that the editor gave to a further story, which is filed as if it had been given none, and on
    each that was another story's."""


def assign(stories: Sequence[Sequence[Member]], record: Record) -> Addresses:
    """The addresses of stories (their members, the lead first)."""
    slugs = [_editor_slug(members) for members in stories]
    problems = tuple(_settle_claims(stories, slugs, record)) if any(slugs) else ()
    editor_stories = {slug: members for members, slug in zip(stories, slugs, strict=True) if slug}
    _fill_from_record(stories, slugs, record)
    notes = tuple(_fill_from_files(stories, slugs, record))
    return Addresses(tuple(slugs), notes, (*problems, *_find_taken_over(stories, slugs, editor_stories, record)))


def _editor_slug(members: Sequence[Member]) -> str:
    """The address that the editor gave: the lead's before a copy's."""
    for member in members:
        if member.article.word.slug:
            return member.article.word.slug
    return ""


def _settle_claims(stories: Sequence[Sequence[Member]], slugs: list[str], record: Record) -> Iterator[Problem]:
    """Leave an address that the editor gave to several stories to the one that had it, else to the first of them."""
    claims: dict[str, list[int]] = {}
    for place, slug in enumerate(slugs):
        if slug:
            claims.setdefault(slug, []).append(place)
    for slug, places in sorted(claims.items()):
        holders = [place for place in places if slug in _recorded_slugs(stories[place], record)]
        keeper = (holders or places)[0]
        for place in places:
            if place != keeper:
                slugs[place] = ""
                keeper_file, file = _giver(stories[keeper], slug), _giver(stories[place], slug)
                fault = f"its slug {slug!r} is given to the story of {keeper_file} too, which keeps it"
                yield Problem(file, "slug-twice", fault, "give each story its own")


def _recorded_slugs(members: Sequence[Member], record: Record) -> list[str]:
    """The addresses that the record knows a story's texts under."""
    return list(dict.fromkeys(slug for member in members for slug in record.by_member.get(member.hash, ())))


def _find_taken_over(
    stories: Sequence[Sequence[Member]],
    slugs: Sequence[str],
    editor_stories: Mapping[str, Sequence[Member]],
    record: Record,
) -> Iterator[Problem]:
    """On each address that the editor gave (`editor_stories`: to which) to another story than the one that had it.

    Readers who kept it come to the new one from now on, so that is said, once: the record then knows it so.
    """
    if not editor_stories:
        return
    for members, current in zip(stories, slugs, strict=True):
        for slug in _recorded_slugs(members, record):
            story = editor_stories.get(slug)
            if slug == current or story is None or slug in _recorded_slugs(story, record):
                continue
            giver, file = _giver(story, slug), members[0].article.file
            fault = f"its slug {slug!r} was the address of {file}, which is {current!r} now; kept links lead to {giver}"
            todo = f"if that is not meant, give {file} the slug {slug!r} and this story another"
            yield Problem(giver, "slug-taken-over", fault, todo, severity="warning")


def _giver(members: Sequence[Member], slug: str) -> str:
    """The file in which the editor gave a story this address."""
    return next(member.article.file for member in members if member.article.word.slug == slug)


def _fill_from_record(stories: Sequence[Sequence[Member]], slugs: list[str], record: Record) -> None:
    """Fill the addresses that the record knows; of two stories that held one text's, the larger share keeps it."""
    if not record.entries:
        return
    taken = {slug for slug in slugs if slug}
    recorded = [[slug for member in members for slug in record.by_member.get(member.hash, ())] for members in stories]
    claimed = Counter(slug for own in recorded for slug in set(own))
    claims = []
    for place, own in enumerate(recorded):
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


def _free(slug: str, taken_slugs: Set[str]) -> str:
    """The slug, or the first numbered form of it that nobody has."""
    return next(name for name in chain([slug], (f"{slug}-{n}" for n in count(2))) if name not in taken_slugs)


def _fill_from_files(stories: Sequence[Sequence[Member]], slugs: list[str], record: Record) -> Iterable[str]:
    """Fill the rest from file names; where one is taken, 8 digits of the text's hash tell them apart."""
    taken = {slug for slug in slugs if slug}
    formers = {old: entry.slug for entry in record.entries for old in entry.former}
    for place, members in enumerate(stories):
        if slugs[place]:
            continue
        lead = members[0]
        name = file_slug(lead.article, lead.hash)
        redirect = formers.get(name)
        free = name not in taken and (redirect is None or redirect in record.by_member.get(lead.hash, ()))
        slugs[place] = name if free else _free(f"{name}-{lead.hash[:8]}", taken | formers.keys())
        taken.add(slugs[place])
        if not free:
            yield (f"{lead.article.file}: the address {name!r} belongs to another story, so this one is "
                   f"{slugs[place]!r}; a slug in its header would choose")  # fmt: skip
