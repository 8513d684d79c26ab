"""Pictures for shared links: a PNG of the words of a card, set by Typst from a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

from msgspec import Struct, json
from msgspec.structs import replace

from site_src.errors import MujazError, installing
from site_src.model.output import CardLine, ShareCard
from site_src.tables import table
from site_src.text.patterns import late

TEMPLATE = "share.typ"
_LINE = late(rf"{re.escape(TEMPLATE)}:(\d+):")
"""The line of a mistake in the diagnostics of Typst."""
_CODE = Path(__file__).read_bytes()
_EMPTY_CARD = ShareCard("en", "ltr", (), "", CardLine("", "en", "ltr"), "", "", "")

Typeset = Callable[[bytes], bytes]
"""Takes a card as JSON and returns its picture as a PNG in true colour."""


class Artist(Struct, frozen=True):
    """Draws cards; the same card always gives the same bytes."""

    mark: bytes
    """A hash of everything that a picture depends on, except the card."""
    blank: bytes
    """The picture of an empty card."""
    typeset: Typeset

    def draw(self, card: ShareCard) -> bytes:
        """The card as a PNG. Raises `MujazError` with the error of the template or of Typst."""
        return _draw(self.typeset, card)

    def sign(self, card: ShareCard) -> bytes:
        """A picture of the site's name alone, in place of a card that cannot be drawn."""
        try:
            return self.draw(replace(_EMPTY_CARD, lang=card.lang, direction=card.direction, site=card.site))
        except MujazError:
            return self.blank


def open_artist(folders: tuple[Path, ...]) -> Artist:
    """An artist for the template in the first of the folders that has one.

    Raises `MujazError` where a package is missing, or the template cannot be used.
    """
    from importlib.metadata import PackageNotFoundError, version

    template = next(path for folder in folders if (path := folder / TEMPLATE).is_file())
    packages: list[str] = table("share")["packages"]
    try:
        versions = [(name, version(name)) for name in packages]
        inputs = [*versions, table("share"), *_template_files(template.parent), _CODE]
        typeset = _make_typeset(template)
        blank = _draw(typeset, _EMPTY_CARD)
    except (ImportError, PackageNotFoundError) as error:
        raise MujazError(
            f"what draws them is not installed ({error}); run {installing(*packages)}, or set share_images = false"
        ) from error
    return Artist(blake2b(repr(inputs).encode(), digest_size=16).digest(), blank, typeset)


def _template_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(path, content) of each file that a template in the folder may show or import; Typst reads none outside it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _make_typeset(template: Path) -> Typeset:
    from importlib.metadata import distribution

    import typst

    font = table("fonts")["font"][table("share")["face"]]
    file = next(iter(font["files"].values()))
    folder = Path(str(distribution(font["package"]).locate_file(file))).parent
    # No font of the machine is used: the same card is the same picture everywhere.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    width, height = table("share")["size"]
    size = {"width": str(width), "height": str(height)}

    def typeset(card: bytes) -> bytes:
        inputs = size | {"card": card.decode()}
        picture = typst.compile(template, format="png", ppi=72.0, font_paths=fonts, sys_inputs=inputs)
        if not isinstance(picture, bytes):
            raise ValueError("a picture is one page; this one has more")
        return picture

    return typeset


def _draw(typeset: Typeset, card: ShareCard) -> bytes:
    try:
        return _with_palette(typeset(json.encode(card)))
    except (RuntimeError, ValueError, OSError) as error:
        line = _LINE.search(getattr(error, "diagnostic", ""))
        raise MujazError(f"{TEMPLATE}{f', line {line[1]}' if line else ''}: {error}") from error


def _with_palette(picture: bytes) -> bytes:
    """The PNG with a palette: a quarter of the size; only shades that no eye tells apart are merged."""
    from PIL import Image

    output = BytesIO()
    with Image.open(BytesIO(picture)) as true_colour:
        palette = true_colour.convert("RGB").quantize(table("share")["colours"], Image.Quantize.FASTOCTREE)
        palette.save(output, "PNG")
    return output.getvalue()


__all__ = ["TEMPLATE", "Artist", "open_artist"]
