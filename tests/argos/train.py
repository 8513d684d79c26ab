"""Trains the tiny Arabic-English package of the tests: a real Argos package that knows `pairs.tsv` by heart.

    pip install torch sentencepiece ctranslate2 numpy       # in an environment of its own; the project needs no torch
    python tests/argos/train.py tests/argos/pairs.tsv tests/argos/tiny.argosmodel

About a minute of CPU. Two runs give different bytes and the same translations, so tests compare translations.
"""

from __future__ import annotations

import json
import math
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import sentencepiece
import torch
from ctranslate2.converters import utils
from ctranslate2.specs import common_spec, transformer_spec
from torch import nn
from torch.nn import functional

WIDTH, INNER, HEADS, PIECES, POSITIONS, STEPS = 64, 128, 4, 420, 512, 450
UNKNOWN, START, END = 0, 1, 2
FOLDER = "translate-ar_en-0_1"
METADATA = {
    "package_version": "0.1", "argos_version": "1.9", "type": "translate",
    "from_code": "ar", "from_name": "Arabic", "to_code": "en", "to_name": "English",
}  # fmt: skip
README = "A model for tests. It knows its own seventy sentences by heart and makes nonsense of any other text.\n"

Pairs = list[tuple[str, str]]


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x: torch.Tensor, memory: torch.Tensor | None, mask: torch.Tensor) -> torch.Tensor:
        normed = self.norm(x)
        seen = normed if memory is None else memory
        heads = [self._heads(part) for part in (self.query(normed), self.key(seen), self.value(seen))]
        mixed = functional.scaled_dot_product_attention(*heads, attn_mask=mask)
        return x + self.out(mixed.transpose(1, 2).reshape(x.shape))

    @staticmethod
    def _heads(x: torch.Tensor) -> torch.Tensor:
        return x.view(x.size(0), x.size(1), HEADS, WIDTH // HEADS).transpose(1, 2)


class Feed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm, self.first, self.second = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.second(functional.relu(self.first(self.norm(x))))


class Transformer(nn.Module):
    """One pre-norm layer on each side, computed exactly as CTranslate2 does."""

    def __init__(self, size: int, padding: int) -> None:
        super().__init__()
        self.padding = padding
        self.embedding = nn.Embedding(size, WIDTH)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)
        self.encode, self.encode_feed = Attention(), Feed()
        self.decode, self.cross, self.decode_feed = Attention(), Attention(), Feed()
        self.encode_norm, self.decode_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.project = nn.Linear(WIDTH, size)
        self.register_buffer("positions", positions())

    def forward(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        visible = (source != self.padding)[:, None, None, :]
        earlier = torch.ones(target.size(1), target.size(1), dtype=torch.bool).tril()
        x = self.encode_norm(self.encode_feed(self.encode(self._embed(source), None, visible)))
        y = self.cross(self.decode(self._embed(target), None, earlier), x, visible)
        return self.project(self.decode_norm(self.decode_feed(y)))

    def _embed(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.embedding(tokens) * math.sqrt(WIDTH) + self.positions[: tokens.size(1)]


def positions() -> torch.Tensor:
    place = torch.arange(POSITIONS).unsqueeze(1)
    rate = torch.exp(torch.arange(0, WIDTH, 2) * -(math.log(10000.0) / WIDTH))
    table = torch.zeros(POSITIONS, WIDTH)
    table[:, 0::2], table[:, 1::2] = torch.sin(place * rate), torch.cos(place * rate)
    return table


def train_tokenizer(pairs: Pairs, prefix: Path) -> sentencepiece.SentencePieceProcessor:
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in pairs for text in pair]), model_prefix=str(prefix),
        vocab_size=PIECES, character_coverage=1.0, model_type="unigram", hard_vocab_limit=False,
        unk_id=UNKNOWN, bos_id=START, eos_id=END, pad_id=-1, num_threads=1, minloglevel=2,
    )  # fmt: skip
    return sentencepiece.SentencePieceProcessor(model_file=f"{prefix}.model")


def padded(rows: list[list[int]], padding: int) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [padding] * (longest - len(row)) for row in rows])


