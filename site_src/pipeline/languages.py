"""Editions from the translation memory and, where there is one and it is wanted, an engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from site_src.kept import Remembered
from site_src.model.edition import Edition, Finding, StoryEdition
from site_src.model.report import Problem
from site_src.parts import pack
from site_src.pipeline.analysts import ALONE, Analyst
from site_src.pipeline.memories import KnownFiles
from site_src.pipeline.names import KnownNames
from site_src.pipeline.report import Watch
from site_src.places import Places
from site_src.settings import Settings
from site_src.store import Store, digest
from site_src.text.names import NameBook
from site_src.translate.checks import check_pair
from site_src.translate.editions import CheckPair, EarlierEditions, Translated, make_editions
from site_src.translate.engines import Translator, first_engine
from site_src.translate.machine import Progress
from site_src.translate.memory import Memory
from site_src.translate.outline import Outlines
from site_src.translate.po.edit import Edit
from site_src.translate.save import save_edits
from site_src.translate.waiting import absent_note, unreadable_note, waiting_note

if TYPE_CHECKING:
    from site_src.pipeline.opening import Opened

T = TypeVar("T")


def translate(opened: Opened, *, frozen: bool, watch: Watch, redo: bool = False, by: Analyst = ALONE) -> Translated:
    """Every edition of the briefs; unless `frozen`, what was translated or became stale is in the memory afterwards."""
    places, settings, store = opened.places, opened.settings, opened.store
    memories = _memories(places, settings, store)
    engine = None if frozen else _engine(places, settings, by)

    unsaved: list[Problem] = []

    def keep(edits: tuple[Edit, ...]) -> None:
        unsaved.extend(save_edits(places.translations, edits).problems)

    def progress(so_far: Progress) -> None:
        watch(f"translating ({so_far.per_second:.1f} sentences/s)", so_far.done, so_far.total)

    before = store.last("outlines", dict[str, Outlines])
    start = EarlierEditions(opened.made_from, store.kept, _remembering(store, opened.names), before or {})
    made = make_editions(
        opened.briefs, settings, memories, engine, opened.names.book, check=_checked(store, opened.names),
        progress=progress, keep=keep if engine else None, redo=redo, frozen=frozen, start=start,
    )  # fmt: skip
    whole = len(opened.briefs) == len(opened.made_from)  # the outlines of a part would leave the next build with less
    if whole and made.outlines != before:
        store.keep("outlines", made.outlines)
    if not frozen:
        keep(made.edits)
    notes = (*made.notes, *_what_waits(opened, made), *_of_absent_stories(opened, memories))
    # The edits are saved, or nobody wants them: they would be held to the end of the build.
    return replace(made, edits=(), notes=notes, problems=(*made.problems, *dict.fromkeys(unsaved)))


def _what_waits(opened: Opened, made: Translated) -> tuple[str, ...]:
    if not made.pending:
        return ()
    settings = opened.settings
    unread = dict(_unread(made))
    lost = sum(unread.values())
    source = settings.site.source_languages[0]
    waits = [edition.lang for edition in made.editions if made.waiting[edition.lang]
             and any(map(_waits, _readable(edition, edition.stories, unread)))]  # fmt: skip
    unready = [lang for lang in waits if first_engine(settings.translation, opened.places.root, source, lang) is None]
    target = next(iter(unready or waits), source)
    tells = cache(settings.tells)
    hidden = [place for place, brief in enumerate(opened.briefs) if not tells(brief.topics)]
    off_site = sum(_waits(story) for edition in made.editions
                   for story in _readable(edition, [edition.stories[place] for place in hidden], unread))  # fmt: skip
    engines = settings.translation.engines
    note = waiting_note(made.pending - lost, not unready, source, target, made.refused, engines, off_site)
    return tuple(filter(None, (unreadable_note(lost), note)))


def _of_absent_stories(opened: Opened, memories: Iterable[Memory]) -> Iterator[str]:
    """The note about files that were written for stories which the record knows and the site has no more."""
    absent = {entry.slug for entry in opened.record.entries} - opened.merged.members.keys()
    files = [f"{slug}.{memory.lang}.po" for memory in memories for slug in memory.files.keys() & absent]
    yield from filter(None, [absent_note(sorted(files))])


def _unread(made: Translated) -> Iterator[tuple[tuple[str, str], int]]:
    """(language and slug, its pending sentences) of each story whose file of translations cannot be read."""
    shut = {memory.lang: memory.unreadable for memory, *_ in made.sources}
    for edition in made.editions:
        for story in edition.stories if shut[edition.lang] else ():
            if story.slug in shut[edition.lang]:
                pending = {one.source for one in story.renderings if one.state == "pending"}
                yield (edition.lang, story.slug), len(pending)


def _readable(
    edition: Edition, stories: Iterable[StoryEdition], unread: Collection[tuple[str, str]]
) -> Iterator[StoryEdition]:
    """Those of an edition's stories whose file of translations can be read."""
    return (story for story in stories if (edition.lang, story.slug) not in unread)


def _waits(story: StoryEdition) -> int:
    """How many of its sentences wait."""
    return story.states.count("pending")


def memories_of(places: Places, settings: Settings, store: Store) -> tuple[Memory, ...]:
    """The translation memory of every language that can be translated into, opened."""
    return tuple(replace(memory, files=dict(memory.files)) for memory in _memories(places, settings, store))


def _memories(places: Places, settings: Settings, store: Store) -> tuple[Memory, ...]:
    known = KnownFiles(store)
    memories = tuple(known.memory(places.translations, lang) for lang in settings.site.languages)
    known.keep()
    return memories


def _engine(places: Places, settings: Settings, by: Analyst) -> Translator | None:
    sources, targets = settings.site.source_languages, settings.site.languages
    pairs = ((source, target) for source in sources for target in targets if source != target)
    found = (first_engine(settings.translation, places.root, *pair) for pair in pairs)
    engine = next((engine for engine in found if engine), None)
    if not by.elsewhere:
        return engine
    from site_src.pipeline.spread import OfFiles, Spread

    return Spread(engine, by) if isinstance(engine, OfFiles) else engine


def _checked(store: Store, names: KnownNames) -> CheckPair:
    """`check_pair`, which costs the most of a build with nothing to translate, asked once for each pair."""

    def check(source: str, target: str, book: NameBook, source_lang: str, lang: str) -> tuple[Finding, ...]:
        made_from = digest(names.hash, pack((source, target, source_lang, lang)))
        return store.remember(
            "check", made_from, tuple[Finding, ...], lambda: check_pair(source, target, book, source_lang, lang)
        )

    return check


def _remembering(store: Store, names: KnownNames) -> Remembered:
    """What earlier builds made by the same names."""

    def remembered(kind: str, made_from: Sequence[bytes], shape: Any, make: Callable[[int], T], /) -> Iterable[T]:
        return store.remember_all(kind, [digest(names.hash, one) for one in made_from], shape, make)

    return remembered
