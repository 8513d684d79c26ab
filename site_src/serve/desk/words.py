"""The words of the desk and its markup for a page: labels and template are the designer's, like those of the site."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from site_src.errors import MujazError
from site_src.model.edition import Finding
from site_src.model.names import NameKind
from site_src.render.environment import Typesetter
from site_src.render.labels import Labels, Language, load_labels

FALLBACK = "en"
"""Language of the desk on pages whose label file has no table `[desk]`."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the desk says on pages of one edition."""

    language: Language
    """Of the desk's own words."""
    spoken: Mapping[str, str]
    labels: Labels
    typesetter: Typesetter

    def __getitem__(self, key: str) -> str:
        """A word of the desk; raises `MujazError` where its file lacks it."""
        if key not in self.spoken:
            raise MujazError(f"labels/{self.language.code}.toml: the label {key!r} is missing; add it under [desk].")
        return self.spoken[key]

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
        """A template of the desk with these values, and these words as `T`."""
        return self.typesetter.fill(f"desk/{template}", {"T": self, **values}, "the review desk")


def read_words(templates: tuple[Path, ...], code: str) -> Words:
    """The words for pages in `code`; raises `MujazError` for label files that cannot be used."""
    spoken = code if _desk_words(templates, code) else FALLBACK
    labels = load_labels(templates, [spoken])[spoken]
    return Words(labels.language, _desk_words(templates, spoken), labels, Typesetter(templates))


def _desk_words(templates: tuple[Path, ...], code: str) -> dict[str, str]:
    files = [path for folder in reversed(templates) if (path := folder / "labels" / f"{code}.toml").is_file()]
    found: dict[str, str] = {}
    for path in files:
        try:
            found |= tomllib.loads(path.read_text("utf-8-sig")).get("desk", {})
        except ValueError as error:
            raise MujazError(f"labels/{path.name}: {error}; mend it, and the desk speaks again.") from error
    return found


def markup(words: Words, page: str, slug: str, token: str) -> bytes:
    """The desk's markup for a page of the edition `page`; `slug` names the story that it tells, if it tells one."""
    kinds = [(kind, words[f"kind_{kind}"]) for kind in get_args(NameKind)]
    filled = words.fill("desk.html", lang=words.language, page=page, slug=slug, token=token, kinds=kinds)
    return filled.encode()
