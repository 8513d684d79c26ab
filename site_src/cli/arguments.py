"""Every command with its options. The option `module` names the file of this folder that runs the command."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from site_src import __version__
from site_src.errors import INSTALLED, USAGE, nearest, program

_MOST_JOBS = 64
_LAST_PORT = 65_535
_SET_UP = (
    "With --setup before or after a command, what the command needs is installed into .venv/ first; --with-model "
    "fetches the Arabic to English translation package too."
)
_INVALID_CHOICE = r"argument (?P<argument>[^:]+): invalid choice: '(?P<typed>[^']*)' \(choose from (?P<choices>.*)\)$"


class Parser(argparse.ArgumentParser):
    """argparse, with a suggestion for a word that is nearly right."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and how to see what is allowed, then exit."""
        choice = re.match(_INVALID_CHOICE, message)
        if choice is None:
            self._refuse(f"{message[:1].upper()}{message[1:]}.")
        argument, typed = choice["argument"], choice["typed"]
        choices = re.findall(r"[\w-]+", choice["choices"])
        if argument.startswith("-"):
            text = f"{argument} is one of {', '.join(choices)}, not {typed!r}."
        else:
            text = f"No {argument.lower()} {typed!r}."
        self._refuse(text + _suggestion(typed, choices))

    def parse_known_args(self, args: Iterable[str] | None = None, namespace: Any = None) -> Any:
        """Parse like argparse, but refuse an unknown option here, where the known ones can be suggested.

        A command that stands behind options is reported first, because the unknown options are probably its own.
        """
        options, rest = super().parse_known_args(args, namespace)
        if misplaced := next((word for word in rest if word in COMMANDS), ""):
            self._refuse(f"The command stands before its options: `{program()} {misplaced} ...`.")
        unknown = next((word for word in rest if word.startswith("-")), "").partition("=")[0]
        if unknown:
            known = [spelling for action in self._actions for spelling in action.option_strings]
            self._refuse(f"There is no option {unknown}.{_suggestion(unknown, known)}")
        return options, rest

    def _refuse(self, text: str) -> NoReturn:
        print(f"{text} `{self.prog} --help` lists what there is.", file=sys.stderr)
        raise SystemExit(USAGE)


def _suggestion(typed: str, known: Iterable[str]) -> str:
    """A question that offers the known word nearest to the typed one; "" where none is near."""
    near = nearest(typed, known)
    return f" Did you mean {near}?" if near else ""


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """The options of one command line; no command means `build`."""
    options_first = not arguments or arguments[0].startswith("-")
    if options_first and arguments[:1] not in (["-h"], ["--help"], ["--version"]):
        arguments = ["build", *arguments]
    return _parser(arguments[0]).parse_args(arguments)


