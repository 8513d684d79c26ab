"""Regular expressions that are compiled when first used: compiling one takes as long as searching a page for it.

The program that a pattern was compiled to is left for the next process, which reads it in a fiftieth of the time.
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
_ELSEWHERE = (ImportError, AttributeError, TypeError, ValueError, RuntimeError)
"""What comes of asking a Python whose `re` is built in another way."""


class Code(Struct, frozen=True, gc=False):
    """What a pattern was compiled to: the program that the engine of `re` runs."""

    flags: int
    program: bytes
    groups: int
    names: dict[str, int]
    """Number of each named group."""

    def pattern(self, source: AnyStr) -> re.Pattern[AnyStr]:
        """The pattern that was compiled."""
        named: list[str | None] = [None] * (self.groups + 1)
        for name, number in self.names.items():
            named[number] = name
        program = memoryview(self.program).cast("I").tolist()
        made = import_module("_sre").compile(source, self.flags, program, self.groups, self.names, tuple(named))
        return cast("re.Pattern[AnyStr]", made)


class Late:
    """Stands for a pattern, whose methods it hands on, until it is first asked for one."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._made_from = source, flags

    @Once
    def compiled(self) -> re.Pattern[Any]:
        """The pattern itself."""
        return compiled(*self._made_from)

    def __getattr__(self, name: str) -> Any:
        """What the pattern has by this name, and henceforth this has as well: it is found at once the next time."""
        self.__dict__[name] = found = getattr(self.compiled, name)
        return found


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
    except _ELSEWHERE:
        codes.pop(name, None)
        return re.compile(source, flags)


def code_of(source: str | bytes, flags: int) -> Code:
    """What `re` compiles a pattern to; raises one of `_ELSEWHERE` where it is built in another way."""
    parsed = import_module("re._parser").parse(source, flags)
    state, program = parsed.state, import_module("re._compiler")._code(parsed, flags)
    return Code(flags | state.flags, array("I", program).tobytes(), state.groups - 1, dict(state.groupdict))


@cache
def _codes() -> dict[str, Code]:
    """What is known of this code's patterns; what this process adds is left for the next one at its end."""
    left = beside.left(_PLACE, code_version())
    codes = msgpack.decode(left, type=dict[str, Code]) if left else {}
    atexit.register(_leave, codes, len(codes))
    return codes


def _leave(codes: dict[str, Code], before: int) -> None:
    if len(codes) > before:
        with suppress(KeyboardInterrupt):  # the work is done and told by now: only the saving is cut short
            beside.leave(_PLACE, code_version(), msgpack.encode(codes))
