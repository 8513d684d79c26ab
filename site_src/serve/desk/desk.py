"""The desk of one running preview: saves what a person decides at once, takes it back, and never loses newer words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from site_src.errors import LostPartsError, MujazError
from site_src.filesystem import alone
from site_src.kept import Kept
from site_src.naming import Entry as NameEntry
from site_src.naming import Written, add_name, add_variants
from site_src.pipeline.opening import Opened, open_stories
from site_src.places import Places
from site_src.serve.desk.decisions import (
    Action,
    Decision,
    block_text,
    decided,
    mark,
    own_entry,
    takes_words,
    with_block,
)
from site_src.serve.desk.steps import Change, Kind, Outcome, Steps
from site_src.serve.desk.view import Place, View, view_of
from site_src.serve.watch import Snapshot, snapshot
from site_src.settings import Settings
from site_src.store import Store, clear
from site_src.text.decode import marked
from site_src.translate.checks import check_pair
from site_src.translate.po import Entry, PoFile, parse_po
from site_src.translate.po.lines import PoSyntaxError
from site_src.translate.save import replace_file
from site_src.translate.segments import Segment

T = TypeVar("T")
_ENDS_AS: dict[Action, frozenset[str]] = {
    "approve": frozenset({"approved"}), "draft": frozenset({"draft", "machine", "stale", "withheld"}),
    "withhold": frozenset({"withheld"}), "return": frozenset({"machine", "stale", "pending"}),
}  # fmt: skip


class Desk:
    """The site under review and the steps taken in this run."""

    def __init__(self, places: Places, settings: Callable[[], Settings], kept: Kept):
        """`settings` gives those of `site.toml` as it is now, or raises `MujazError`; `kept` is the builds' own."""
        self.places, self._settings = places, settings
        self._kept = kept
        # What builds remember is read here for as long as the preview runs.
        self._store = Store(places.cache, kept)
        self.steps = Steps()
        self._seen: Snapshot | None = None
        self._view: View | None = None
        self._read: tuple[Snapshot, Opened] | None = None

    @property
    def view(self) -> View:
        """The site as its files are now; raises `MujazError` for what stops a build."""
        now = self._now()
        if self._view is None or now != self._seen:
            self._view = view_of(self._opened(now))
            self._seen = now
        return self._view

    @property
    def opened(self) -> Opened:
        """The site without its translations, as its files are now; raises as `view` does."""
        return self._opened(self._now())

    def whole(self, answer: Callable[[], T]) -> T:
        """What `answer` makes of the site; once more, without the cache, where parts of what it looks at are lost."""
        try:
            return answer()
        except LostPartsError:
            self._store.close()
            clear(self.places.cache, self._kept)
            self._store = Store(self.places.cache, self._kept)
            self._view = self._read = None
            return answer()

    @property
    def first_edition(self) -> str:
        """The edition whose words a page of the desk uses where none is named; also while `site.toml` is broken."""
        try:
            return self._settings().site.languages[0]
        except MujazError:
            return Settings().site.languages[0]

    def _now(self) -> Snapshot:
        return snapshot((self.places.content, self.places.shared, self.places.config))

    def _opened(self, now: Snapshot) -> Opened:
        """All but the translations, read again only when something else than a translation has changed."""
        texts = {path: stamp for path, stamp in now.items() if self.places.translations not in Path(path).parents}
        if self._read is None or self._read[0] != texts:
            self._read = texts, open_stories(self.places, self._settings(), self._store)
        return self._read[1]

    def decide(self, place: Place, known: str, what: Decision) -> Outcome:
        """Save a decision about the sentence that the page knew under the mark `known`.

        Nothing is written where the sentence says something else by now, nor, unless the person is sure, where
        errors were found in what is approved, it is approved as it was withheld or as it was before its source
        changed, a person's words would go, or no reason is given.
        """
        view = self.view
        segment = view.segment(place)
        if segment is None:
            return Outcome("gone", place)
        try:
            self.places.translations.mkdir(parents=True, exist_ok=True)
            with alone(self.places.translations):
                return self._decide(view, place, segment, known, what)
        except (OSError, UnicodeError, PoSyntaxError) as error:
            return Outcome("unsaved", place, detail=str(error))

    def _decide(self, view: View, place: Place, segment: Segment, known: str, what: Decision) -> Outcome:
        path = self.places.translations / f"{place.slug}.{place.lang}.po"
        content = path.read_bytes() if path.exists() else b""
        begin, before, file = _read(content, path, place.slug)
        shown = view.entry(place, file)
        if mark(shown) != known:
            return Outcome("conflict", place, shown)
        if doubt := _doubt(view, segment, shown, what):
            return Outcome(doubt, place, shown)
        own = own_entry(file, segment.source)
        after = decided(before, own, shown, segment, view.before(place, segment), what)
        entry = own_entry(parse_po(place.slug, after, path.name), segment.source)
        if entry is None or entry.state not in _ENDS_AS[what.action]:
            return Outcome("unsaved", place, shown, f"{path.name}: the sentence stands there twice")
        if after != before:
            made = (begin + after).encode("utf-8")
            replace_file(path, made, content)
            self.steps.took(Change(path, content or None, made, partial(_without, path, entry, before)), place=place)
        return Outcome("saved", place, entry)

    def name(self, entry: NameEntry) -> Outcome:
        """Add an entry to the names file; raises `SettingsError` with every mistake of it, `MujazError` otherwise."""
        return self._named(add_name(self.places.names, entry))

    def variants(self, name_id: str, ar: Sequence[str], en: Sequence[str]) -> Outcome:
        """Add further forms to a name of the names file; raises as `name` does."""
        return self._named(add_variants(self.places.names, name_id, ar, en))

    def _named(self, written: Written) -> Outcome:
        if written.after == written.before:
            return Outcome("known")
        self.steps.took(Change(self.places.names, written.before, written.after))
        return Outcome("named")


def _doubt(view: View, segment: Segment, shown: Entry | None, what: Decision) -> Kind | None:
    """Why the decision is not carried out at once."""
    if what.action in ("approve", "draft") and not what.words:
        return "empty"
    if what.action in ("draft", "return") and shown and shown.slug != segment.slug:
        return "elsewhere"
    if what.sure:
        return None
    if what.action == "return" and takes_words(shown):
        return "sure_words"
    if what.action == "withhold" and not what.why:
        return "sure_reason"
    if what.action != "approve":
        return None
    if shown and what.words == shown.text.strip() and shown.state in ("withheld", "stale"):
        return "sure_withheld" if shown.state == "withheld" else "sure_stale"
    found = check_pair(segment.source, what.words, view.names, segment.source_lang, segment.lang)
    return "sure_errors" if any(finding.severity == "error" for finding in found) else None


def _read(content: bytes, path: Path, slug: str) -> tuple[str, str, PoFile]:
    """The byte order mark of a file ("" without one), the text after it, and its entries; raises `PoSyntaxError`."""
    begin, text = marked(content)
    file = parse_po(slug, text, path.name)
    if file.problems:
        raise PoSyntaxError(file.problems[0].line or 1, f"{path.name} {file.problems[0].what}")
    return begin, text, file


def _without(path: Path, entry: Entry, before: str, now: bytes) -> bytes | None:
    """The file with what it said of the entry `before`; None where it says something else than `entry` by now."""
    begin, text, file = _read(now, path, entry.slug)
    if mark(own_entry(file, entry.source)) != mark(entry):
        return None
    return (begin + with_block(text, entry.source, block_text(before, entry.source))).encode("utf-8")
