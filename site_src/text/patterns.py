"""Patterns compiled when first sought: compiling one takes as long as searching a page for it, and a page needs few."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

from site_src.text.memo import Once


class Late:
    """Stands for a pattern, whose methods it hands on, until it is first asked for one."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._made_from = source, flags

    @Once
    def compiled(self) -> re.Pattern[Any]:
        """The pattern itself."""
        return re.compile(*self._made_from)

    def __getattr__(self, name: str) -> Any:
        """What the pattern has by this name, and henceforth this has as well: it is found at once the next time."""
        self.__dict__[name] = found = getattr(self.compiled, name)
        return found


def late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern `source`, compiled when it is first used. It has a pattern's methods; functions of `re` refuse it."""
    return cast("re.Pattern[AnyStr]", Late(source, flags))
