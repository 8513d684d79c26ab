"""Times machine translation: this project's engine, argostranslate's public API and a bare CTranslate2 call.

    python benchmarks/translate.py [-n 300] [--threads 1]

The package has the size of a stock Argos package (6+6 layers, 512 wide, 32,000 pieces, int8) and random weights:
speed can be measured without a trained model, quality cannot. Every variant decodes the same sentences with the same
beam, patience, penalties and threads, and to the same length, so that all do the same work. Each runs in a
process of its own; its figures are that whole process: start, imports, loading, translating.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from processes import Cost, run

from site_src.settings import Translation
from site_src.translate.engines.argos import Argos
from site_src.translate.packages import find_package

ROOT = Path(__file__).resolve().parents[1]
WIDTH, INNER, HEADS, LAYERS, PIECES, LENGTH = 512, 2048, 8, 6, 32_000, 30
SETTINGS = Translation()


def sentences(count: int) -> list[str]:
    """Sentences of news-like length made of the words of the test pairs; the same on every run."""
    rng = random.Random(3)
    lines = (ROOT / "tests" / "argos" / "pairs.tsv").read_text("utf-8").splitlines()
    words = sorted({word for line in lines for word in line.split("\t")[0].rstrip(".").split()})
    lengths = [min(max(round(rng.gauss(22, 9)), 4), 55) for _ in range(count)]
    return [" ".join(rng.choices(words, k=length)) + "." for length in lengths]


def make_package(folder: Path) -> None:
    """Write an Argos package with random weights to `folder`."""
    import numpy as np
    import sentencepiece
    from ctranslate2.specs import TransformerSpec

    (folder / "model").mkdir(parents=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences(2000)), model_prefix=str(folder / "sentencepiece"), vocab_size=PIECES,
        hard_vocab_limit=False, minloglevel=2, num_threads=1,
    )  # fmt: skip
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    vocabulary = [pieces.id_to_piece(n) for n in range(pieces.get_piece_size())]
    vocabulary += [f"<unused{n}>" for n in range(PIECES - len(vocabulary))]
    spec = TransformerSpec.from_config(LAYERS, HEADS, pre_norm=True)
    fill(spec, np.random.default_rng(1), len(vocabulary))
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder / "model"))
    metadata = {"from_code": "ar", "from_name": "Arabic", "to_code": "en", "to_name": "English",
                "package_version": "1.0"}  # fmt: skip
    (folder / "metadata.json").write_text(json.dumps(metadata), "utf-8")


def fill(spec: Any, rng: Any, size: int) -> None:
    """Put random weights into every part of the model."""

    def weights(*shape: int) -> Any:
        return (rng.standard_normal(shape) * 0.05).astype("float32")

    def linear(layer: Any, out: int, into: int) -> None:
        layer.weight, layer.bias = weights(out, into), weights(out)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = weights(WIDTH) + 1, weights(WIDTH)

    def attention(layer: Any, sizes: tuple[int, ...]) -> None:
        norm(layer.layer_norm)
        for part, out in zip(layer.linear, sizes, strict=True):
            linear(part, out, WIDTH)

    for side in (spec.encoder, spec.decoder):
        embedding = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embedding.weight, side.position_encodings.encodings = weights(size, WIDTH), weights(512, WIDTH)
        norm(side.layer_norm)
        for layer in side.layer:
            attention(layer.self_attention, (3 * WIDTH, WIDTH))
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, INNER, WIDTH)
            linear(layer.ffn.linear_1, WIDTH, INNER)
            if side is spec.decoder:
                attention(layer.attention, (WIDTH, 2 * WIDTH, WIDTH))
    linear(spec.decoder.projection, size, WIDTH)


def equal_work(settings: Translation) -> type:
    """CTranslate2's translator, made to decode `LENGTH` tokens of each sentence with these settings, whoever calls."""
    import ctranslate2

    translator_class = ctranslate2.Translator

    class EqualWork:
        def __init__(self, *args: Any, **options: Any) -> None:
            self.translator = translator_class(*args, **options)

        def translate_batch(self, rows: Any, **options: Any) -> Any:
            equal_options = {
                "beam_size": settings.beam, "patience": settings.patience, "length_penalty": settings.length_penalty,
                "repetition_penalty": settings.repetition_penalty, "no_repeat_ngram_size": settings.no_repeat_ngram,
                "min_decoding_length": LENGTH, "max_decoding_length": LENGTH,
            }  # fmt: skip
            return self.translator.translate_batch(rows, **options | equal_options)

    ctranslate2.Translator = EqualWork
    return EqualWork


