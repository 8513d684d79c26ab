"""What a build remembers of stories: their addresses, when they were first seen, what the last closed brief held.

`content/record.jsonl`, one line a story, sorted by slug, written by ordinary builds and kept with the content.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Struct
from msgspec.json import Decoder
from msgspec.structs import asdict, replace

from site_src.errors import SettingsError, reason, unreadable
from site_src.filesystem import alone, replace_bytes
from site_src.kept import NOTHING_KEPT, Kept
from site_src.model.edition import Edition, StoryEdition
from site_src.model.page import Article
from site_src.model.publication import Change
from site_src.model.report import Problem
from site_src.model.story import Story


class Snapshot(Struct, frozen=True, gc=False):
    """A story as the last closed brief held it, as far as it takes to see a change."""

    date: str
    """ISO date of the closing."""
    title: str
    text: str
    """Hash of the lead's text."""
    copies: tuple[str, ...]
    """Hashes of the copies' texts, sorted."""
    translation: str
    """Hash of what the editions in other languages showed."""
    topics: tuple[str, ...]
    fields: str = ""
    """Hash of its dates, outlet and agency; "" in a brief that was closed before they were kept."""


class Entry(Struct, frozen=True, gc=False):
    """One line of the record."""

    slug: str
    former: tuple[str, ...] = ()
    """The addresses that the story had, or that stories had which were joined to it."""
    members: tuple[str, ...] = ()
    """Hashes of its texts (`Sketch.hash`): the lead's, then the copies', sorted."""
    first_seen: str = ""
    """ISO date of the build that first saw it."""
    brief: Snapshot | None = None


