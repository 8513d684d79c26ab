"""The editor's word on merging: `content/merge.toml`, and what it means for the articles at hand.

`merge = [["a-slug", "folder/file.txt"]]` joins, `keep_apart = [["page.txt#2", "another-slug"]]` parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from msgspec import Struct

from site_src.errors import unreadable
from site_src.merge.addresses import own_slug
from site_src.model.page import Article
from site_src.record import Record
from site_src.toml import read_toml, refused

FILE = "merge.toml"
_KEYS = ("merge", "keep_apart")
Lists = tuple[tuple[str, ...], ...]


class MergeWord(Struct, frozen=True):
    """Lists of stories by slug, or of articles by FILE or FILE#PART."""

    merge: Lists = ()
    keep_apart: Lists = ()
    text: str = ""
    """The file that says it, for the lines of its mistakes."""


SILENT = MergeWord()


class Orders(Struct, frozen=True):
    """The editor's word as sets of article indices."""

    together: tuple[frozenset[int], ...] = ()
    apart: tuple[frozenset[int], ...] = ()


def load_word(path: Path) -> MergeWord:
    """The lists of the file at `path`, empty without one; raises `SettingsError` with every mistake."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return SILENT
    except (OSError, UnicodeError) as error:
        raise unreadable(path, error) from error
    raw = read_toml(text, str(path))
    mistakes = [f"{key}: there is no such key; the keys are {', '.join(_KEYS)}" for key in raw if key not in _KEYS]
    mistakes += [fault for key in _KEYS for fault in _list_faults(key, raw.get(key, []))]
    if mistakes:
        raise refused(text, str(path), mistakes)
    merge, keep_apart = (tuple(tuple(names) for names in raw.get(key, [])) for key in _KEYS)
    return MergeWord(merge, keep_apart, text)


def _list_faults(key: str, lists: Any) -> list[str]:
    if not isinstance(lists, list):
        return [f"{key} = {lists!r}: must be a list of lists, such as [['one-slug', 'file.txt']]"]
    return [
        f"{key}.{number} = {names!r}: must be a list of two or more different slugs or files"
        for number, names in enumerate(lists, 1)
        if not (isinstance(names, list) and len(names) > 1 and all(isinstance(name, str) for name in names)
                and len(set(names)) == len(names))
    ]  # fmt: skip


def orders(word: MergeWord, articles: Sequence[Article], record: Record, hashes: Sequence[str]) -> Orders:
    """What the lists mean for these articles, `hashes[i]` being the hash of the text of article i.

    Raises `SettingsError` with every name that nothing bears and every contradiction.
    """
    if not (word.merge or word.keep_apart):
        return Orders()
    book, mistakes = _Book(articles, record, hashes), []
    groups: dict[str, list[frozenset[int]]] = {}
    for key, lists in (("merge", word.merge), ("keep_apart", word.keep_apart)):
        for number, names in enumerate(lists, 1):
            mistakes += [f"{key}.{number}: {fault}" for name in names if (fault := book.fault(name))]
            groups.setdefault(key, []).append(frozenset(i for name in names for i in book.bearers(name)[:1]))
    together = _unite(groups.get("merge", []))
    apart = tuple(groups.get("keep_apart", []))
    mistakes += _contradictions(together, apart, word, articles)
    if mistakes:
        raise refused(word.text, FILE, dict.fromkeys(mistakes))
    return Orders(together, apart)


class _Book:
    """Who bears a name: a file, a part of a file, or a slug."""

    def __init__(self, articles: Sequence[Article], record: Record, hashes: Sequence[str]):
        self._bearers: dict[str, list[int]] = {}
        for index, article in enumerate(articles):
            for name in {article.file, f"{article.file}#{article.part}", own_slug(article, hashes[index])}:
                self._bearers.setdefault(name, []).append(index)
        self._files = {article.file for article in articles}
        self._record, self._hashes = record, hashes

    def bearers(self, name: str) -> list[int]:
        """Indices of the articles that bear the name; a recorded address stands for its story's texts."""
        return self._bearers.get(name) or self._recorded(name)

    def _recorded(self, name: str) -> list[int]:
        owners = [entry for entry in self._record.entries if name == entry.slug or name in entry.former]
        members = [member for entry in owners for member in entry.members]
        return [self._hashes.index(member) for member in members if member in self._hashes]

    def fault(self, name: str) -> str:
        bearers = self.bearers(name)
        if not bearers:
            return f"{name!r} is neither a slug nor a file of the articles"
        if name in self._files and len(bearers) > 1:
            return f"{name!r} holds {len(bearers)} articles; say which: {name}#1 to {name}#{len(bearers)}"
        return ""


def _unite(groups: Sequence[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """Groups that share a member made one."""
    joint_groups: list[frozenset[int]] = []
    for group in groups:
        touching = [other for other in joint_groups if other & group]
        joint_groups = [other for other in joint_groups if not other & group] + [group.union(*touching)]
    return tuple(joint_groups)


def _contradictions(together: Sequence[frozenset[int]], apart: Sequence[frozenset[int]], word: MergeWord,
                    articles: Sequence[Article]) -> list[str]:  # fmt: skip
    return [
        f"keep_apart.{number} = {list(word.keep_apart[number - 1])!r}: the merge lists join "
        f"{articles[a].file} and {articles[b].file}; drop one of the two"
        for number, group in enumerate(apart, 1)
        for a, b in combinations(sorted(group), 2)
        if any(a in merged_group and b in merged_group for merged_group in together)
    ]


def barred(apart: Sequence[frozenset[int]]) -> Mapping[int, frozenset[int]]:
    """For each article that is to be kept apart, from which."""
    by_article: dict[int, frozenset[int]] = {}
    for group in apart:
        for index in group:
            by_article[index] = by_article.get(index, frozenset()) | (group - {index})
    return by_article
