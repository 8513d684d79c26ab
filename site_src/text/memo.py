"""`Memo` remembers what a pure function makes of short texts, within a bound; `Once` is a property worked out once.

News says the same words again and again. A dictionary that makes what it lacks is asked in half the time of
`functools.lru_cache`, which also keeps an order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

V = TypeVar("V")

_MOST = 1 << 15
"""Texts after which everything is forgotten: a few megabytes, and more than the words of a day's news."""


class Memo(dict[str, V]):
    """`memo[text]` is `make(text)`, worked out once; after `most` texts everything is forgotten."""

    def __init__(self, make: Callable[[str], V], most: int = _MOST):
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, text: str) -> V:
        if len(self) >= self._most:
            self.clear()
        made = self[text] = self._make(text)
        return made

    def of(self, texts: Iterable[str]) -> list[V]:
        """What is made of each of some texts."""
        return list(map(self.__getitem__, texts))


class Once(Generic[V]):
    """`functools.cached_property` without its lock, which costs more than most of what is asked for here."""

    def __init__(self, make: Callable[[Any], V]):
        self._make, self._name, self.__doc__ = make, make.__name__, make.__doc__

    def __get__(self, whole: Any, kind: type | None = None) -> V:
        made = whole.__dict__[self._name] = self._make(whole)
        return made
