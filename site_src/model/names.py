"""Names: what we may call somebody or something in each language."""

from typing import Literal

from msgspec import Struct

NameKind = Literal["person", "place", "organisation", "agreement"]


class Name(Struct, frozen=True, gc=False, array_like=True):
    """One entry of `names.toml` (or CLDR): what we may call somebody or something in each language."""

    id: str
    kind: NameKind
    en: str
    ar: str
    en_short: str = ""
    ar_variants: tuple[str, ...] = ()
    en_variants: tuple[str, ...] = ()
    ar_short: tuple[str, ...] = ()
    """Forms that count only in an article that also has a full one ("5+1")."""
    ar_adjectives: tuple[str, ...] = ()
    """Adjectives that point to it, masculine singular without article ("مجري"), or a plural noun ("روس")."""
    en_adjectives: tuple[str, ...] = ()
    country: str = ""
    note: str = ""
    """A remark for the desk, which no page shows."""
    seen: str = ""
    """Where the forms were read: "cldr", "sample page" or the public page consulted."""
