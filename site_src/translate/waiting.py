"""What a build tells a person of sentences that are without a translation, and of translations without a story."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.errors import command
from site_src.tables import table

_FILES = "content/translations"
_MOST = 5
"""Files that a note names."""


def unreadable_note(count: int) -> str:
    """The note about `count` sentences whose PO file could not be read; "" for none.

    They need not be translated: their translations may be in that file.
    """
    if not count:
        return ""
    wait, possessive = ("1 sentence waits", "its") if count == 1 else (f"{count} sentences wait", "their")
    return f"{wait} because {possessive} PO file could not be read (named above): mend that file, then build again."


def absent_note(files: Sequence[str]) -> str:
    """The note about files of stories that the site no longer has; "" for none."""
    if not files:
        return ""
    more = f" and {len(files) - _MOST} more" if len(files) > _MOST else ""
    return (
        f"Translations of stories that the site no longer has stay in {_FILES}: {', '.join(files[:_MOST])}{more}. They "
        "count again where an article returns, or another has the same sentences; if neither is wanted, remove them."
    )


def waiting_note(
    count: int,
    ready: bool,
    source_lang: str,
    target_lang: str,
    refused: int = 0,
    engines: Sequence[str] = ("argos",),
    off_site: int = 0,
) -> str:
    """The note about `count` pending sentences; "" for none.

    `ready` tells whether one of the site's `engines` is set up. `refused` of the sentences it could not translate, so
    that a person must; without engines a person must translate all. `off_site` are in stories that are on no page.
    """
    if not count:
        return ""
    off_site_note = f" ({off_site} of them in stories off the site)" if off_site else ""
    wait = f"1 sentence waits{off_site_note}." if count == 1 else f"{count} sentences wait{off_site_note}."
    them = "it" if count == 1 else "them"
    if count == refused:
        return f"{wait} The engine could not translate {them}: write {them} by hand in {_FILES}."
    if ready:
        return f"{wait} Translate {them}: {command('translate')}, then build again."
    if not engines:
        return f"{wait} This site has no engine (translation.engines in site.toml): write {them} by hand in {_FILES}."
    if "argos" not in engines:
        return f"{wait} Set up {' or '.join(engines)}, which site.toml names as engine, then build again."
    size = table("models")["megabytes"].get(f"{source_lang}-{target_lang}")
    size_note = f" (about {size} MB, once)" if size else ""
    languages = (("--from", source_lang, "ar"), ("--to", target_lang, "en"))
    pair = "".join(f" {option} {lang}" for option, lang, default in languages if lang != default)
    return f"{wait} Translate {them} here{size_note}: {command(f'models install{pair}')}, then build again."
