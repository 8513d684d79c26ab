"""The Firefox engine: models of Firefox Translations, run by the optional package `fxtranslate`.

A model is a folder `models/firefox-ar_en` that `models install --engine firefox` made and recorded in `models.lock`.
It is opened from those bytes: the library's own loader would go to the network where a file is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from site_src.errors import command, installing
from site_src.settings import Translation
from site_src.translate.engines import EngineError, Output, too_long
from site_src.translate.packages import FIREFOX, PackageError
from site_src.translate.packages.lock import Locked, folder_sha, folder_shas, read_lock, record, verify_folder

_PART = 16
"""How many sentences are translated before they may be saved."""


def _missing() -> str:
    return f"the package `fxtranslate` is not installed; run {installing('fxtranslate')}"


class Firefox:
    """Translates with the models in the project's folder."""

    def __init__(self, settings: Translation, site: Path):
        self.settings, self.models = settings, site / settings.models
        self._translators: dict[Path, Any] | None = None
        """The models that stay loaded, by folder; None where none shall."""

    def keeping(self) -> Firefox:
        """The same engine, whose models stay loaded from one call to the next."""
        engine = copy(self)
        engine._translators = {}
        return engine

    def ready(self, source_lang: str, target_lang: str) -> bool:
        """Whether the library and a model of the pair are here."""
        return bool(library_version()) and _key(source_lang, target_lang) in read_lock(self.models)

    def describe(self, source_lang: str, target_lang: str) -> str:
        """The version of the library and the checksum of the model, whose files do not state a version."""
        key = _key(source_lang, target_lang)
        locked = read_lock(self.models).get(key)
        if not (installed := library_version()):
            raise EngineError(_missing())
        if locked is None:
            fetch = command(f"models install --engine firefox --from {source_lang} --to {target_lang}")
            raise EngineError(f"no Firefox model translates {source_lang} to {target_lang}; {fetch} fetches one")
        return f"Firefox Translations, fxtranslate {installed}, {source_lang}-{target_lang} model {locked.sha256[:8]}"

    def translate(
        self, sentences: Sequence[str], source_lang: str, target_lang: str
    ) -> Iterator[tuple[tuple[int, Output], ...]]:
        """The outputs in order, without scores (the library gives none); raises `EngineError` if the model fails."""
        translator = self._translator(self.models / _key(source_lang, target_lang))
        for start in range(0, len(sentences), _PART):
            part = sentences[start : start + _PART]
            yield tuple((start + index, self._output(translator, text)) for index, text in enumerate(part))

    def _translator(self, folder: Path) -> Any:
        loaded = {} if self._translators is None else self._translators
        if folder not in loaded:
            verify_folder(folder, self.models)
            loaded[folder] = open_model(folder)
        return loaded[folder]

    def _output(self, translator: Any, sentence: str) -> Output:
        if output := too_long(sentence, self.settings):
            return output
        try:
            # `translate` takes one sentence; `translate_long` would split it again by rules that are not ours.
            return Output(translator.translate(sentence.encode("utf-8", "replace").decode()).strip())
        except ValueError as error:
            return Output("", why=f"the model refused the sentence: {error}")


def _key(source_lang: str, target_lang: str) -> str:
    """The name of a pair's folder, and of its entry in `models.lock`."""
    return f"{FIREFOX}{source_lang}_{target_lang}"


def library_version() -> str:
    """The installed version of `fxtranslate`; "" without it."""
    try:
        return version("fxtranslate")
    except PackageNotFoundError:
        return ""


def open_model(folder: Path) -> Any:
    """The library's translator over the model files in `folder`; raises `PackageError`."""
    model, source, target, shortlist = _files(folder)
    try:
        translator_class = import_module("fxtranslate").Translator
    except ImportError as error:
        raise PackageError(_missing()) from error
    try:
        shortlist_bytes = shortlist.read_bytes() if shortlist else None
        return translator_class(model.read_bytes(), source.read_bytes(), target.read_bytes(), shortlist_bytes)
    except (ValueError, OSError) as error:
        raise PackageError(f"the Firefox model in {folder.name} cannot be loaded ({error})") from error


def _files(folder: Path) -> tuple[Path, Path, Path, Path | None]:
    """Model, source vocabulary, target vocabulary and, where there is one, shortlist; raises `PackageError`."""
    model, shared = _only_file(folder, "model.*.bin"), _only_file(folder, "vocab.*.spm")
    source = shared or _only_file(folder, "srcvocab.*.spm")
    target = shared or _only_file(folder, "trgvocab.*.spm")
    if model and source and target:
        return model, source, target, _only_file(folder, "lex.*.bin")
    raise PackageError(
        f"{folder} holds no Firefox model: it needs one model.*.bin and one vocab.*.spm (or srcvocab.*.spm and "
        "trgvocab.*.spm), unpacked"
    )


def _only_file(folder: Path, pattern: str) -> Path | None:
    """The file of the folder that matches the pattern; None where none or several do."""
    paths = sorted(folder.glob(pattern)) if folder.is_dir() else []
    return paths[0] if len(paths) == 1 else None


def install_folder(folder: Path, source_lang: str, target_lang: str, models: Path) -> str:
    """Install the model files in `folder` for the pair, record them and return the name. Raises `PackageError`."""
    key = _key(source_lang, target_lang)
    files = [path for path in _files(folder) if path]
    recorded = read_lock(models)
    models.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".unpacking-", dir=models) as temporary:
        new = Path(temporary) / "new"
        new.mkdir()
        for path in files:
            (new / path.name).write_bytes(path.read_bytes())
        locked = Locked(folder_sha(new), folder_shas(new))
        if key in recorded and recorded[key].sha256 != locked.sha256:
            raise PackageError(
                f"{folder} is not the {key} of models.lock. If you trust the new files, delete that entry first."
            )
        open_model(new)
        if (models / key).exists():
            (models / key).rename(Path(temporary) / "old")
        new.rename(models / key)
    record(models, key, locked)
    return key


def install_online(source_lang: str, target_lang: str, models: Path) -> str:
    """Fetch the model of the pair from Mozilla's service with the library, which checks its hashes, and install it.

    Raises `PackageError` and then changes nothing.
    """
    try:
        discovery = import_module("fxtranslate").discovery
    except ImportError as error:
        raise PackageError(_missing()) from error
    models.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".fetching-", dir=models) as temporary:
        try:
            route = discovery.resolve_route(discovery.fetch_records_body(), source_lang, target_lang)
            if route["kind"] != "direct":
                raise PackageError(f"there is no Firefox model that translates {source_lang} to {target_lang} directly")
            discovery.add_models(source_lang, target_lang, temporary)
        except ValueError as error:
            install_command = command(
                f"models install --engine firefox --file FOLDER --from {source_lang} --to {target_lang}"
            )
            raise PackageError(
                f"The Firefox model could not be fetched: {error}. With its files: {install_command}."
            ) from error
        return install_folder(Path(temporary) / f"{source_lang}-{target_lang}", source_lang, target_lang, models)
