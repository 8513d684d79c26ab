"""The desk of one running preview: saves each decision at once, can take it back, and never overwrites newer words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
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
from site_src.record import load_record
from site_src.serve.desk.decisions import (
    Action,
    Decision,
    apply_decision,
    block_text,
    find_entry,
    has_human_text,
    mark,
    with_block,
)
from site_src.serve.desk.remembered import restore_record
from site_src.serve.desk.steps import Change, Kind, Outcome, Steps, what_failed
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
_STATES_AFTER: dict[Action, frozenset[str]] = {
    "approve": frozenset({"approved"}), "draft": frozenset({"draft", "machine", "stale", "withheld"}),
    "withhold": frozenset({"withheld"}), "return": frozenset({"machine", "stale", "pending"}),
}  # fmt: skip
"""The states that an entry may be in once a decision about it is saved."""


class Desk:
    """The site under review and the steps taken in this run."""

    def __init__(self, places: Places, settings: Callable[[], Settings], kept: Kept):
        """`settings` reads `site.toml` as it is now, or raises `MujazError`; `kept` is shared with the builds."""
        self.places, self._settings = places, settings
        self._kept = kept
        # The desk reads the builds' cache, and holds it open for as long as the preview runs.
        self._store = Store(places.cache, kept)
        self.steps = Steps(partial(load_record, places.record))
        self._view: tuple[Snapshot, View] | None = None
        self._opened: tuple[Snapshot, Opened] | None = None

    @property
    def view(self) -> View:
        """The site as its files are now; raises `MujazError` for what stops a build."""
        files = self._snapshot()
        if self._view is None or self._view[0] != files:
            self._view = files, view_of(self._open(files))
        return self._view[1]

    @property
    def opened(self) -> Opened:
        """The site without its translations, as its files are now; raises as `view` does."""
        return self._open(self._snapshot())

    def retry_if_parts_lost(self, answer: Callable[[], T]) -> T:
        """The result of `answer()`; where the cache has lost parts of what it reads, once more without the cache."""
        try:
            return answer()
        except LostPartsError:
            self._store.close()
            clear(self.places.cache, self._kept)
            self._store = Store(self.places.cache, self._kept)
            self._view = self._opened = None
            return answer()

    @property
    def first_edition(self) -> str:
        """The edition for a page of the desk whose address names none; also known while `site.toml` is broken."""
        try:
            return self._settings().site.languages[0]
        except MujazError:
            return Settings().site.languages[0]

    def _snapshot(self) -> Snapshot:
        return snapshot((self.places.content, self.places.shared, self.places.config))

    def _open(self, files: Snapshot) -> Opened:
        """The site without its translations, read again only when a file other than a translation has changed."""
        translations = self.places.translations
        sources = {path: marks for path, marks in files.items() if translations not in Path(path).parents}
        if self._opened is None or self._opened[0] != sources:
            self._opened = sources, open_stories(self.places, self._settings(), self._store)
        return self._opened[1]

    def undo(self) -> Outcome:
        """Take back the last step, and with it what builds have remembered of the stories that it made or joined."""
        outcome = self.steps.undo()
        if outcome.kind == "undone" and (before := self.steps.undone[-1][0].record) is not None:
            with suppress(MujazError, OSError):  # what stays is harmless: builds name it, where they can read the site
                texts = self.retry_if_parts_lost(lambda: {sketch.hash for sketch in self.opened.pages.sketches})
                restore_record(self.places, before, texts)
        return outcome

    def decide(self, place: Place, known_mark: str, decision: Decision) -> Outcome:
        """Save a decision about a sentence that the page shows as it was under `known_mark`.

        Nothing is written where the file says something else of the sentence by now. Unless the person has confirmed
        it, nothing is written either where an approved text has errors, or stands as it was withheld or as it was
        before its source changed; where a person's words would be deleted; or where a text is withheld without a
        reason.
        """
        view = self.view
        segment = view.segment(place)
        if segment is None:
            return Outcome("gone", place)
        try:
            self.places.translations.mkdir(parents=True, exist_ok=True)
            with alone(self.places.translations):
                return self._decide(view, place, segment, known_mark, decision)
        except (OSError, UnicodeError, PoSyntaxError) as error:
            return Outcome("unsaved", place, detail=what_failed(self._po(place), error))

    def _decide(self, view: View, place: Place, segment: Segment, known_mark: str, decision: Decision) -> Outcome:
        path = self._po(place)
        content = path.read_bytes() if path.exists() else b""
        byte_order_mark, text, file = _read_po(content, path, place.slug)
        shown_entry = view.entry(place, file)
        if mark(shown_entry) != known_mark:
            return Outcome("conflict", place, shown_entry)
        if objection := _objection(view, segment, shown_entry, decision):
            return Outcome(objection, place, shown_entry)
        file_entry = find_entry(file, segment.source)
        previous_source = view.previous_source(place, segment)
        new_text = apply_decision(text, file_entry, shown_entry, segment, previous_source, decision)
        entry = find_entry(parse_po(place.slug, new_text, path.name), segment.source)
        if entry is None or entry.state not in _STATES_AFTER[decision.action]:
            return Outcome("unsaved", place, shown_entry, f"{path.name}: the sentence stands there twice")
        if new_text != text:
            new_content = (byte_order_mark + new_text).encode("utf-8")
            replace_file(path, new_content, content)
            revert = partial(_without_decision, path, entry, text)
            self.steps.record(Change(path, content or None, new_content, revert), place=place)
        return Outcome("saved", place, entry)

    def _po(self, place: Place) -> Path:
        """The file in which the sentence's translation stands."""
        return self.places.translations / f"{place.slug}.{place.lang}.po"

    def add_name(self, entry: NameEntry) -> Outcome:
        """Add an entry to the names file; raises `SettingsError` with every mistake in it, else `MujazError`."""
        return self._record_names(add_name(self.places.names, entry))

    def add_variants(self, name_id: str, ar: Sequence[str], en: Sequence[str]) -> Outcome:
        """Add further forms to a name of the names file; raises as `add_name` does."""
        return self._record_names(add_variants(self.places.names, name_id, ar, en))

    def _record_names(self, written: Written) -> Outcome:
        if written.after == written.before:
            return Outcome("known")
        self.steps.record(Change(self.places.names, written.before, written.after))
        return Outcome("named")


