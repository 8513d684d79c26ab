"""What every command begins with: the stories of a site and their editions; and what a few commands ask of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing

from msgspec import Struct
from msgspec.structs import replace

from site_src.errors import MujazError, UsageError, did_you_mean
from site_src.filesystem import Marks
from site_src.merge import Merged, MergeWord, load_word, merge
from site_src.model.brief import Brief, Facts
from site_src.model.publication import Publication
from site_src.model.report import Problem
from site_src.pipeline.analysts import ALONE, Analyst
from site_src.pipeline.briefs import make_briefs
from site_src.pipeline.budget import NO_FAULTS, culprits, failed
from site_src.pipeline.languages import translate
from site_src.pipeline.names import KnownNames, known_names
from site_src.pipeline.pages import Pages, understand
from site_src.pipeline.report import Watch, nobody
from site_src.places import Places
from site_src.publish import Web, connect, publish, without
from site_src.record import Record, change_record, load_record
from site_src.settings import Settings
from site_src.store import Store
from site_src.translate.editions import Translated
from site_src.translate.status import Status, status


class Opened(Struct, frozen=True):
    """A site as far as an editor works on it: everything before the pages."""

    places: Places
    settings: Settings
    store: Store
    names: KnownNames
    pages: Pages
    record: Record
    merged: Merged
    """Without the placement of its texts."""
    briefs: tuple[Brief, ...]
    facts: Mapping[str, Facts]
    """The facts box of each story by slug."""
    key_figures: Mapping[str, Sequence[str]]
    """The figures by which each story may be connected with another, by slug."""
    made_from: Mapping[str, bytes]
    """A hash of all that each brief is made from, by slug."""
    problems: tuple[Problem, ...]
    """Of pages, merging and briefs."""

    def save_record(self, today: str) -> tuple[Problem, ...]:
        """Write what this build remembers over what stands in the record now, whoever wrote it."""
        members = self.merged.members
        return change_record(self.places.record, lambda record: record.update(members, today))

    def only(self, briefs: Sequence[Brief]) -> Opened:
        """The site with the pages of these stories alone."""
        made_from = {brief.story.slug: self.made_from[brief.story.slug] for brief in briefs}
        return replace(self, briefs=tuple(briefs), made_from=made_from)

    def without(self, faults: Sequence[tuple[Brief, Exception]]) -> Opened:
        """The site without the pages of stories that this program is at fault on; each is named as a problem."""
        slugs = {brief.story.slug for brief, _ in faults}
        named = [failed(brief.story.lead.file, fault) for brief, fault in faults]
        rest = self.only([brief for brief in self.briefs if brief.story.slug not in slugs])
        return replace(rest, problems=(*self.problems, *named))


def open_stories(
    places: Places,
    settings: Settings,
    store: Store,
    today: str = "",
    watch: Watch = nobody,
    by: Analyst = ALONE,
    seen: Mapping[str, Marks] = {},
) -> Opened:
    """Read, merge and brief the site; nothing is written. Files that were `seen` a moment ago are known by their marks.

    Raises `MujazError` where nothing that lies in the folder of a site that had stories can be used, or the folder
    cannot be opened: all of the stories would be gone.
    """
    names = known_names(places, settings, store)
    pages = understand(places.articles, settings, store, watch, by, seen)
    record = load_record(places.record)
    if pages.refused and not pages.read and record.entries:
        first = next(problem for problem in pages.problems if problem.severity == "error")
        none = f" (none of {pages.refused} files can be used)" if pages.refused > 1 else ""
        what = f"{first.what}{none}, and the site had stories"
        raise MujazError(f"{first.file}: {what}. Nothing was written; {first.todo}.")
    pages, merged = _merged(pages, record, load_word(places.merges), store)
    record = record.update(merged.members, today)
    briefed = make_briefs(record.with_first_days(merged.stories), pages.held, settings, names, store, by)
    problems = (*pages.problems, *merged.problems, *briefed.problems)
    return Opened(places, settings, store, names, pages, record, merged, *briefed[:-1], problems)


def _merged(pages: Pages, record: Record, word: MergeWord, store: Store) -> tuple[Pages, Merged]:
    """The stories of the pages without their placement, which is kept, and the pages that they are made of.

    Files that merging is at fault on are left out and named.
    """
    before = store.last("placement", dict[str, tuple[str, bytes]])
    try:
        merged = merge(pages.articles, record, word, pages.sketches, before)
    except NO_FAULTS:
        raise
    except Exception:
        files = list(dict.fromkeys(article.file for article in pages.articles))
        faults = culprits(files, lambda some: merge([one for one in pages.articles if one.file in some], record))
        pages = pages.without(dict(faults))
        merged = merge(pages.articles, record, word, pages.sketches)
    if merged.placement != before:
        store.keep("placement", merged.placement)
    return pages, replace(merged, placement={})


def open_publication(
    opened: Opened, *, frozen: bool = True, watch: Watch = nobody, by: Analyst = ALONE
) -> tuple[Translated, Publication]:
    """The editions of a site and what every output draws on; unless `frozen`, the memory is brought up to date.

    Raises `MujazError` where the settings would leave every story out.
    """
    settings, store = opened.settings, opened.store
    if opened.briefs and not settings.topics and not settings.tells(()):
        stories = "its only story" if len(opened.briefs) == 1 else f"its {len(opened.briefs)} stories"
        raise MujazError(
            f"{opened.places.config}: names no topic, and stories without one are left out: the site would have none "
            f"of {stories}. Nothing was written. If topics were lost, bring the file back; else write a [[topics]], or "
            'unsorted = "site" under [site] to have stories without one.'
        )
    made = translate(opened, frozen=frozen, watch=watch, by=by)
    known = opened.names.book.names
    briefs = {brief.story.slug: brief for brief in opened.briefs}
    before = store.last("web", Web)
    web = connect(briefs, opened.made_from, known, opened.key_figures, before)
    if web is not before:
        store.keep("web", web)
    return made, publish(made.editions, opened.record, known, settings, web, store.kept)


def close_brief(places: Places, settings: Settings, today: str) -> int:
    """Write what the site says now into the record; gives the number of its stories."""
    with closing(Store(places.cache)) as store:
        opened = open_stories(places, settings, store, today)
        _, publication = open_publication(opened)
    members, editions = opened.merged.members, without(publication.editions, publication.hidden)
    unsaved = change_record(places.record, lambda record: record.update(members, today).close_brief(editions, today))
    if unsaved:
        raise MujazError(f"{places.record}: {unsaved[0].what}. The brief is not closed; {unsaved[0].todo}.")
    return len(opened.briefs) - len(publication.hidden)


def status_of(places: Places, settings: Settings, store: Store, slugs: Collection[str] = ()) -> Status:
    """How far the translation of the stories `slugs` (all of the site, when empty) is; raises `UsageError`."""
    opened = open_stories(places, settings, store)
    unasked = {brief.story.slug for brief in opened.briefs} - {brief_named(opened, slug).story.slug for slug in slugs}
    _, publication = open_publication(opened)
    return status(without(publication.editions, (*publication.hidden, *(unasked if slugs else ()))))


def fill_memory(places: Places, settings: Settings, slugs: tuple[str, ...], redo: bool, watch: Watch) -> Translated:
    """Translate what waits in the stories `slugs` (all, when empty) without building; raises `UsageError`."""
    with closing(Store(places.cache)) as store:
        opened = open_stories(places, settings, store)
        wanted = replace(opened, briefs=tuple(brief_named(opened, slug) for slug in slugs) or opened.briefs)
        made = translate(wanted, frozen=False, watch=watch, redo=redo)
    return replace(made, problems=(*made.problems, *store.problems))


def brief_named(opened: Opened, slug: str) -> Brief:
    """The brief of the story `slug`; raises `UsageError` where there is none."""
    there = {brief.story.slug: brief for brief in opened.briefs}
    if slug not in there:
        hint = did_you_mean(slug, there, f"the stories are {', '.join(sorted(there))}.")
        raise UsageError(f"There is no story {slug!r}{hint}")
    return there[slug]