def _parser(name: str) -> Parser:
    """The parser for a command line that begins with `name`.

    If that is a command, only its options are added: those of all commands would take most of the time of a start.
    For any other word, all commands are added with the sentences that --help prints.
    """
    parser = Parser(
        prog=program(),
        description="Turns saved Arabic news articles into a bilingual briefing site.",
        epilog=_SET_UP if program() != INSTALLED else None,
    )
    parser.add_argument("--version", action="version", version=f"Mujaz {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for command_name in [name] if name in COMMANDS else COMMANDS:
        sentence, add_options = COMMANDS[command_name]
        description = f"{sentence[:1].upper()}{sentence[1:]}."
        command = commands.add_parser(command_name, help=sentence, description=description)
        if command_name == name:
            command.set_defaults(module=name.replace("-", "_"))
            command.add_argument("--debug", action="store_true", help="show the traceback of an unexpected error")
            add_options(command)
    return parser


def _add_site_options(parser: Parser) -> None:
    parser.add_argument("--config", default="", metavar="FILE", help="the site.toml to use")
    parser.add_argument("--content", default="", metavar="FOLDER", help="a content folder, or bare articles")
    parser.add_argument("--cache", default="", metavar="FOLDER", help="where to remember earlier work (.cache)")


def _add_jobs_options(parser: argparse._ActionsContainer) -> None:
    text = "processes that read and summarise pages (as many as there are idle processors, where that is worth it)"
    parser.add_argument("--jobs", type=_number("number of processes", _MOST_JOBS), default=None, metavar="N", help=text)


def _number(what: str, most: int) -> Callable[[str], int]:
    """A function that parses a whole number from 1 to `most`; `what` names it in the error message."""

    def read(typed: str) -> int:
        if not typed.isascii() or not typed.isdecimal() or not 1 <= int(typed[:9]) <= most:
            raise argparse.ArgumentTypeError(f"{typed} is no {what}; write one from 1 to {most}")
        return int(typed)

    return read


def _address(typed: str) -> str:
    address = re.fullmatch(r"(?:tcp|tls)://[^/\s]+:([0-9]{1,5})", typed)
    if address is None or not 1 <= int(address[1]) <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{typed} is no address of a scheduler; write it like tcp://HOST:8786")
    return typed


def _add_build_options(parser: Parser) -> None:
    _add_site_options(parser)
    workers = parser.add_mutually_exclusive_group()
    _add_jobs_options(workers)
    text = "address of a Dask scheduler whose workers read, summarise and translate instead (tcp://HOST:8786)"
    workers.add_argument("--scheduler", type=_address, default=None, metavar="ADDRESS", help=text)
    parser.add_argument("--out", default="", metavar="FOLDER", help="where to write the site (_site)")
    parser.add_argument("--base-url", default=None, metavar="URL", help="absolute address of the published site")
    parser.add_argument("--frozen", action="store_true", help="open no translation engine, change nothing in content/")
    parser.add_argument("--search", action="store_true", help="make the search index too (needs Pagefind)")
    parser.add_argument("--strict", action="store_true", help="exit 1 if anything is pending, withheld or unreadable")
    parser.add_argument("--quiet", action="store_true", help="print problems only")


def _add_check_options(parser: Parser) -> None:
    _add_site_options(parser)
    _add_jobs_options(parser)
    parser.add_argument("--base-url", default=None, metavar="URL", help="absolute address of the published site")
    parser.add_argument("--quiet", action="store_true", help="print problems only")


def _add_serve_options(parser: Parser) -> None:
    _add_site_options(parser)
    _add_jobs_options(parser)
    parser.add_argument("--base-url", default=None, metavar="URL", help="preview below the path of this address")
    parser.add_argument("--port", type=_number("port", _LAST_PORT), default=8000, help="port on 127.0.0.1 (8000)")
    parser.add_argument("--frozen", action="store_true", help="open no translation engine, change nothing in content/")


def _add_inspect_options(parser: Parser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders of saved pages, anywhere")
    parser.add_argument("--config", default="", metavar="FILE", help="the site.toml whose rules to use")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text")
    count = _number("number of sentences", 50)
    parser.add_argument("--sentences", type=count, default=0, metavar="N", help="length of the summary")
    parser.add_argument("--explain", action="store_true", help="show what was dropped and why, and every score")


def _add_models_options(parser: Parser) -> None:
    add = _add_actions(parser)
    add("list", "installed packages, and which module serves them")
    install = add("install", "install a translation package")
    install.add_argument("--engine", choices=("argos", "firefox"), default="argos", help="whose model (argos)")
    install.add_argument("--file", default="", metavar="PATH", help="an .argosmodel file or a folder of Firefox files")
    install.add_argument("--from", dest="source", default="ar", metavar="CODE")
    install.add_argument("--to", dest="target", default="en", metavar="CODE")
    add("remove", "remove an installed package").add_argument("name", metavar="NAME", help="as `models list` shows it")
    add("verify", "compare the installed packages with models.lock")


def _add_actions(parser: Parser) -> Callable[[str, str], Parser]:
    """A function that adds one action (name, sentence for --help) to a command that has several."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=Parser)

    def add(name: str, sentence: str) -> Parser:
        action = actions.add_parser(name, help=sentence)
        action.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
        _add_site_options(action)
        return action

    return add


def _add_topics_options(parser: Parser) -> None:
    _add_site_options(parser)
    parser.add_argument("action", choices=("explain",))
    parser.add_argument("slug", metavar="SLUG", help="a story")


def _add_names_options(parser: Parser) -> None:
    actions = _add_actions(parser)
    actions("suggest", "list likely names that are not in names.toml")
    add = actions("add", "add a name to names.toml, or variants to one that is there")
    add.add_argument("--id", default="", help="small ASCII letters, digits and hyphens: tokayev")
    add.add_argument("--kind", default="", help="person, place, organisation or agreement")
    add.add_argument("--en", default="", metavar="WORDS", help="as the English pages show it")
    add.add_argument("--en-short", default="", metavar="WORDS", help="a shorter English form")
    add.add_argument("--ar", default="", metavar="WORDS", help="as the Arabic pages show it")
    for name, language in (("--variant", "Arabic"), ("--en-variant", "English")):
        add.add_argument(name, action="append", default=[], metavar="WORDS", help=f"a further {language} form")
    for name, sentence in (("country", "its ISO code"), ("note", "a remark"), ("seen", "where the forms were read")):
        add.add_argument(f"--{name}", default="", metavar="WORDS", help=sentence)


def _add_status_options(parser: Parser) -> None:
    _add_site_options(parser)
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="stories, sentence by sentence (all, in figures)")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _add_translate_options(parser: Parser) -> None:
    _add_site_options(parser)
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="stories (all)")
    parser.add_argument("--redo", action="store_true", help="translate machine sentences again; people's words stay")
    parser.add_argument("--quiet", action="store_true")


def _add_memory_options(parser: Parser) -> None:
    add = _add_actions(parser)
    for name, sentence in (("import", "add approved pairs from a file"), ("export", "write the memory to a file")):
        action = add(name, sentence)
        action.add_argument("file", metavar="FILE", help=".po, .tmx, .tsv, .xlf or .xliff")
        action.add_argument("--lang", default="en", metavar="CODE")
    add("stats", "count entries by state")
    add("lint", "list contradictions and doubtful pairs")


def _add_check_pairs_options(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE.tsv", help="Arabic TAB English, one pair a line")
    parser.add_argument("--config", default="", metavar="FILE")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text")


def _add_export_options(parser: Parser) -> None:
    _add_site_options(parser)
    parser.add_argument("--format", choices=("html", "md", "mail", "docx", "pdf"), default="")
    parser.add_argument("--topic", default="", metavar="SLUG", help="only this topic")
    parser.add_argument("--since", default="", metavar="DAY", help="only stories of this day (2025-11-08) or later")
    parser.add_argument("--out", default="", metavar="FILE", help="the file to write; without it, print")


def _add_brief_options(parser: Parser) -> None:
    _add_site_options(parser)
    parser.add_argument("action", choices=("close",))


def _add_new_options(parser: Parser) -> None:
    add = _add_actions(parser)
    article = add("article", "file a saved page in content/articles and say what was understood")
    article.add_argument("--from", dest="source", default="", metavar="PAGE", help="a file, an address, or - to paste")
    article.add_argument("--date", dest="published", default="", metavar="DATE", help="published on")
    for name in ("title", "outlet", "agency", "url", "slug"):
        article.add_argument(f"--{name}", default="", help=f"overrule the {name}")
    article.add_argument("--keep", action="store_true", help="file the page even if no article is found in it")
    site = add("site", "make a new site folder")
    site.add_argument("folder", metavar="FOLDER")
    site.add_argument(
        "--languages", default="en,ar", metavar="CODES", help="editions, the first is the default (en,ar)"
    )
    site.add_argument("--name", default="", help="name of the site")


def _add_test_options(parser: Parser) -> None:
    parser.add_argument("--setup", action="store_true", help="install the test tools first")
    parser.add_argument("--soak", action="store_true", help="the long runs instead: fuzzing, kills, edits, load")
    parser.add_argument("rest", nargs="*", metavar="TEST", help="only these tests")


COMMANDS = {
    "build": ("build the site (the default)", _add_build_options),
    "check": ("what `build --frozen --strict` would say, writing nothing", _add_check_options),
    "serve": ("preview the site, rebuilding on every change", _add_serve_options),
    "inspect": ("what is understood of saved pages", _add_inspect_options),
    "status": ("translation state of every story", _add_status_options),
    "translate": ("fill the translation memory without building", _add_translate_options),
    "models": ("list, install, remove or verify translation packages", _add_models_options),
    "memory": ("import, export, count or check the translation memory", _add_memory_options),
    "check-pairs": ("run the translation checks over a file of pairs", _add_check_pairs_options),
    "topics": ("explain how a story got its topics", _add_topics_options),
    "names": ("suggest names that are not in names.toml, or add one", _add_names_options),
    "new": ("file a new article, or make a new site", _add_new_options),
    "doctor": ("is everything here that the work needs", _add_site_options),
    "export": ("write the briefings into one file: page, mail, Word, PDF", _add_export_options),
    "brief": ('close the brief: "since the last brief" counts from here', _add_brief_options),
    "test": ("run every check of the project", _add_test_options),
}
"""Name of a command to the sentence for --help and the function that adds its options."""