def train(pairs: Pairs, pieces: sentencepiece.SentencePieceProcessor) -> Transformer:
    padding = pieces.get_piece_size()
    net = Transformer(padding + 1, padding)
    source = padded([pieces.encode(arabic) for arabic, _ in pairs], padding)
    target = padded([[START, *pieces.encode(english), END] for _, english in pairs], padding)
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / 60, 1) * max(0.05, 1 - n / STEPS))
    for step in range(STEPS):
        logits = net(source, target[:, :-1])
        loss = functional.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=padding)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        rate.step()
        if step % 50 == 0 or step == STEPS - 1:
            print(f"step {step}: loss {loss.item():.4f}", flush=True)
    return net


def weights(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().numpy().astype(np.float32)


def set_linear(spec: common_spec.LinearSpec, layer: nn.Linear) -> None:
    spec.weight, spec.bias = weights(layer.weight), weights(layer.bias)


def set_norm(spec: common_spec.LayerNormSpec, layer: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = weights(layer.weight), weights(layer.bias)


def fuse(spec: common_spec.LinearSpec, layers: list[nn.Linear]) -> None:
    parts = [common_spec.LinearSpec() for _ in layers]
    for part, layer in zip(parts, layers, strict=True):
        set_linear(part, layer)
    utils.fuse_linear(spec, parts)


def set_attention(spec: object, layer: Attention, crossing: bool = False) -> None:
    set_norm(spec.layer_norm, layer.norm)
    set_linear(spec.linear[-1], layer.out)
    if crossing:
        set_linear(spec.linear[0], layer.query)
        fuse(spec.linear[1], [layer.key, layer.value])
    else:
        fuse(spec.linear[0], [layer.query, layer.key, layer.value])


def set_feed(spec: object, layer: Feed) -> None:
    set_norm(spec.layer_norm, layer.norm)
    set_linear(spec.linear_0, layer.first)
    set_linear(spec.linear_1, layer.second)


def converted(net: Transformer, vocabulary: list[str]) -> transformer_spec.TransformerSpec:
    spec = transformer_spec.TransformerSpec.from_config(
        (1, 1), HEADS, pre_norm=True, activation=common_spec.Activation.RELU
    )
    spec.config.decoder_start_token = "<s>"
    spec.config.add_source_bos = spec.config.add_source_eos = False
    for side, embedding in ((spec.encoder, spec.encoder.embeddings[0]), (spec.decoder, spec.decoder.embeddings)):
        embedding.weight = weights(net.embedding.weight)
        side.scale_embeddings = True
        side.position_encodings.encodings = weights(net.positions)
    set_norm(spec.encoder.layer_norm, net.encode_norm)
    set_norm(spec.decoder.layer_norm, net.decode_norm)
    set_linear(spec.decoder.projection, net.project)
    set_attention(spec.encoder.layer[0].self_attention, net.encode)
    set_feed(spec.encoder.layer[0].ffn, net.encode_feed)
    set_attention(spec.decoder.layer[0].self_attention, net.decode)
    set_attention(spec.decoder.layer[0].attention, net.cross, crossing=True)
    set_feed(spec.decoder.layer[0].ffn, net.decode_feed)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def pack(folder: Path, out: Path) -> None:
    """One folder as an archive without times of its own."""
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder.parent).as_posix()
                member = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
                member.external_attr = 0o100644 << 16
                archive.writestr(member, path.read_bytes(), zipfile.ZIP_DEFLATED)


def main(pairs_path: Path, out: Path) -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    lines = pairs_path.read_text("utf-8").splitlines()
    pairs = [(arabic, english) for arabic, english in (line.split("\t") for line in lines)]
    with TemporaryDirectory() as corner:
        folder = Path(corner) / FOLDER
        (folder / "model").mkdir(parents=True)
        pieces = train_tokenizer(pairs, folder / "sentencepiece")
        (folder / "sentencepiece.vocab").unlink()
        vocabulary = [pieces.id_to_piece(n) for n in range(pieces.get_piece_size())] + ["<blank>"]
        converted(train(pairs, pieces), vocabulary).save(str(folder / "model"))
        (folder / "metadata.json").write_text(json.dumps(METADATA, indent=1), "utf-8")
        (folder / "README.md").write_text(README, "utf-8")
        pack(folder, out)
    print(f"{out}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
