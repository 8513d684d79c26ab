"""The words of the desk and its markup for a page: labels and template are the designer's, like those of the site."""

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
"""Language of the desk on pages whose label file has no table `[desk]`."""


class Words(Struct, frozen=True):
    """What the desk says on pages of one edition."""

    labels: Labels
    typesetter: Typesetter

    @property
    def language(self) -> Language:
        """Of the desk's own words."""
        return self.labels.language

    def __getitem__(self, key: str) -> str:
        """A word of the desk; raises `MujazError` where its file lacks it."""
        if key not in self.labels.desk:
            raise MujazError(f"labels/{self.language.code}.toml: the label {key!r} is missing; add it under [desk].")
        return self.labels.desk[key]

    def __getattr__(self, key: str) -> str:
        """The same, as templates write it."""
        if key.startswith("__"):
            raise AttributeError(key)
        return self[key]

    def check(self, name: str) -> str:
        """What a check is called."""
        return str(self.labels.either("check_" + name.replace("-", "_"), "check_other").unescape())

    def counts(self, found: Finding) -> str:
        """How many words a finding counts, after what its check is called; "" where it counts none."""
        if found.counts is None:
            return ""
        source, target = found.counts
        return ": " + str(self.labels.word_counts.format(source=source, target=target))

    def fill(self, template: str, **values: Any) -> str:
        """A template of the desk with these values; `T` are these words, `lang` is their language."""
        common = {"T": self, "lang": self.language, "dir_of": direction_of}
        return self.typesetter.fill(f"desk/{template}", common | values, "the review desk")


def read_words(templates: tuple[Path, ...], code: str) -> Words:
    """The words for pages in `code`; raises `MujazError` for label files that cannot be used."""
    there = any((folder / "labels" / f"{code}.toml").is_file() for folder in templates)
    labels = load_labels(templates, [code])[code] if there else None
    if not (labels and labels.desk):
        labels = load_labels(templates, [FALLBACK])[FALLBACK]
    return Words(labels, Typesetter(templates))


def markup(words: Words, page: str, slug: str, token: str, looks: str) -> bytes:
    """The desk's markup for a page of the edition `page`; `slug` names the story that it tells, if it tells one.

    A page of other `looks` is not put in the place of one that is open: its style sheet and scripts may be others.
    """
    kinds = [(kind, words[f"kind_{kind}"]) for kind in get_args(NameKind)]
    return words.fill("desk.html", page=page, slug=slug, token=token, looks=looks, kinds=kinds).encode()
