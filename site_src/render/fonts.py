"""The face that a site ships: cut to the letters of Arabic, beside its licence, from an installed package."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from site_src.errors import SettingsError, installing
from site_src.model.output import Page
from site_src.render.press import Press
from site_src.tables import table

if TYPE_CHECKING:
    from importlib.metadata import Distribution

FOLDER = "assets/fonts"


class Cut(Struct, frozen=True):
    """One file of a face: a name for it, the CSS weights and characters that it holds, and its bytes (WOFF2)."""

    name: str
    weights: str
    characters: str
    content: bytes


def font_files(press: Press) -> tuple[Page, ...]:
    """The face of `site.font`, its licence and `assets/font.css`; nothing where the site ships none.

    Raises `SettingsError` where the package with the face, or what cuts it, is not installed.
    """
    if not (chosen := press.settings.site.font):
        return ()
    from importlib.metadata import PackageNotFoundError, distribution

    face = table("fonts")["font"][chosen]
    try:
        package = distribution(face["package"])
        cuts = tuple(_cut(chosen, weights, _located(package, file)) for weights, file in face["files"].items())
    except (PackageNotFoundError, ImportError) as error:
        raise SettingsError("site.toml", [_missing(chosen, face["package"], error)]) from error
    return (
        press.text_page("assets/font.css", "font.css", {"family": face["family"], "cuts": cuts}),
        *(Page(f"{FOLDER}/{cut.name}.woff2", cut.content) for cut in cuts),
        Page(f"{FOLDER}/{chosen}.{face['licence']}.txt", _licence(package)),
    )


def _missing(chosen: str, package: str, error: Exception) -> str:
    return (f'site.font = "{chosen}": what makes it is not installed ({error}); run '
            f"{installing('fonttools', 'brotli', package)}, or leave the line out: readers then see "
            "a face of their own system")  # fmt: skip


def _located(package: Distribution, file: str) -> Path:
    return Path(str(package.locate_file(file)))


def _licence(package: Distribution) -> bytes:
    """The licence as the package carries it."""
    [file] = [file for file in package.files or () if file.parent.name == "licenses" and file.stem == "LICENSE"]
    return _located(package, str(file)).read_bytes()


@cache
def _cut(chosen: str, weights: str, file: Path) -> Cut:
    """The letters of the table out of a font file, with everything that joins and places them."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(file, recalcTimestamp=False)  # the same input gives the same bytes
    wanted = {code for first, last in table("fonts")["letters"] for code in range(first, last + 1)}
    there = sorted(wanted & font.getBestCmap().keys())
    cutter = Subsetter(Options(layout_features=["*"], hinting=False, name_IDs=["*"], notdef_outline=True))
    cutter.populate(unicodes=there)
    cutter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return Cut(f"{chosen}-{weights.replace(' ', '-')}", weights, _ranges(there), written.getvalue())


def _ranges(codes: list[int]) -> str:
    """Sorted code points as the value of `unicode-range`: U+621-63A,U+640-655."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in runs)
