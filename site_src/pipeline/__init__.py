"""The pipeline: saved pages in, a site out. `build` runs all stages in order; `opening.open_stories` is its first half.

Every other module of this room serves one stage of it: it remembers costly results in the store, which no stage
knows, or reads and writes what only a pipeline may.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import chain
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from site_src.errors import LostPartsError
from site_src.filesystem import Marks
from site_src.kept import NOTHING_KEPT, HeadStart, Kept
from site_src.model.brief import Brief
from site_src.model.output import Recipe, Sheaf, each_recipe
from site_src.model.publication import Publication
from site_src.model.report import BuildReport
from site_src.output import Left, compare_site, write_site
from site_src.pipeline.analysts import Analyst, analyst
from site_src.pipeline.budget import NO_FAULTS, culprits
from site_src.pipeline.manifest import build_file
from site_src.pipeline.opening import Opened, open_publication, open_stories
from site_src.pipeline.pages import read_documents
from site_src.pipeline.pictures import Album, open_album
from site_src.pipeline.report import Watch, days_to_come, make_report, nobody
from site_src.pipeline.strays import strays
from site_src.places import Places
from site_src.render import Indexer, render
from site_src.settings import Settings
from site_src.store import Store, clear


class Options(Struct, frozen=True):
    """How to build."""

    frozen: bool = False
    """Open no engine, change nothing in `content/`."""
    today: str = ""
    """ISO date for stories seen for the first time; "" leaves them without one."""
    search: bool = False
    """Make the search index as well."""
    dry: bool = False
    """Write nothing at all: say what would be."""
    jobs: int | None = 1
    """Processes that read and summarise; None is as many as there are idle processors, where that is worth it.

    Above one, the program's main module must be safe to import, as `multiprocessing` asks.
    """
    scheduler: str = ""
    """Address of a Dask scheduler, whose workers then read, summarise and translate; "" for none."""
    pictures: bool = True
    """Draw the share images that the settings ask for; a preview does without."""
    ends: bool = False
    """The process ends with this build: what it holds is left for the system to free."""


USUAL = Options()
_ATTEMPTS = 2
"""With a cache; one that is lost twice belongs to somebody else, or cannot be removed."""


def build(
    places: Places,
    settings: Settings,
    options: Options = USUAL,
    watch: Watch = nobody,
    kept: Kept = NOTHING_KEPT,
    seen: Mapping[str, Marks] = {},
) -> BuildReport:
    """Build the site of `places`; gives what was done. Raises `MujazError` for what stops the whole site.

    A story that this program is at fault on, wherever in the pipeline, is named as a problem and left out.

    What is `kept` from an earlier build of this process only saves time, as the cache does: harmed, it is left. Files
    that were `seen` a moment ago, with their marks by path, are not looked at again.
    """
    cache = None if options.dry else places.cache
    for _ in range(_ATTEMPTS):
        with suppress(LostPartsError):
            return _build(places, settings, options, watch, Store(cache, kept), seen)
        clear(places.cache, kept)
    return _build(places, settings, options, watch, Store(None, kept), seen)


def _build(
    places: Places, settings: Settings, options: Options, watch: Watch, store: Store, seen: Mapping[str, Marks]
) -> BuildReport:
    began = perf_counter()
    with closing(store), _thawing():
        by = analyst(options.jobs, options.scheduler)
        with closing(by):
            opened = open_stories(places, settings, store, options.today, watch, by, seen)
            opened = replace(opened, pages=replace(opened.pages, sketches=()))  # merging is done: let them go
        gc.freeze()  # what the stages hold stays to the end of the build: no search for cycles need look through it
        try:
            return _write(opened, options, watch, by, began)
        except (*NO_FAULTS, OSError):
            raise
        except Exception:
            faults = culprits(opened.briefs, partial(_make_pages, opened, options))
            return _write(opened.without(faults), options, watch, by, began)


def _write(opened: Opened, options: Options, watch: Watch, by: Analyst, began: float) -> BuildReport:
    """Translate, publish and write the stories of a site; gives the report of a build that `began` then."""
    places, store = opened.places, opened.store
    with closing(by):
        translated, publication = open_publication(opened, frozen=options.frozen, watch=watch, by=by)
    gc.freeze()
    album = _album(opened, options)
    site = chain(_recipes(opened, publication, options, album), (build_file(opened, publication),))
    left = store.last("site", Left)
    written = compare_site(places.out, site, left) if options.dry else write_site(places.out, site, left, places.spare)
    store.keep("site", written.left)
    unsaved = () if options.frozen else opened.save_record(options.today)
    store.kept.turn()
    store.thin()
    days = days_to_come(opened.pages.articles, options.today)
    odd = (*unsaved, *days, *strays(opened), *album.finish(), *store.problems)
    if options.ends:
        _leave(opened, translated, publication)
    return make_report(opened, translated, publication, written, odd, perf_counter() - began)


def _recipes(opened: Opened, publication: Publication, options: Options, album: Album) -> Iterator[Recipe | Sheaf]:
    """The recipe of every file of the site but `build.json`, alone or in a sheaf."""
    places, settings, store = opened.places, opened.settings, opened.store
    index = _indexer(settings) if options.search else None
    start = HeadStart(opened.made_from, store.kept, store.remember_all)
    return render(publication, settings, opened.names.book, opened.facts, places.templates, read_documents(places),
                  index, album.picture, start)  # fmt: skip


def _make_pages(opened: Opened, options: Options, briefs: Sequence[Brief]) -> None:
    """Make every page of a site of these stories alone; nothing of it is kept."""
    alone = replace(opened.only(briefs), store=Store(None))
    _, publication = open_publication(alone)
    album = _album(alone, replace(options, dry=True))
    recipes = _recipes(alone, publication, options, album)
    deque((recipe.page for recipe in each_recipe(recipes)), maxlen=0)


def _album(opened: Opened, options: Options) -> Album:
    wanted = opened.settings.site.share_images and options.pictures
    return open_album(opened.places, wanted=wanted, dry=options.dry)


def _leave(*values: object) -> None:
    """Keep the values until the process ends: freeing them one by one takes a twentieth of a rebuild.

    A list that holds itself is freed only by the garbage collector, which `gc.freeze` makes pass it over at the exit.
    """
    held: list[object] = [values]
    held.append(held)


@contextmanager
def _thawing() -> Iterator[None]:
    """What was kept from searches for cycles is looked through again in the end: the next build keeps other things."""
    try:
        yield
    finally:
        gc.unfreeze()


def _indexer(settings: Settings) -> Indexer:
    """What makes the search index of each language of the site."""
    from site_src.search import make_index

    return partial(make_index, languages=settings.site.languages)
