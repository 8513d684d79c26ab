"""Regular expressions that are compiled when first used: compiling one takes as long as searching a page for it.

The program to which a pattern was compiled is saved for the next process, which reads it in a fiftieth of the time.
"""

from __future__ import annotations

import atexit
import re
from array import array
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any, AnyStr, cast

from msgspec import Struct, msgpack

from site_src import beside
from site_src.text.memo import Once
from site_src.version import code_version

_PLACE = beside.FOLDER / "patterns"
_OTHER_INTERNALS = (ImportError, AttributeError, TypeError, ValueError, RuntimeError)
"""What a Python raises whose `re` has other internals."""


class Code(Struct, frozen=True, gc=False):
    """The program to which a pattern was compiled, as the engine of `re` runs it."""

    flags: int
    program: bytes
    groups: int
    names: dict[str, int]
    """Number of each named group."""

    def pattern(self, source: AnyStr) -> re.Pattern[AnyStr]:
        """The pattern with this program, which `source` was compiled to."""
        group_names: list[str | None] = [None] * (self.groups + 1)
        for name, number in self.names.items():
            group_names[number] = name
        program = memoryview(self.program).cast("I").tolist()
        compile_program = import_module("_sre").compile
        pattern = compile_program(source, self.flags, program, self.groups, self.names, tuple(group_names))
        return cast("re.Pattern[AnyStr]", pattern)


class Late:
    """Stands for a pattern that is compiled when one of its attributes is first asked for."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._arguments = source, flags

    @Once
    def compiled(self) -> re.Pattern[Any]:
        """The pattern itself."""
        return compiled(*self._arguments)

    def __getattr__(self, name: str) -> Any:
        """The pattern's attribute of this name; it is stored here, so that it is found at once the next time."""
        self.__dict__[name] = attribute = getattr(self.compiled, name)
        return attribute


def late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern `source`, compiled when it is first used. It has a pattern's methods; functions of `re` refuse it."""
    return cast("re.Pattern[AnyStr]", Late(source, flags))


def compiled(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern `source`, as `re.compile` gives it."""
    codes, name = _codes(), f"{int(flags)} {source!r}"
    try:
        if name not in codes:
            codes[name] = code_of(source, flags)
        return codes[name].pattern(source)
    except _OTHER_INTERNALS:
        codes.pop(name, None)
        return re.compile(source, flags)


def code_of(source: str | bytes, flags: int) -> Code:
    """What `re` compiles a pattern to; raises one of `_OTHER_INTERNALS` where it is built differently."""
    parsed = import_module("re._parser").parse(source, flags)
    state, program = parsed.state, import_module("re._compiler")._code(parsed, flags)
    return Code(flags | state.flags, array("I", program).tobytes(), state.groups - 1, dict(state.groupdict))


@cache
def _codes() -> dict[str, Code]:
    """The known programs by flags and source; those that this process adds are saved at its end."""
    saved = beside.left(_PLACE, code_version())
    codes = msgpack.decode(saved, type=dict[str, Code]) if saved else {}
    atexit.register(_save, codes, len(codes))
    return codes


def _save(codes: dict[str, Code], saved_count: int) -> None:
    if len(codes) > saved_count:
        with suppress(KeyboardInterrupt):  # the work is done and reported by now: only saving is cut short
            beside.leave(_PLACE, code_version(), msgpack.encode(codes))
