"""`memory`: the translation memory in and out of other tools' formats, counted, and checked for contradictions."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from site_src.cli.report import print_problems, told
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
    """Do what `options.action` names with the site's memory."""
    from site_src.pipeline.languages import memories_of
    from site_src.store import Store

    places, settings = open_site(options)
    with closing(Store(places.cache)) as store:
        memories = memories_of(places, settings, store)
    action = {"import": _import, "export": _export, "stats": _stats, "lint": _lint}[options.action]
    return action(options, places, settings, memories)


def _export(options: argparse.Namespace, _: Places, settings: Settings, memories: Sequence[Memory]) -> int:
    from site_src.translate.exchange import JOBS, export, pairs_of, waiting_of

    memory, form = _memory(options.lang, memories), _format(options.file)
    pairs, waiting = pairs_of(memory), waiting_of(memory) if form in JOBS else ()
    text = export((*pairs, *waiting), form, settings.site.source_languages[0], options.lang)
    try:
        replace_bytes(Path(options.file), text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"{options.file}: cannot be written: {error.strerror}.") from error
    wait = f", and {len(waiting)} sentences that wait" if form in JOBS else ""
    print(f"{len(pairs)} pairs{wait} written to {options.file}.")
    return 0


def _import(options: argparse.Namespace, places: Places, settings: Settings, memories: Sequence[Memory]) -> int:
    from site_src.translate.exchange import ExchangeError, decoded, import_pairs, read_pairs
    from site_src.translate.save import save_edits

    refuse_bare(options, places, "a memory belongs to a site")
    form, source = _format(options.file), settings.site.source_languages[0]
    try:
        pairs = read_pairs(decoded(Path(options.file).read_bytes()), form, source, options.lang)
    except OSError as error:
        raise UsageError(f"{options.file}: cannot be read: {error.strerror}.") from error
    except ExchangeError as error:
        raise ExchangeError(f"{options.file}: {error}") from error
    found = import_pairs(_memory(options.lang, memories), pairs, source)
    saved = save_edits(places.translations, found.edits)
    print(f"{len(found.edits)} pairs taken into {len(saved.files)} files, {found.known} known before.")
    for sentence in found.refused:
        print(f"refused, a person has other words for it here: {sentence}", file=sys.stderr)
    print_problems(saved.problems)
    return FIXABLE if found.refused or saved.problems else 0


def _stats(_: argparse.Namespace, __: Places, ___: Settings, memories: Sequence[Memory]) -> int:
    from site_src.translate.status import memory_stats

    for stats in (memory_stats(memory) for memory in memories if memory.files):
        states = ", ".join(f"{count} {state}" for state, count in stats.states if count)
        print(f"{stats.lang}: {stats.files} files, {stats.entries} entries ({states}), {stats.obsolete} obsolete")
        if stats.unreadable:
            print(f"    {stats.unreadable} files cannot be read; `memory lint` names them")
        print(f"    {stats.source_words} words in, {stats.target_words} words out; {stats.by_authors} by the authors")
    return 0


def _lint(_: argparse.Namespace, __: Places, ___: Settings, memories: Sequence[Memory]) -> int:
    from site_src.translate.lint import lint

    problems = [problem for memory in memories for problem in lint(memory)]
    for problem in problems:
        print(told(problem))
    if not problems:
        print("Nothing in the memory contradicts itself.")
    return FIXABLE if problems else 0


def _memory(lang: str, memories: Sequence[Memory]) -> Memory:
    for memory in memories:
        if memory.lang == lang:
            return memory
    raise UsageError(f"--lang {lang}: is no language of this site ({', '.join(each.lang for each in memories)}).")


def _format(file: str) -> Format:
    from site_src.translate.exchange import Format

    forms: tuple[Format, ...] = get_args(Format)
    for form in forms:
        if file.endswith(f".{form}"):
            return form
    raise UsageError(f"{file}: must end in {', '.join(f'.{form}' for form in forms)}.")