def ours(site: Path, texts: list[str], settings: Translation, threads: int, size: int) -> int:
    """Translate with this project's engine; it chooses the batches itself."""
    equal_work(settings)
    return sum(len(part) for part in Argos(settings, site).translate(texts, "ar", "en"))


def bare(site: Path, texts: list[str], settings: Translation, threads: int, size: int) -> int:
    """Translate with one call, the sentences sorted by length, in batches of `size`."""
    import sentencepiece

    model = find_package(site / "models", "ar", "en")
    assert model
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(model.folder / "sentencepiece.model"))
    translator = equal_work(settings)(
        str(model.folder / "model"), compute_type="int8", inter_threads=threads, intra_threads=1
    )
    rows = sorted((pieces.encode(text, out_type=str) for text in texts), key=len)
    results = translator.translate_batch(rows, max_batch_size=size, replace_unknowns=True, return_scores=True)
    return len([pieces.decode_pieces(result.hypotheses[0]) for result in results])


def api(site: Path, texts: list[str], settings: Translation, threads: int, size: int) -> int:
    """Translate with argostranslate as its documentation shows it: one text a call, one sentence each."""
    os.environ |= {"ORT_DISABLE_TELEMETRY": "1", "ARGOS_PACKAGES_DIR": str(site / "models")}
    os.environ |= {"ARGOS_INTER_THREADS": str(threads), "ARGOS_INTRA_THREADS": "1", "ARGOS_COMPUTE_TYPE": "int8"}
    os.environ |= dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(site / "argos"))
    equal_work(settings)
    from argostranslate import translate

    class OneSentence:
        def split_sentences(self, text: str) -> list[str]:
            return [text]

    translation = translate.get_translation_from_codes("ar", "en")
    translation.underlying.sentencizer = OneSentence()
    return len([translation.translate(text) for text in texts])


def package(site: Path, texts: list[str], settings: Translation, threads: int, size: int) -> int:
    """Make the package, in a process of its own so that its memory counts for no other variant."""
    make_package(site / "models" / "translate-ar_en-1_0")
    return len(texts)


Variant = Callable[[Path, list[str], Translation, int, int], int]
VARIANTS: dict[str, Variant] = {"ours": ours, "bare": bare, "api": api, "package": package}


def measure(site: Path, options: argparse.Namespace, variant: str, beam: int, size: int = 0) -> Cost:
    """The cost of one variant, run in a process of its own."""
    command = [sys.executable, __file__, "--child", variant, "--site", str(site), "-n", str(options.n),
               "--threads", str(options.threads), "--beam", str(beam), "--size", str(size)]  # fmt: skip
    return run(command, ROOT, {}, site / "log")


def child(options: argparse.Namespace) -> None:
    """Run one variant in this process, on as many cores as it has threads."""
    from msgspec.structs import replace

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: options.threads]))
    settings = replace(SETTINGS, beam=options.beam)
    count = VARIANTS[options.child](options.site, sentences(options.n), settings, options.threads, options.size)
    assert count == options.n


def report(options: argparse.Namespace, site: Path) -> None:
    """Print the table, a row for each variant; the first is the one that the others are compared with."""
    default = SETTINGS.beam
    rows = [("argostranslate API, one sentence a call", "api", default, 0)]
    rows += [(f"bare CTranslate2, one sorted call, batches of {size}", "bare", default, size) for size in (16, 32, 64)]
    rows += [("ours", "ours", beam, 0) for beam in (default, 2, 1)]
    print(f"{options.n} sentences of {LENGTH} decoded tokens, threads: {options.threads}, patience {SETTINGS.patience}")
    print("\n| variant | beam | CPU s | of the API's | wall s | peak MiB |\n|---|---|---|---|---|---|")
    baseline_cpu = 0.0
    for title, variant, beam, size in rows:
        cost = measure(site, options, variant, beam, size)
        baseline_cpu = baseline_cpu or cost.cpu
        figures = f"{cost.cpu:.1f} | {cost.cpu / baseline_cpu:.2f} | {cost.wall:.1f} | {cost.peak:.0f}"
        print(f"| {title} | {beam} | {figures} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=300, help="sentences")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--beam", type=int, default=SETTINGS.beam, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--child", choices=VARIANTS, help=argparse.SUPPRESS)
    parser.add_argument("--site", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(options)
    with TemporaryDirectory(prefix="mujaz-benchmark-") as folder:
        measure(Path(folder), options, "package", 1)
        return report(options, Path(folder))


if __name__ == "__main__":
    main()
