"""The font that a site ships, from an installed package: cut to the letters of Arabic, beside its licence."""

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
    """One font file, cut to the letters of Arabic."""

    name: str
    """Of the file, without its ending."""
    weights: str
    """The value of `font-weight` in CSS."""
    characters: str
    """The value of `unicode-range` in CSS."""
    content: bytes
    """WOFF2."""


def font_files(press: Press) -> tuple[Page, ...]:
    """The files of the font in `site.font`, its licence and `assets/font.css`; () where the site ships no font.

    Raises `SettingsError` where the package with the font, or what cuts it, is not installed.
    """
    if not (name := press.settings.site.font):
        return ()
    from importlib.metadata import PackageNotFoundError, distribution

    font = table("fonts")["font"][name]
    try:
        package = distribution(font["package"])
        cuts = tuple(_cut(name, weights, _path_of(package, file)) for weights, file in font["files"].items())
    except (PackageNotFoundError, ImportError) as error:
        raise SettingsError("site.toml", [_not_installed(name, font["package"], error)]) from error
    return (
        press.text_page("assets/font.css", "font.css", {"family": font["family"], "cuts": cuts}),
        *(Page(f"{FOLDER}/{cut.name}.woff2", cut.content) for cut in cuts),
        Page(f"{FOLDER}/{name}.{font['licence']}.txt", _read_licence(package)),
    )


def _not_installed(name: str, package: str, error: Exception) -> str:
    return (f'site.font = "{name}": what makes it is not installed ({error}); run '
            f"{installing('fonttools', 'brotli', package)}, or leave the line out: readers then see "
            "a face of their own system")  # fmt: skip


def _path_of(package: Distribution, file: str) -> Path:
    return Path(str(package.locate_file(file)))


def _read_licence(package: Distribution) -> bytes:
    """The licence as the package carries it."""
    [file] = [file for file in package.files or () if file.parent.name == "licenses" and file.stem == "LICENSE"]
    return _path_of(package, str(file)).read_bytes()


@cache
def _cut(name: str, weights: str, file: Path) -> Cut:
    """The letters of `tables/fonts.toml` out of a font file, with everything that joins and places them."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(file, recalcTimestamp=False)  # the same input gives the same bytes
    letters = {code for first, last in table("fonts")["letters"] for code in range(first, last + 1)}
    codes = sorted(letters & font.getBestCmap().keys())
    subsetter = Subsetter(Options(layout_features=["*"], hinting=False, name_IDs=["*"], notdef_outline=True))
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.flavor = "woff2"
    content = BytesIO()
    font.save(content)
    return Cut(f"{name}-{weights.replace(' ', '-')}", weights, _unicode_range(codes), content.getvalue())


def _unicode_range(codes: list[int]) -> str:
    """Sorted code points as the value of `unicode-range`: U+621-63A,U+640-655."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in runs)
