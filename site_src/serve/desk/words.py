"""The words of the desk and its markup for a page. Labels and templates belong to the designer, as the site's do."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from site_src.errors import MujazError
from site_src.model.edition import Finding
from site_src.model.names import NameKind
from site_src.render.labels import Labels, Language, load_labels
from site_src.render.typesetting import Typesetter
from site_src.text.languages import direction_of

FALLBACK = "en"
"""The language of the desk on pages whose label file has no table `[desk]`."""


class Words(Struct, frozen=True):
    """The words of the desk on pages of one edition."""

    labels: Labels
    typesetter: Typesetter

    @property
    def language(self) -> Language:
        """The language of the desk's own words."""
        return self.labels.language

    def __getitem__(self, key: str) -> str:
        """The label under that key; raises `MujazError` where the label file lacks it."""
        if key not in self.labels.desk:
            raise MujazError(f"labels/{self.language.code}.toml: the label {key!r} is missing; add it under [desk].")
        return self.labels.desk[key]

    def __getattr__(self, key: str) -> str:
        """The label under that key, as templates write it: `T.key`."""
        if key.startswith("__"):
            raise AttributeError(key)
        return self[key]

    def check(self, name: str) -> str:
        """The label of a check."""
        return str(self.labels.either("check_" + name.replace("-", "_"), "check_other").unescape())

    def counts(self, finding: Finding) -> str:
        """The numbers of words that a finding compares, to follow the label of its check; "" where it counts none."""
        if finding.counts is None:
            return ""
        source, target = finding.counts
        return ": " + str(self.labels.word_counts.format(source=source, target=target))

    def fill(self, template: str, **values: Any) -> str:
        """A template of the desk filled with these values, with `T` for these words and `lang` for their language."""
        common = {"T": self, "lang": self.language, "dir_of": direction_of}
        return self.typesetter.fill(f"desk/{template}", common | values, "the review desk")


def read_words(templates: tuple[Path, ...], code: str) -> Words:
    """The words for pages in `code`; raises `MujazError` for label files that cannot be used."""
    has_labels = any((folder / "labels" / f"{code}.toml").is_file() for folder in templates)
    labels = load_labels(templates, [code])[code] if has_labels else None
    if not (labels and labels.desk):
        labels = load_labels(templates, [FALLBACK])[FALLBACK]
    return Words(labels, Typesetter(templates))


def markup(words: Words, page: str, slug: str, token: str, assets_digest: str) -> bytes:
    """The desk's markup for a page of the edition `page`; `slug` is the address of its story, "" where it has none.

    An open page is replaced in place only by one with the same `assets_digest`; any other needs its own style sheets
    and scripts, so the browser loads it afresh.
    """
    kinds = [(kind, words[f"kind_{kind}"]) for kind in get_args(NameKind)]
    return words.fill("desk.html", page=page, slug=slug, token=token, assets_digest=assets_digest, kinds=kinds).encode()
