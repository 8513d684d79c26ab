"""The Argos engine: an Argos package, decoded by CTranslate2 in length-sorted batches on every core.

Of `argostranslate` only the package module is imported, for its tokenizers: its translate module sends each sentence
alone, cannot set patience or penalties, and imports a sentence splitter that is neither free of copyleft nor offline.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from site_src.errors import command
from site_src.settings import Translation
from site_src.translate.engines import EngineError, Output, too_long
from site_src.translate.packages import Package, PackageError, argos_in_a_corner, find_package

BATCH_TOKENS = 768
"""Source tokens of a batch, padding included. The engine of `benchmarks/translate.py`, 100 sentences, one thread:
12.2 CPU s and 308 MiB at 512, 11.8 and 347 at 768, 11.5 and 407 at 1024; two threads: 376, 490 and 521 MiB."""

UNDER_WAY_TOKENS = 2048
"""Source tokens that all workers together decode at a time, so that memory does not grow with the number of cores."""

_HEADROOM = 20
"""Target tokens allowed above `length_cap`, so that a title of two words has room."""

_Part = tuple[tuple[int, Output], ...]


class Argos:
    """Translates with the packages in the project's folder, then with the user's."""

    def __init__(self, settings: Translation, site: Path):
        self.settings, self.models = settings, site / settings.models
        self._kept: dict[tuple[str, ...], _Decoder] | None = None

    def keeping(self) -> Argos:
        """The same engine on one core, whose models stay loaded from one call to the next."""
        from copy import copy

        made = copy(self)
        made._kept = {}
        return made

    def ready(self, source_lang: str, target_lang: str) -> bool:
        """Whether a package of the pair is installed."""
        return find_package(self.models, source_lang, target_lang) is not None

    def describe(self, source_lang: str, target_lang: str) -> str:
        """Title of the package that would translate; raises `EngineError` without one."""
        return self._package(source_lang, target_lang).title

    def translate(self, sentences: Sequence[str], source_lang: str, target_lang: str) -> Iterator[_Part]:
        """The outputs, batch by batch, the longest sentences first; raises `EngineError` if the model cannot load."""
        long = {place: said for place, text in enumerate(sentences) if (said := too_long(text, self.settings))}
        if long:
            yield tuple(long.items())
        if len(long) == len(sentences):
            return
        decoder = self._decoder(source_lang, target_lang)
        tokens = {place: decoder.encode(text) for place, text in enumerate(sentences) if place not in long}
        yield from decoder.decode(tokens)

    def _decoder(self, *pair: str) -> _Decoder:
        if self._kept is None:
            return _load(self._package(*pair), self.models, self.settings, _cores())
        if pair not in self._kept:
            self._kept[pair] = _load(self._package(*pair), self.models, self.settings, 1)
        return self._kept[pair]

    def _package(self, source_lang: str, target_lang: str) -> Package:
        package = find_package(self.models, source_lang, target_lang)
        if package is None:
            pair = f"{source_lang} to {target_lang}"
            raise EngineError(f"no Argos package translates {pair}; {command('models install')} fetches one")
        return package


class Batch(Struct, frozen=True):
    """Sentences of like length that are decoded together."""

    places: tuple[int, ...]
    longest: int
    """Tokens of its longest sentence."""


def batches(lengths: dict[int, int], workers: int, most: int = BATCH_TOKENS) -> tuple[Batch, ...]:
    """Sentence places grouped by falling length: at most `most` padded tokens each, and work for every worker."""
    order = sorted(lengths, key=lambda place: (-lengths[place], place))
    share = -(-sum(lengths.values()) // max(workers, 1))
    bound = min(most, share, UNDER_WAY_TOKENS // max(workers, 1))
    groups: list[list[int]] = []
    for place in order:
        if not groups or lengths[groups[-1][0]] * (len(groups[-1]) + 1) > bound:
            groups.append([])
        groups[-1].append(place)
    return tuple(Batch(tuple(group), lengths[group[0]]) for group in groups)


class _Decoder(Struct, frozen=True):
    """A loaded model with its tokenizer."""

    translator: Any
    tokenizer: Any
    prefix: str
    settings: Translation
    workers: int

    def encode(self, sentence: str) -> list[str]:
        whole = sentence.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text for a tokenizer
        tokens: list[str] = self.tokenizer.encode(whole)
        return tokens

    def decode(self, tokens: dict[int, list[str]]) -> Iterator[_Part]:
        """Decode all; a few batches are always under way, so that no core waits and Ctrl-C need not either."""
        nothing = tuple((place, Output("", why="the sentence has no token")) for place in tokens if not tokens[place])
        if nothing:
            yield nothing
        under_way: deque[tuple[Batch, Any]] = deque()
        for batch in batches({place: len(row) for place, row in tokens.items() if row}, self.workers):
            under_way.append((batch, self._start([tokens[place] for place in batch.places], batch.longest)))
            if len(under_way) > self.workers:
                yield self._finish(*under_way.popleft(), tokens)
        while under_way:
            yield self._finish(*under_way.popleft(), tokens)

    def _start(self, rows: list[list[str]], longest: int) -> Any:
        settings = self.settings
        return self.translator.translate_batch(
            rows, asynchronous=True, target_prefix=[[self.prefix]] * len(rows) if self.prefix else None,
            beam_size=settings.beam, patience=settings.patience, length_penalty=settings.length_penalty,
            repetition_penalty=settings.repetition_penalty, no_repeat_ngram_size=settings.no_repeat_ngram,
            max_input_length=0, max_decoding_length=self._cap(longest), replace_unknowns=True, return_scores=True,
        )  # fmt: skip

    def _cap(self, tokens: int) -> int:
        return int(tokens * self.settings.length_cap) + _HEADROOM

    def _finish(self, batch: Batch, waiting: Any, tokens: dict[int, list[str]]) -> _Part:
        """The outputs of a batch; where it fails as a whole, of its sentences one by one."""
        try:
            results = [result.result() for result in waiting]
            return tuple((place, self._output(result, len(tokens[place])))
                         for place, result in zip(batch.places, results, strict=True))  # fmt: skip
        except (RuntimeError, ValueError) as error:
            if len(batch.places) == 1:
                return ((batch.places[0], Output("", why=f"the model refused the sentence: {error}")),)
        return tuple(pair for place in batch.places for pair in self._alone(place, tokens))

    def _alone(self, place: int, tokens: dict[int, list[str]]) -> _Part:
        row = tokens[place]
        return self._finish(Batch((place,), len(row)), self._start([row], len(row)), tokens)

    def _output(self, result: Any, source_tokens: int) -> Output:
        hypothesis, score = result.hypotheses[0], result.scores[0]
        text = self.tokenizer.decode(hypothesis).removeprefix(self.prefix).strip()
        length, cap = max(len(hypothesis), 1), self._cap(source_tokens)
        # CTranslate2 divides the sum of log-probabilities by length ** length_penalty.
        mean = score * length**self.settings.length_penalty / length
        return Output(text, min(mean, 0.0), f"the model did not end within {cap} tokens" if length >= cap else "")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load(package: Package, models: Path, settings: Translation, cores: int) -> _Decoder:
    """The package's model in memory, after its files were checked against `models.lock`."""
    from site_src.translate.packages.lock import verify_package

    verify_package(package, models)
    translator, argos = open_package(package, cores)
    return _Decoder(translator, argos.tokenizer, argos.target_prefix, settings, cores)


def open_package(package: Package, cores: int) -> tuple[Any, Any]:
    """The package's CTranslate2 translator and its `argostranslate` package; raises `PackageError`."""
    with argos_in_a_corner():
        from argostranslate.package import Package as ArgosPackage
    try:
        translator: Any = import_module("ctranslate2").Translator
        argos = ArgosPackage(package.folder)
        argos.tokenizer.encode("1")
        model = str(package.folder / "model")
        return translator(model, compute_type="int8", inter_threads=cores, intra_threads=1), argos
    except Exception as error:  # whatever a corrupt file makes either library raise
        raise PackageError(
            f"the package {package.folder.name} cannot be loaded ({error}); remove it with "
            f"{command(f'models remove {package.key}')} and install it again"
        ) from error
