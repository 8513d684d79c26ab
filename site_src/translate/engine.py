"""What a translation engine is, and which there are; an engine's own module is imported when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from site_src.errors import MujazError
from site_src.settings import Translation


class EngineError(MujazError):
    """The engine cannot translate; `str(error)` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Output:
    """What an engine made of one sentence."""

    text: str
    """"" where it made nothing."""
    score: float | None = None
    """Mean log-probability of a token, at most 0."""
    why: str = ""
    """What went wrong, in words for a person: why there is no text, or why the text should not be trusted."""


class Translator(Protocol):
    """A machine translation engine."""

    def describe(self, source_lang: str, target_lang: str) -> str:
        """The engine and its model in words, from files alone; raises `EngineError` where it cannot translate."""

    def translate(
        self, sentences: Sequence[str], source_lang: str, target_lang: str
    ) -> Iterator[tuple[tuple[int, Output], ...]]:
        """Outputs with the places of their sentences, in parts as they are done; each part may be saved at once."""


def _argos(settings: Translation, site: Path) -> Translator:
    from site_src.translate.argos import Argos

    return Argos(settings, site)


ENGINES: dict[str, Callable[[Translation, Path], Translator]] = {"argos": _argos}


def first_engine(settings: Translation, site: Path, source_lang: str, target_lang: str) -> Translator | None:
    """The first engine of the settings that can translate the pair; None where none can."""
    for name in settings.engines:
        engine = ENGINES[name](settings, site)
        try:
            engine.describe(source_lang, target_lang)
        except EngineError:
            continue
        return engine
    return None
