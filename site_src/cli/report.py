"""What a person sees of a build: a progress bar while it is long, a short report at its end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from site_src.errors import command
from site_src.model.fields import Day
from site_src.model.report import BuildReport, Doubt, Doubts, Problem
from site_src.text.patterns import late

if TYPE_CHECKING:
    from rich.progress import TaskID

    from site_src.pipeline.report import Watch

_OBEYED = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LISTED = 10
"""Stories that a line of the report names."""
_ITEM = 40
"""Characters of what a check found that a line shows."""
_DOUBTS = {"approved": "approved, though a check finds an error", "draft": "in draft"}
"""What the report calls the states whose name does not say it."""
_FILES = 200
"""Files that the report of a check names, of those to write and of those to remove."""
_OF_A_KIND = 50
"""Problems of one kind that the report tells one by one: a screen or two."""


@contextmanager
def progress(quiet: bool) -> Iterator[Watch]:
    """A bar on the terminal for work of more than a moment; nothing where no person watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        known: dict[str, TaskID] = {}

        def watch(what: str, done: int, total: int) -> None:
            task = known.get(what)
            if task is None:
                task = known[what] = bars.add_task(what, total=total)
            bars.update(task, completed=done, total=total)

        yield watch


def print_report(report: BuildReport, out: Path, quiet: bool = False, dry: bool = False, serving: bool = False) -> None:
    """Problems on standard error, counts and notes on standard output; `dry` says what a build would do."""
    print_problems(report.problems)
    if quiet:
        return
    for line in summary(report, out, dry, serving):
        print(line)


def summary(report: BuildReport, out: Path, dry: bool = False, serving: bool = False) -> Iterator[str]:
    """The report, line by line; `serving` in the preview."""
    refused = f"{report.refused} refused, " if report.refused else ""
    yield (
        f"{counted(report.pages, 'page')} read, {refused}{counted(report.articles, 'article')}, "
        f"{counted(report.stories, 'story', 'stories')}, {counted(report.merged, 'copy', 'copies')} merged"
    )
    states = {
        "remembered": report.remembered, "translated": report.translated, "pending": report.pending,
        "withheld": report.withheld, "stale": report.stale, "in draft": report.drafts,
    }  # fmt: skip
    shown = [f"{count} {state}" for state, count in states.items() if count or state in {"remembered", "pending"}]
    yield f"sentences: {', '.join(shown)}"
    yield from map(_doubted, report.doubts)
    if report.doubts:
        leads = "" if serving else f"{command('serve')} leads to them: "
        yield f"  {command('status SLUG')} tells all of a story; {leads}Show next chooses which, N goes to the next one"
    if report.unsorted:
        yield f"unsorted (in no topic, not on the site): {_first(report.unsorted)}"
        yield f"  why: {command('topics explain SLUG')}; a story gets one by topics = [...] in its page's NAME.toml"
    yield from _changes(report, out) if dry else (_written(report, out),)
    yield from report.notes


def _written(report: BuildReport, out: Path) -> str:
    removed = f", {report.removed} removed" if report.removed else ""
    return f"{counted(report.written, 'file')} written{removed} in {report.seconds:.1f} s; the site is in {_short(out)}"


def _changes(report: BuildReport, out: Path) -> Iterator[str]:
    """What a build would change, and the files by name."""
    removed = f", {report.removed} removed," if report.removed else ""
    changed = f"{counted(report.written, 'file')} would be written{removed}"
    yield f"{changed} in {_short(out)} (found in {report.seconds:.1f} s)"
    for what, paths in (("write", report.would_write), ("remove", report.would_remove)):
        yield from (f"  {what} {path}" for path in paths[:_FILES])
        if len(paths) > _FILES:
            yield f"  {what} {len(paths) - _FILES:,} more"


def _doubted(doubts: Doubts) -> str:
    """The first sentences of a state, each with what the checks have against it, and how many more there are."""
    state, shown = doubts.first[0].state, [f"{one.slug} {doubt_words(one)}" for one in doubts.first]
    more = doubts.sentences - len(shown)
    rest = f"; and {more} more, in {counted(doubts.stories, 'story', 'stories')} in all" if more else ""
    return visible(f"{_DOUBTS.get(state, state)}: {'; '.join(shown)}{rest}")


def doubt_words(doubt: Doubt) -> str:
    """Which sentence, and in brackets the checks with what they found: "sentence 2 (numbers: 340, 430)"."""
    checks: dict[str, list[str]] = {}
    for check, what in doubt.found:
        checks.setdefault(check, []).append(what)
    reasons = [f"{check}: {items}" if (items := _items(found)) else check for check, found in checks.items()]
    why = " + ".join((*filter(None, [doubt.why]), *reasons))
    place = f"sentence {doubt.number}" if doubt.number else "title"
    return f"{place} ({why})" if why else place


def _items(found: Iterable[str]) -> str:
    """What a check found, each once, a long one cut."""
    items = dict.fromkeys([" ".join(what.split()) for what in found if what])
    return ", ".join([item if len(item) <= _ITEM else f"{item[:_ITEM].rstrip()}…" for item in items])


def _first(slugs: tuple[str, ...]) -> str:
    more = f" and {len(slugs) - _LISTED} more" if len(slugs) > _LISTED else ""
    return ", ".join(slugs[:_LISTED]) + more


def print_problems(problems: Iterable[Problem]) -> None:
    """Print a line for each, but of a kind that stands for thousands only the first, and how many more there are."""
    met: Counter[str] = Counter()
    for problem in problems:
        met[problem.code] += 1
        if met[problem.code] <= _OF_A_KIND:
            print(told(problem), file=sys.stderr)
    for code, count in met.items():
        if count > _OF_A_KIND:
            more = f"{count - _OF_A_KIND:,} more of this kind ({code}); {command('inspect FOLDER')} names each."
            print(more, file=sys.stderr)


def told(problem: Problem) -> str:
    """One problem as a line: where, what, what to do."""
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    todo = f" ({problem.todo})" if problem.todo else ""
    return visible(f"{problem.severity}: {where}: {problem.what}{todo}")


def visible(text: str) -> str:
    """The text without what a terminal would obey, or read in another order: words of pages are in our sentences."""
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things in words: "1 story", "2 stories"; `many` where an s does not make the plural."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def dated(day: Day) -> str:
    """A day as far as it is known."""
    return day.iso or f"day {day.day} of month {day.month}, no year"


def _short(path: Path) -> str:
    try:
        return f"{path.relative_to(Path.cwd())}/"
    except ValueError:
        return str(path)
