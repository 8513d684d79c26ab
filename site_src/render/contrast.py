"""Whether a site's own colours can be read: their contrast with the backgrounds on which links stand."""

from __future__ import annotations

from collections.abc import Iterator

from site_src.settings import Colours
from site_src.text.patterns import late

LEAST_CONTRAST = 4.5
"""Contrast of text with its background that WCAG 2.2 requires, success criterion 1.4.3 (AA)."""
_COLOUR = late("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_BACKGROUND = late(r"--(paper|wash|pair):(#[0-9a-fA-F]+)")


def colour_mistakes(colours: Colours, style: str) -> list[str]:
    """What is wrong with the colours, in words: no colour, or hard to read on a background of `style`."""
    light, dark = _backgrounds(style)
    return [*_mistakes("link", colours.link, light), *_mistakes("link_dark", colours.link_dark, dark)]


def _backgrounds(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """The backgrounds of the light and of the dark scheme, by name; the dark one comes second in the style sheet."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for name, colour in _BACKGROUND.findall(style):
        (dark if name in light else light).setdefault(name, colour)
    return light, light | dark


def _mistakes(key: str, colour: str, backgrounds: dict[str, str]) -> Iterator[str]:
    if not _COLOUR.fullmatch(colour):
        yield f'site.colours.{key} = "{colour}": must be a colour such as #1b3f95'
        return
    for name, background in backgrounds.items():
        if (ratio := contrast(colour, background)) < LEAST_CONTRAST:
            yield (f'site.colours.{key} = "{colour}": has a contrast of {ratio:.1f} on {name} ({background}); '
                   f"text needs {LEAST_CONTRAST}")  # fmt: skip


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours ("#1b3f95" or "#abc"), 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
