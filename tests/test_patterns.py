"""A pattern that an earlier process compiled is the very one that `re` compiles."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from msgspec import msgpack

import site_src
from site_src.text import patterns
from site_src.text.patterns import Code, Late, code_of, compiled

ROOT = Path(__file__).parent.parent
ODD: list[tuple[Any, int]] = [
    (r"(?P<day>\d+)(?:/(?P<month>\d+))?(?(month)!|\.)", re.VERBOSE | re.MULTILINE), (b"[\x80-\xff]+", re.DOTALL),
    ("[\ud800-\udfff]", 0), ("(?i:É)\\w(?<!a)++", re.ASCII), ("", 0),
    ("|".join(f"(?P<g{n}>{n})" for n in range(150)), 0),
]  # fmt: skip


def ours() -> Iterator[tuple[Any, int]]:
    """What the constants of our modules are compiled from."""
    for module in walk_packages(site_src.__path__, "site_src."):
        if not module.name.endswith("__main__"):
            held = vars(import_module(module.name)).values()
            yield from (one._arguments for one in held if isinstance(one, Late))


def test_what_was_written_and_read_is_what_re_compiles() -> None:
    every = [*ours(), *ODD]
    assert len(every) > 150
    for source, flags in every:
        code = msgpack.decode(msgpack.encode(code_of(source, flags)), type=Code)
        made, straight = code.pattern(source), re.compile(source, flags)
        assert made == straight, "as re compares patterns: flags, program and source"
        assert (made.groups, made.groupindex) == (straight.groups, straight.groupindex)


def test_a_named_group_is_found_by_its_name() -> None:
    found = code_of(*ODD[0]).pattern(ODD[0][0]).search("on 7/11!")
    assert found and found.groupdict() == {"day": "7", "month": "11"} and found.lastgroup == "month"


def test_a_python_whose_re_is_built_otherwise_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(source: str, flags: int) -> Code:
        raise AttributeError

    monkeypatch.setattr(patterns, "code_of", missing)
    assert compiled("[unheard-of]+") == re.compile("[unheard-of]+")


def test_what_is_no_pattern_is_refused_as_ever() -> None:
    with pytest.raises(re.error, match="unterminated"):
        compiled("(unheard-of")


def test_the_next_process_compiles_nothing_anew(tmp_path: Path) -> None:
    code = (
        "import re._compiler; whole = re._compiler._code\n"
        "def watched(parsed, flags):\n    made.append(1)\n    return whole(parsed, flags)\n"
        "made, re._compiler._code = [], watched\n"
        "from site_src.text.dates import find_dates\n"
        "made.clear()\n"
        "found = find_dates('نشر في 7 نوفمبر 2025 الساعة 10:15')\n"
        "print(len(made), len(found))"
    )
    program = [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", code]
    runs = [subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True, env={}) for _ in range(2)]
    first, second = (run.stdout.split() for run in runs)
    assert int(first[0]) > 3 and second[0] == "0"
    assert first[1] == second[1] != "0"


@pytest.mark.parametrize("moment", ["open", "os.rename"])
def test_ctrl_c_while_patterns_are_left_at_the_end_is_quiet_and_leaves_no_half_file(
    moment: str, tmp_path: Path
) -> None:
    code = (
        "import os, signal, sys\n"
        "from site_src.text.patterns import compiled\n"
        "compiled('[unheard-of]+')\n"
        "def struck(event, arguments):\n"
        f"    if event == {moment!r} and 'patterns.' in str(arguments[0]):\n"
        "        print('struck', flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.addaudithook(struck)\n"
    )
    program = [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", code]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, env={})
    assert (done.returncode, done.stdout, done.stderr) == (0, "struck\n", "")
    left = {path.name for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert left == {"version"}
