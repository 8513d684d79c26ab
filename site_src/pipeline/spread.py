"""An engine run by an analyst's workers: sentences go out in chunks, and a worker loads the model for its first one.

Its files are read there: under the same path as here, or copied once from shared storage, whose address the worker has
in its environment. That they are the same is compared by `models.lock`.
"""

from __future__ import annotations

import os
import pickle
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import Protocol, runtime_checkable

from site_src.pipeline.analysts import WORTH, Analyst, Input, Work
from site_src.translate.engines import EngineError, Output, Translator
from site_src.translate.packages.lock import lock_path, verify_folder

MODELS = "MUJAZ_MODELS"
"""Names, on a worker, the folder `models` of shared storage as fsspec writes it: s3://desk/models."""
_CHUNK = 32
"""Sentences that a worker gets at a time: some four seconds, at 11.8 CPU s for 100 (`translate.engines.argos`)."""

Chunk = tuple[str, ...]


@runtime_checkable
class OfFiles(Translator, Protocol):
    """An engine whose models are files."""

    models: Path

    def keeping(self) -> OfFiles:
        """The same engine on one core, whose models stay loaded from one call to the next."""


@dataclass(frozen=True, slots=True)
class Way:
    """What all chunks have in common."""

    engine: bytes
    """Pickled."""
    lock: bytes
    """What is recorded of its models."""
    name: str
    """As the engine describes itself."""
    pair: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spread:
    """An engine as the workers of an analyst run it."""

    engine: OfFiles
    by: Analyst

    def ready(self, source_lang: str, target_lang: str) -> bool:
        """Whether it is set up here."""
        return self.engine.ready(source_lang, target_lang)

    def describe(self, source_lang: str, target_lang: str) -> str:
        """As the engine here."""
        return self.engine.describe(source_lang, target_lang)

    def translate(
        self, sentences: Sequence[str], source_lang: str, target_lang: str
    ) -> Iterator[tuple[tuple[int, Output], ...]]:
        """The outputs chunk by chunk, the longest sentences first; raises `EngineError` where a worker lacks the model.

        A sentence is decoded by itself whatever its neighbours are: only the time depends on how they are cut.
        """
        order = sorted(range(len(sentences)), key=lambda place: (-len(sentences[place]), place))
        chunks = [order[start : start + _CHUNK] for start in range(0, len(order), _CHUNK)]
        # As large as it may be: a chunk takes far longer than the bytes of a page, and shares a task with no other.
        inputs = [Input("a sentence", tuple(sentences[place] for place in chunk), WORTH, b"") for chunk in chunks]
        work = Work(translated, self._way(source_lang, target_lang), tuple[Output, ...], "translate")
        for chunk, outputs in zip(chunks, self.by.each(work, inputs), strict=True):
            yield tuple(zip(chunk, outputs, strict=True))

    def _way(self, *pair: str) -> Way:
        source, target = pair
        packed = pickle.dumps(self.engine)
        return Way(packed, _recorded(self.engine.models), self.describe(source, target), (source, target))


def translated(way: Way, chunk: Chunk) -> tuple[Output, ...]:
    """The outputs of a chunk, in its order; raises `EngineError` where the model here is not that of the builder."""
    made = dict(chain.from_iterable(_kept(way).translate(chunk, *way.pair)))
    return tuple(made[place] for place in range(len(chunk)))


@lru_cache(maxsize=1)
def _kept(way: Way) -> OfFiles:
    """The engine with its models loaded, for as long as this process lives or until it needs another."""
    engine: OfFiles = pickle.loads(way.engine)
    if shared := os.environ.get(MODELS):
        engine.models = _fetched(shared, way.lock)
    if _recorded(engine.models) != way.lock or engine.describe(*way.pair) != way.name:
        raise EngineError(
            f"the models in {engine.models} on {platform.node()} are not those of the machine that builds; they must "
            f"lie on every worker under the same path, with models.lock beside them, or where {MODELS} says"
        )
    return engine.keeping()


def _fetched(address: str, lock: bytes) -> Path:
    """A copy of the folder `models` of shared storage in the worker's own folder, which Dask removes with it.

    Every file is compared with what the machine that builds has recorded; raises `EngineError`.
    """
    models = Path(import_module("distributed").get_worker().local_directory) / blake2b(lock, digest_size=8).hexdigest()
    if models.is_dir():
        return models
    if lock:
        lock_path(models).write_bytes(lock)
    try:
        storage, path = import_module("fsspec").url_to_fs(address)
        storage.get(f"{path.rstrip('/')}/", f"{models}/", recursive=True)
        for folder in models.iterdir():
            verify_folder(folder, models)
    except Exception as error:  # each kind of storage has its own
        rmtree(models, ignore_errors=True)
        raise EngineError(f"the models at {address} ({MODELS} on {platform.node()}) cannot be used: {error}") from error
    return models


def _recorded(models: Path) -> bytes:
    """What `models.lock` says; nothing where there is none."""
    path = lock_path(models)
    return path.read_bytes() if path.is_file() else b""
