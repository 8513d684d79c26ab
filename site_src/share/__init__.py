"""Pictures for shared links: from the words of a card to a PNG, set by Typst from a template of the designer's."""

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
"""Where Typst has found a mistake, as it draws that."""
_CODE = Path(__file__).read_bytes()
_NOTHING = ShareCard("en", "ltr", (), "", CardLine("", "en", "ltr"), "", "", "")


Typeset = Callable[[bytes], bytes]
"""Makes the picture, in true colours, of a card that is written as JSON."""


class Artist(Struct, frozen=True):
    """Draws cards: the same card gives the same bytes, whatever else was drawn."""

    mark: bytes
    """A hash of everything but the card that a picture depends on."""
    blank: bytes
    """The picture of a card that says nothing."""
    typeset: Typeset

    def draw(self, card: ShareCard) -> bytes:
        """The card as a PNG. Raises `MujazError` with what the template, or what draws, has against it."""
        return _drawn(self.typeset, card)

    def sign(self, card: ShareCard) -> bytes:
        """The site's name alone, in place of a card that cannot be drawn."""
        try:
            return self.draw(replace(_NOTHING, lang=card.lang, direction=card.direction, site=card.site))
        except MujazError:
            return self.blank


def open_artist(folders: tuple[Path, ...]) -> Artist:
    """What draws with the template of the first of the folders that has one.

    Raises `MujazError` where a package is missing, or the template cannot be used.
    """
    from importlib.metadata import PackageNotFoundError, version

    template = next(path for folder in folders if (path := folder / TEMPLATE).is_file())
    packages: list[str] = table("share")["packages"]
    try:
        made_by = [*((name, version(name)) for name in packages), table("share"), *_readable(template.parent), _CODE]
        typeset = _typesetter(template)
        blank = _drawn(typeset, _NOTHING)
    except (ImportError, PackageNotFoundError) as error:
        raise MujazError(
            f"what draws them is not installed ({error}); run {installing(*packages)}, or set share_images = false"
        ) from error
    return Artist(blake2b(repr(made_by).encode(), digest_size=16).digest(), blank, typeset)


def _readable(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each file that a template in the folder may show or import, by its path: Typst reads none outside."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _typesetter(template: Path) -> Typeset:
    from importlib.metadata import distribution

    import typst

    face = table("fonts")["font"][table("share")["face"]]
    file = next(iter(face["files"].values()))
    folder = Path(str(distribution(face["package"]).locate_file(file))).parent
    # No face of the machine: the same card is the same picture everywhere.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    width, height = table("share")["size"]
    size = {"width": str(width), "height": str(height)}

    def typeset(card: bytes) -> bytes:
        words = size | {"card": card.decode()}
        made = typst.compile(template, format="png", ppi=72.0, font_paths=fonts, sys_inputs=words)
        if not isinstance(made, bytes):
            raise ValueError("a picture is one page; this one has more")
        return made

    return typeset


def _drawn(typeset: Typeset, card: ShareCard) -> bytes:
    try:
        return _small(typeset(json.encode(card)))
    except (RuntimeError, ValueError, OSError) as error:
        line = _LINE.search(getattr(error, "diagnostic", ""))
        raise MujazError(f"{TEMPLATE}{f', line {line[1]}' if line else ''}: {error}") from error


def _small(picture: bytes) -> bytes:
    """The picture with a palette: a quarter of the size in the same pixels, but for shades that no eye tells apart."""
    from PIL import Image

    made = BytesIO()
    with Image.open(BytesIO(picture)) as full:
        palette = full.convert("RGB").quantize(table("share")["colours"], Image.Quantize.FASTOCTREE)
        palette.save(made, "PNG")
    return made.getvalue()


__all__ = ["TEMPLATE", "Artist", "open_artist"]
