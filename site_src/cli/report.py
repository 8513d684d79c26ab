"""What a person sees of a build: a progress bar while it runs, a short report at the end."""

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

_CONTROL_CHARACTERS = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MOST_STORIES = 10
"""How many stories a line of the report names."""
_MOST_CHARACTERS = 40
"""How many characters of a finding a line shows."""
_STATE_TITLES = {"approved": "approved, though a check finds an error", "draft": "in draft"}
"""Titles in the report for the states whose own name is not clear enough."""
_MOST_FILES = 200
"""How many files `check` names, of those to write and of those to remove."""
_MOST_OF_A_KIND = 50
"""How many problems of one kind are printed one by one: a screen or two."""


@contextmanager
def progress(quiet: bool) -> Iterator[Watch]:
    """A function that shows a progress bar on the terminal; it shows nothing if `quiet` or without a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def watch(what: str, done: int, total: int) -> None:
            task = tasks.get(what)
            if task is None:
                task = tasks[what] = bars.add_task(what, total=total)
            bars.update(task, completed=done, total=total)

        yield watch


def print_report(report: BuildReport, out: Path, quiet: bool = False, dry: bool = False, serving: bool = False) -> None:
    """Print problems on standard error, counts and notes on standard output.

    `dry` is for `check`, which says what a build would do; `serving` is for the preview.
    """
    print_problems(report.problems)
    if quiet:
        return
    for line in summary(report, out, dry, serving):
        print(line)


def summary(report: BuildReport, out: Path, dry: bool = False, serving: bool = False) -> Iterator[str]:
    """The lines of the report, without the problems."""
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
    yield from map(_doubts_line, report.doubts)
    if report.doubts:
        leads = "" if serving else f"{command('serve')} leads to them: "
        yield f"  {command('status SLUG')} tells all of a story; {leads}Show next chooses which, N goes to the next one"
    if report.unsorted:
        yield f"unsorted (in no topic, not on the site): {_first_stories(report.unsorted)}"
        yield f"  why: {command('topics explain SLUG')}; a story gets one by topics = [...] in its page's NAME.toml"
    yield from _would_change(report, out) if dry else (_files_line(report, out),)
    yield from report.notes


def _files_line(report: BuildReport, out: Path) -> str:
    removed = f", {report.removed} removed" if report.removed else ""
    return f"{counted(report.written, 'file')} written{removed} in {report.seconds:.1f} s; the site is in {_short(out)}"


def _would_change(report: BuildReport, out: Path) -> Iterator[str]:
    """How many files a build would change, and their names."""
    removed = f", {report.removed} removed," if report.removed else ""
    changed = f"{counted(report.written, 'file')} would be written{removed}"
    yield f"{changed} in {_short(out)} (found in {report.seconds:.1f} s)"
    for what, paths in (("write", report.would_write), ("remove", report.would_remove)):
        yield from (f"  {what} {path}" for path in paths[:_MOST_FILES])
        if len(paths) > _MOST_FILES:
            yield f"  {what} {len(paths) - _MOST_FILES:,} more"


def _doubts_line(doubts: Doubts) -> str:
    """The first sentences in a state, each with the findings against it, and how many more there are."""
    state = doubts.examples[0].state
    listed = [f"{doubt.slug} {doubt_words(doubt)}" for doubt in doubts.examples]
    more = doubts.sentences - len(listed)
    rest = f"; and {more} more, in {counted(doubts.stories, 'story', 'stories')} in all" if more else ""
    return visible(f"{_STATE_TITLES.get(state, state)}: {'; '.join(listed)}{rest}")


def doubt_words(doubt: Doubt) -> str:
    """The sentence, and in brackets the checks with their findings: "sentence 2 (numbers: 340, 430)"."""
    findings: dict[str, list[str]] = {}
    for check, what in doubt.findings:
        findings.setdefault(check, []).append(what)
    reasons = [doubt.why] if doubt.why else []
    for check, words in findings.items():
        listed = _join_findings(words)
        reasons.append(f"{check}: {listed}" if listed else check)
    place = f"sentence {doubt.number}" if doubt.number else "title"
    return f"{place} ({' + '.join(reasons)})" if reasons else place


def _join_findings(findings: Iterable[str]) -> str:
    """The words that a check found, each once and shortened."""
    distinct = dict.fromkeys([" ".join(words.split()) for words in findings if words])
    return ", ".join(
        [words if len(words) <= _MOST_CHARACTERS else f"{words[:_MOST_CHARACTERS].rstrip()}…" for words in distinct]
    )


def _first_stories(slugs: tuple[str, ...]) -> str:
    more = f" and {len(slugs) - _MOST_STORIES} more" if len(slugs) > _MOST_STORIES else ""
    return ", ".join(slugs[:_MOST_STORIES]) + more


def print_problems(problems: Iterable[Problem]) -> None:
    """Print one line per problem; of a kind with very many problems, only the first and the number of the others."""
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.code] += 1
        if counts[problem.code] <= _MOST_OF_A_KIND:
            print(format_problem(problem), file=sys.stderr)
    for code, count in counts.items():
        if count > _MOST_OF_A_KIND:
            more = f"{count - _MOST_OF_A_KIND:,} more of this kind ({code}); {command('inspect FOLDER')} names each."
            print(more, file=sys.stderr)


def format_problem(problem: Problem) -> str:
    """A problem in one line: where, what, what to do."""
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    todo = f" ({problem.todo})" if problem.todo else ""
    return visible(f"{problem.severity}: {where}: {problem.what}{todo}")


def visible(text: str) -> str:
    """The text with its control characters escaped: words of pages must not control the terminal or its direction."""
    return _CONTROL_CHARACTERS.sub(lambda character: character[0].encode("unicode_escape").decode(), text)


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: "1 story", "2 stories"; without `plural`, an "s" is added to the singular."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def format_day(day: Day) -> str:
    """A day as far as it is known."""
    return day.iso or f"day {day.day} of month {day.month}, no year"


def _short(path: Path) -> str:
    """The folder as a person types it in the working folder."""
    try:
        return f"{path.relative_to(Path.cwd())}/"
    except ValueError:
        return str(path)