class Record(Struct, frozen=True, dict=True):
    """All entries, sorted by slug."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def by_slug(self) -> Mapping[str, Entry]:
        """Entries by their present slug."""
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def by_member(self) -> Mapping[str, tuple[str, ...]]:
        """Text hash to the slugs that the record last knew it under: two where one text is kept apart from itself."""
        slugs: dict[str, tuple[str, ...]] = {}
        for entry in self.entries:
            for member in entry.members:
                slugs[member] = (*slugs.get(member, ()), entry.slug)
        return slugs

    def update(self, members: Mapping[str, tuple[str, ...]], today: str = "") -> Record:
        """The record after a build: `members` are the hashes of each story's texts, its lead's first, by slug.

        `today` (ISO) becomes the first day of stories that are new; lines of absent stories stay, so that a story
        that comes back has its address.
        """
        entries = dict(self.by_slug)
        for slug, hashes in members.items():
            owners = self._owners(slug, hashes, members)
            for owner in owners:
                entries.pop(owner.slug, None)
            entries[slug] = _carry_on(slug, _unique_hashes(hashes), owners, today)
        return Record(_settle(entries, members.keys()))

    def _owners(self, slug: str, hashes: Sequence[str], live: Collection[str]) -> list[Entry]:
        """The entries that a story carries on: the one of its slug first, then those whose texts it all holds.

        An entry of another live story is that story's own, though both may hold one text (`keep_apart`).
        """
        same_slug = [self.by_slug[slug]] if slug in self.by_slug else []
        slugs = [name for member in hashes for name in self.by_member.get(member, ()) if name not in live]
        return same_slug + [self.by_slug[name] for name in dict.fromkeys(slugs)
                      if set(self.by_slug[name].members) <= set(hashes)]  # fmt: skip

    def first_seen(self, slug: str) -> str:
        """The first day of a story, "" while it is not known."""
        return self.by_slug[slug].first_seen if slug in self.by_slug else ""

    def with_first_days(self, stories: Iterable[Story]) -> tuple[Story, ...]:
        """The stories with the first day that this record knows of each."""
        return tuple(_with_first_day(story, self.first_seen(story.slug)) for story in stories)

    def redirects(self, slugs: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """(address out of use, story slug) for the given live stories; a live address is never given away."""
        live = set(slugs)
        former = ((entry.slug, entry.former) for entry in self.entries if entry.former and entry.slug in live)
        return tuple(sorted((old, slug) for slug, addresses in former for old in addresses if old not in live))

    def close_brief(self, editions: Sequence[Edition], today: str) -> Record:
        """The record after `brief close`: every story of the editions as it stands, nothing of the others."""
        snapshots = {slug: self._snapshot(slug, versions, today) for slug, versions in _by_slug(editions).items()}
        return Record(tuple(replace(entry, brief=snapshots.get(entry.slug)) for entry in self.entries))

    def changes(self, editions: Sequence[Edition], kept: Kept = NOTHING_KEPT) -> tuple[Change, ...]:
        """What is new, changed or gone since the last brief was closed, by slug; nothing where none ever was.

        What is `kept` from an earlier build of this process only saves time.
        """
        before = {entry.slug: entry.brief for entry in self.entries if entry.brief}
        if not before:
            return ()
        current = {
            slug: kept.same(("closed", slug), (versions, self._members(slug)), partial(self._snapshot, slug, versions))
            for slug, versions in _by_slug(editions).items()
        }
        changes = [
            _change(slug, before.get(slug), current.get(slug)) for slug in sorted(current.keys() | before.keys())
        ]
        return tuple(change for change in changes if change)

    def _members(self, slug: str) -> tuple[str, ...]:
        return self.by_slug[slug].members if slug in self.by_slug else ()

    def _snapshot(self, slug: str, versions: Sequence[StoryEdition], today: str = "") -> Snapshot:
        brief, members = versions[0].brief, self._members(slug)
        translations = "\n".join(f"{part.state}\t{part.text}" for version in versions for part in version.renderings
                          if part.state != "source")  # fmt: skip
        return Snapshot(
            date=today,
            title=(brief.title.value or "").encode("utf-8", "replace").decode(),
            text=members[0] if members else "",
            copies=tuple(sorted(members[1:])),
            translation=sha256(translations.encode("utf-8", "surrogatepass")).hexdigest()[:16],
            topics=brief.topics,
            fields=_fields(brief.story.lead),
        )


def _unique_hashes(hashes: Sequence[str]) -> tuple[str, ...]:
    """The hashes of a story's texts as an entry has them: the lead's, then the others, each once, sorted."""
    return (hashes[0], *sorted(set(hashes[1:]) - {hashes[0]})) if len(hashes) > 1 else tuple(hashes)


def _carry_on(slug: str, members: tuple[str, ...], owners: Sequence[Entry], today: str) -> Entry:
    """The entry of a story that carries on those of its `owners`."""
    if not owners:
        return Entry(slug, (), members, today)
    if len(owners) == 1 and _stays(owners[0], slug, members, today):
        return owners[0]
    former = {old for entry in owners for old in (entry.slug, *entry.former)} - {slug}
    days = [entry.first_seen for entry in owners if entry.first_seen]
    brief = next((entry.brief for entry in owners if entry.brief), None)
    return Entry(slug, tuple(sorted(former)), members, min(days, default=today), brief)


def _stays(entry: Entry, slug: str, members: tuple[str, ...], today: str) -> bool:
    """Whether an entry already says of its story what there is to say."""
    has_first_day = bool(entry.first_seen or not today)
    return has_first_day and (entry.slug, entry.former, entry.members) == (slug, (), members)


def _settle(entries: Mapping[str, Entry], live: Set[str]) -> tuple[Entry, ...]:
    """The entries by slug: a text belongs to the story that holds it now, a live address is nobody's former one."""
    absent = entries.keys() - live
    live_members = {member for slug in live for member in entries[slug].members} if absent else set()
    in_order = [entries[slug] for slug in sorted(entries)]
    return tuple([_release(entry, live_members if entry.slug in absent else (), live) for entry in in_order])


