"""The interface of translation engines, and the list of them; the module of an engine is imported when first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from site_src.errors import MujazError
from site_src.settings import Translation


class EngineError(MujazError):
    """The engine cannot translate; `str(error)` says why and what to do."""


class Output(Struct, frozen=True):
    """The translation of one sentence by an engine."""

    text: str
    """"" where the engine failed."""
    score: float | None = None
    """Mean log-probability of a token, at most 0; None where the engine gives none."""
    why: str = ""
    """Why there is no text, or why it should not be trusted, in words for a person; "" where all is well."""


def too_long(sentence: str, settings: Translation) -> Output | None:
    """The output for a sentence that is longer than the settings allow; None for any other sentence."""
    limit = settings.max_source_words
    if len(sentence.split()) <= limit:
        return None
    return Output("", why=f"the sentence is longer than {limit} words (max_source_words in site.toml)")


class Translator(Protocol):
    """A machine translation engine."""

    def ready(self, source_lang: str, target_lang: str) -> bool:
        """Whether it is set up to translate the pair, judged by files and settings alone: no server is asked."""

    def describe(self, source_lang: str, target_lang: str) -> str:
        """The engine and its model in words, for readers; raises `EngineError` where it cannot translate."""

    def translate(
        self, sentences: Sequence[str], source_lang: str, target_lang: str
    ) -> Iterator[tuple[tuple[int, Output], ...]]:
        """(index of the sentence, output) in parts, as they are done; each part may be saved at once."""


def _argos(settings: Translation, site: Path) -> Translator:
    from site_src.translate.engines.argos import Argos

    return Argos(settings, site)


def _firefox(settings: Translation, site: Path) -> Translator:
    from site_src.translate.engines.firefox import Firefox

    return Firefox(settings, site)


def _libretranslate(settings: Translation, site: Path) -> Translator:
    from site_src.translate.engines.libretranslate import LibreTranslate

    return LibreTranslate(settings)


ENGINES: dict[str, Callable[[Translation, Path], Translator]] = {
    "argos": _argos,
    "firefox": _firefox,
    "libretranslate": _libretranslate,
}


def first_engine(settings: Translation, site: Path, source_lang: str, target_lang: str) -> Translator | None:
    """The first engine of the settings that is ready for the pair; None where none is.

    If it fails later, the next one does not take over: which engine made a text must not depend on the moment.
    """
    engines = (ENGINES[name](settings, site) for name in settings.engines)
    return next((engine for engine in engines if engine.ready(source_lang, target_lang)), None)
