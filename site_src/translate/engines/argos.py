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
from site_src.translate.packages import Package, PackageError, find_package, isolated_argos_import

BATCH_TOKENS = 768
"""Source tokens in a batch, with padding. The engine of `benchmarks/translate.py`, 100 sentences, one thread:
12.2 CPU s and 308 MiB at 512, 11.8 and 347 at 768, 11.5 and 407 at 1024; two threads: 376, 490 and 521 MiB."""

TOKENS_IN_PROGRESS = 2048
"""Source tokens that all workers decode at a time, so that memory use does not grow with the number of cores."""

_HEADROOM = 20
"""Target tokens allowed beyond `length_cap`, so that a title of two words has room."""

_Part = tuple[tuple[int, Output], ...]


class Argos:
    """Translates with the packages in the project's folder, then with the user's."""

    def __init__(self, settings: Translation, site: Path):
        self.settings, self.models = settings, site / settings.models
        self._decoders: dict[tuple[str, ...], _Decoder] | None = None
        """The models that stay loaded, by language pair; None where none shall."""

    def keeping(self) -> Argos:
        """The same engine on one core, whose models stay loaded from one call to the next."""
        from copy import copy

        engine = copy(self)
        engine._decoders = {}
        return engine

    def ready(self, source_lang: str, target_lang: str) -> bool:
        """Whether a package of the pair is installed."""
        return find_package(self.models, source_lang, target_lang) is not None

    def describe(self, source_lang: str, target_lang: str) -> str:
        """Title of the package that would translate; raises `EngineError` without one."""
        return self._package(source_lang, target_lang).title

    def translate(self, sentences: Sequence[str], source_lang: str, target_lang: str) -> Iterator[_Part]:
        """The outputs, batch by batch, the longest sentences first; raises `EngineError` if the model cannot load."""
        too_long_outputs = {
            index: output for index, text in enumerate(sentences) if (output := too_long(text, self.settings))
        }
        if too_long_outputs:
            yield tuple(too_long_outputs.items())
        if len(too_long_outputs) == len(sentences):
            return
        decoder = self._decoder(source_lang, target_lang)
        tokens = {index: decoder.encode(text) for index, text in enumerate(sentences) if index not in too_long_outputs}
        yield from decoder.decode(tokens)

    def _decoder(self, *pair: str) -> _Decoder:
        if self._decoders is None:
            return _load(self._package(*pair), self.models, self.settings, _count_cores())
        if pair not in self._decoders:
            self._decoders[pair] = _load(self._package(*pair), self.models, self.settings, 1)
        return self._decoders[pair]

    def _package(self, source_lang: str, target_lang: str) -> Package:
        package = find_package(self.models, source_lang, target_lang)
        if package is None:
            pair = f"{source_lang} to {target_lang}"
            raise EngineError(f"no Argos package translates {pair}; {command('models install')} fetches one")
        return package


class Batch(Struct, frozen=True):
    """Sentences of similar length that are decoded together."""

    sentences: tuple[int, ...]
    """Their indexes."""
    longest: int
    """The number of tokens of the longest one."""


def batches(lengths: dict[int, int], workers: int, most: int = BATCH_TOKENS) -> tuple[Batch, ...]:
    """Sentences (index to number of tokens) in batches, the longest first.

    A batch has at most `most` tokens with padding, and there are enough batches to keep every worker busy.
    """
    longest_first = sorted(lengths, key=lambda index: (-lengths[index], index))
    share = -(-sum(lengths.values()) // max(workers, 1))
    limit = min(most, share, TOKENS_IN_PROGRESS // max(workers, 1))
    groups: list[list[int]] = []
    for index in longest_first:
        if not groups or lengths[groups[-1][0]] * (len(groups[-1]) + 1) > limit:
            groups.append([])
        groups[-1].append(index)
    return tuple(Batch(tuple(group), lengths[group[0]]) for group in groups)


class _Decoder(Struct, frozen=True):
    """A loaded model with its tokenizer."""

    translator: Any
    tokenizer: Any
    prefix: str
    settings: Translation
    workers: int

    def encode(self, sentence: str) -> list[str]:
        text = sentence.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text for a tokenizer
        tokens: list[str] = self.tokenizer.encode(text)
        return tokens

    def decode(self, tokens: dict[int, list[str]]) -> Iterator[_Part]:
        """Decode all sentences; a few batches are always in progress, so that no core waits and Ctrl-C works soon."""
        empty = tuple((index, Output("", why="the sentence has no token")) for index in tokens if not tokens[index])
        if empty:
            yield empty
        in_progress: deque[tuple[Batch, Any]] = deque()
        for batch in batches({index: len(row) for index, row in tokens.items() if row}, self.workers):
            in_progress.append((batch, self._start([tokens[index] for index in batch.sentences], batch.longest)))
            if len(in_progress) > self.workers:
                yield self._finish(*in_progress.popleft(), tokens)
        while in_progress:
            yield self._finish(*in_progress.popleft(), tokens)

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

    def _finish(self, batch: Batch, pending: Any, tokens: dict[int, list[str]]) -> _Part:
        """The outputs of a batch; if it fails as a whole, its sentences are decoded one by one."""
        try:
            results = [result.result() for result in pending]
            return tuple((index, self._output(result, len(tokens[index])))
                         for index, result in zip(batch.sentences, results, strict=True))  # fmt: skip
        except (RuntimeError, ValueError) as error:
            if len(batch.sentences) == 1:
                return ((batch.sentences[0], Output("", why=f"the model refused the sentence: {error}")),)
        return tuple(pair for index in batch.sentences for pair in self._decode_alone(index, tokens))

    def _decode_alone(self, index: int, tokens: dict[int, list[str]]) -> _Part:
        row = tokens[index]
        return self._finish(Batch((index,), len(row)), self._start([row], len(row)), tokens)

    def _output(self, result: Any, source_tokens: int) -> Output:
        hypothesis, score = result.hypotheses[0], result.scores[0]
        text = self.tokenizer.decode(hypothesis).removeprefix(self.prefix).strip()
        length, cap = max(len(hypothesis), 1), self._cap(source_tokens)
        # CTranslate2 divides the sum of log-probabilities by length ** length_penalty.
        mean = score * length**self.settings.length_penalty / length
        return Output(text, min(mean, 0.0), f"the model did not end within {cap} tokens" if length >= cap else "")


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load(package: Package, models: Path, settings: Translation, cores: int) -> _Decoder:
    """The model of a package, loaded after its files have been checked against `models.lock`."""
    from site_src.translate.packages.lock import verify_package

    verify_package(package, models)
    translator, argos = open_package(package, cores)
    return _Decoder(translator, argos.tokenizer, argos.target_prefix, settings, cores)


def open_package(package: Package, cores: int) -> tuple[Any, Any]:
    """The package's CTranslate2 translator and its `argostranslate` package; raises `PackageError`."""
    with isolated_argos_import():
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