def _release(entry: Entry, live_members: Collection[str], live_slugs: Collection[str]) -> Entry:
    """An entry without the texts and former addresses that others have now."""
    if not (live_members or entry.former):
        return entry
    members = tuple(member for member in entry.members if member not in live_members) if live_members else entry.members
    former = tuple(old for old in entry.former if old not in live_slugs) if entry.former else ()
    return (
        entry if (members, former) == (entry.members, entry.former) else replace(entry, members=members, former=former)
    )


def _with_first_day(story: Story, day: str) -> Story:
    return story if story.first_seen == day else replace(story, first_seen=day)


def _by_slug(editions: Sequence[Edition]) -> dict[str, list[StoryEdition]]:
    versions: dict[str, list[StoryEdition]] = {}
    for edition in editions:
        for story in edition.stories:
            versions.setdefault(story.slug, []).append(story)
    return versions


def _change(slug: str, before: Snapshot | None, current: Snapshot | None) -> Change | None:
    if current is None:
        return Change(slug, "gone", title=before.title) if before else None
    if before is None:
        return Change(slug, "new")
    aspects = [name for name in ("title", "text", "copies", "translation", "topics")
            if getattr(before, name) != getattr(current, name)]  # fmt: skip
    if before.fields and before.fields != current.fields:
        aspects.append("fields")
    return Change(slug, "changed", tuple(aspects)) if aspects else None


def _fields(lead: Article) -> str:
    dates = [field.value for field in (lead.published, lead.updated, lead.event)]
    values = repr((dates, lead.outlet.value, lead.agency.value))
    return sha256(values.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def load_record(path: Path) -> Record:
    """The record at `path`, empty where there is no file.

    Raises `SettingsError` with every line that is not an entry; the file stays as it is.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except FileNotFoundError:
        return Record()
    except (OSError, UnicodeError) as error:
        raise unreadable(path, error) from error
    entries, mistakes = _decode(lines)
    if mistakes:
        raise SettingsError(str(path), mistakes)
    return Record(tuple(sorted(entries.values(), key=lambda entry: entry.slug)))


def _decode(lines: Sequence[str]) -> tuple[dict[str, Entry], list[str]]:
    decoder, entries, mistakes = Decoder(Entry), {}, []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry: Entry = decoder.decode(line)
        except (DecodeError, UnicodeError) as error:
            mistakes.append(f"line {number}: is no entry of the record ({error}); mend it, or restore {_BACKUP}")
            continue
        if entry.slug in entries:
            mistakes.append(f"line {number}: the slug {entry.slug!r} stands on an earlier line; keep one of the two")
        entries[entry.slug] = entry
    return entries, mistakes


_BACKUP = "record.jsonl.bak"


def change_record(path: Path, change: Callable[[Record], Record]) -> tuple[Problem, ...]:
    """Read, change and write the record at `path`, one process at a time, so that none undoes what another wrote.

    A record that cannot be written stays as it is and is a problem.
    """
    try:
        with alone(path.parent):
            save_record(change(load_record(path)), path)
    except OSError as error:
        fault = f"cannot be saved; its old content is intact: {reason(error)}"
        todo = "free space or allow writing, then build again; or build with --frozen, which leaves it alone"
        return (Problem(path.name, "record-unsaved", fault, todo),)
    return ()


def save_record(record: Record, path: Path) -> bool:
    """Write the record, whole or not at all, and keep the last one beside it; False where nothing changed."""
    new = "".join(_line(entry) for entry in record.entries).encode()
    old = path.read_bytes() if path.exists() else None
    if old == new or (old is None and not new):
        return False
    if old:
        replace_bytes(path.with_name(_BACKUP), old)
    replace_bytes(path, new)
    return True


def _line(entry: Entry) -> str:
    import json

    row: dict[str, Any] = {"slug": entry.slug, "former": entry.former, "members": entry.members}
    row["first_seen"] = entry.first_seen
    if entry.brief:
        row["brief"] = asdict(entry.brief)
    values = {key: value for key, value in row.items() if value or key == "slug"}
    return json.dumps(values, ensure_ascii=False) + "\n"