def _objection(view: View, segment: Segment, shown_entry: Entry | None, decision: Decision) -> Kind | None:
    """Why the decision is refused, or needs to be confirmed first; None where nothing speaks against it."""
    action = decision.action
    if action in ("approve", "draft") and not decision.words:
        return "empty"
    if action in ("draft", "return") and shown_entry and shown_entry.slug != segment.slug:
        return "elsewhere"
    if decision.sure:
        return None
    if action == "return" and has_human_text(shown_entry):
        return "sure_words"
    if action == "withhold" and not decision.why:
        return "sure_reason"
    if action != "approve":
        return None
    if shown_entry and decision.words == shown_entry.text.strip():
        if shown_entry.state == "withheld":
            return "sure_withheld"
        if shown_entry.state == "stale":
            return "sure_stale"
    findings = check_pair(segment.source, decision.words, view.names, segment.source_lang, segment.lang)
    return "sure_errors" if any(finding.severity == "error" for finding in findings) else None


def _read_po(content: bytes, path: Path, slug: str) -> tuple[str, str, PoFile]:
    """(byte order mark of the file or "", the text after it, its entries); raises `PoSyntaxError`."""
    byte_order_mark, text = marked(content)
    file = parse_po(slug, text, path.name)
    if file.problems:
        problem = file.problems[0]
        raise PoSyntaxError(problem.line or 1, f"{path.name} {problem.what}")
    return byte_order_mark, text, file


def _without_decision(path: Path, decided_entry: Entry, text_before: str, content: bytes) -> bytes | None:
    """The content of the file with the sentence's entry as it was before the decision.

    None where the file says something else of the sentence by now than `decided_entry`.
    """
    byte_order_mark, text, file = _read_po(content, path, decided_entry.slug)
    source = decided_entry.source
    if mark(find_entry(file, source)) != mark(decided_entry):
        return None
    return (byte_order_mark + with_block(text, source, block_text(text_before, source))).encode("utf-8")
