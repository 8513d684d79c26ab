"""`memory`: import and export the translation memory, count its entries, check it for contradictions."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from site_src.cli.report import counted, format_problem, print_problems
from site_src.cli.site import open_site, refuse_bare
from site_src.errors import FIXABLE, UsageError
from site_src.filesystem import replace_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_src.places import Places
    from site_src.settings import Settings
    from site_src.translate.exchange import Format
    from site_src.translate.memory import Memory


def run(options: argparse.Namespace) -> int:
    """Run the action of `options` on the translation memory of the site."""
    from site_src.pipeline.languages import memories_of
    from site_src.store import Store

    places, settings = open_site(options)
    with closing(Store(places.cache)) as store:
        memories = memories_of(places, settings, store)
    action = {"import": _import, "export": _export, "stats": _stats, "lint": _lint}[options.action]
    return action(options, places, settings, memories)


def _export(options: argparse.Namespace, _: Places, settings: Settings, memories: Sequence[Memory]) -> int:
    from site_src.translate.exchange import JOBS, export, pairs_of, waiting_of

    memory, file_format = _find_memory(options.lang, memories), _format_of(options.file)
    pairs, waiting = pairs_of(memory), waiting_of(memory) if file_format in JOBS else ()
    text = export((*pairs, *waiting), file_format, settings.site.source_languages[0], options.lang)
    try:
        replace_bytes(Path(options.file), text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"{options.file}: cannot be written: {error.strerror}.") from error
    also = f", and {counted(len(waiting), 'sentence')} to translate," if file_format in JOBS else ""
    print(f"{counted(len(pairs), 'pair')}{also} written to {options.file}.")
    return 0


def _import(options: argparse.Namespace, places: Places, settings: Settings, memories: Sequence[Memory]) -> int:
    from site_src.translate.exchange import ExchangeError, decoded, import_pairs, read_pairs
    from site_src.translate.save import save_edits

    refuse_bare(options, places, "a memory belongs to a site")
    file_format, source_lang = _format_of(options.file), settings.site.source_languages[0]
    try:
        pairs = read_pairs(decoded(Path(options.file).read_bytes()), file_format, source_lang, options.lang)
    except OSError as error:
        raise UsageError(f"{options.file}: cannot be read: {error.strerror}.") from error
    except ExchangeError as error:
        raise ExchangeError(f"{options.file}: {error}") from error
    imported = import_pairs(_find_memory(options.lang, memories), pairs, source_lang)
    saved = save_edits(places.translations, imported.edits)
    drafts = sum(edit.fuzzy for edit in imported.edits)
    as_drafts = (
        f" ({counted(drafts, 'draft')}: the file does not call {'it' if drafts == 1 else 'them'} approved)"
        if drafts
        else ""
    )
    taken = f"{counted(len(imported.edits), 'pair')} taken into {counted(len(saved.files), 'file')}"
    print(f"{taken}{as_drafts}, {imported.known} known before.")
    for sentence in imported.refused:
        print(f"refused, a person has other words for it here: {sentence}", file=sys.stderr)
    print_problems(saved.problems)
    return FIXABLE if imported.refused or saved.problems else 0


def _stats(_: argparse.Namespace, __: Places, ___: Settings, memories: Sequence[Memory]) -> int:
    from site_src.translate.status import memory_stats

    for stats in (memory_stats(memory) for memory in memories if memory.files):
        states = ", ".join(f"{count} {state}" for state, count in stats.states if count)
        entries = f"{counted(stats.files, 'file')}, {counted(stats.entries, 'entry', 'entries')}"
        print(f"{stats.lang}: {entries} ({states}), {stats.obsolete} obsolete")
        if stats.unreadable:
            print(f"    {counted(stats.unreadable, 'file')} cannot be read; `memory lint` names them")
        print(f"    {stats.source_words} words in, {stats.target_words} words out; {stats.by_authors} by the authors")
    return 0


def _lint(_: argparse.Namespace, __: Places, ___: Settings, memories: Sequence[Memory]) -> int:
    from site_src.translate.lint import lint

    problems = [problem for memory in memories for problem in lint(memory)]
    for problem in problems:
        print(format_problem(problem))
    if not problems:
        print("Nothing in the memory contradicts itself.")
    return FIXABLE if problems else 0


def _find_memory(lang: str, memories: Sequence[Memory]) -> Memory:
    for memory in memories:
        if memory.lang == lang:
            return memory
    raise UsageError(f"--lang {lang}: is no language of this site ({', '.join(memory.lang for memory in memories)}).")


def _format_of(file: str) -> Format:
    """The format that the suffix of the file names."""
    from site_src.translate.exchange import Format

    formats: tuple[Format, ...] = get_args(Format)
    for file_format in formats:
        if file.endswith(f".{file_format}"):
            return file_format
    raise UsageError(f"{file}: must end in {', '.join(f'.{file_format}' for file_format in formats)}.")
