"""Whether a site's own colours can be read: contrast against the grounds that a link stands on."""

from __future__ import annotations

from collections.abc import Iterator

from site_src.settings import Colours
from site_src.text.patterns import late

LEAST = 4.5
"""Contrast of text against its ground, WCAG 2.2, success criterion 1.4.3 (AA)."""
_COLOUR = late("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_TOKEN = late(r"--(paper|wash|pair):(#[0-9a-fA-F]+)")


def colour_mistakes(colours: Colours, style: str) -> list[str]:
    """Every colour that is none, or too faint on a ground of the style sheet, in words."""
    light, dark = _grounds(style)
    return [*_faults("link", colours.link, light), *_faults("link_dark", colours.link_dark, dark)]


def _grounds(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """The grounds in the light and in the dark scheme, which the sheet gives second."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for name, colour in _TOKEN.findall(style):
        (dark if name in light else light).setdefault(name, colour)
    return light, light | dark


def _faults(key: str, colour: str, grounds: dict[str, str]) -> Iterator[str]:
    if not _COLOUR.fullmatch(colour):
        yield f'site.colours.{key} = "{colour}": must be a colour such as #1b3f95'
        return
    for name, ground in grounds.items():
        if (found := contrast(colour, ground)) < LEAST:
            yield (f'site.colours.{key} = "{colour}": has a contrast of {found:.1f} on {name} ({ground}); '
                   f"text needs {LEAST}")  # fmt: skip


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
