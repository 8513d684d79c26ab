"""What a build that leaves sentences without a translation tells the person to do."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.errors import command
from site_src.tables import table

_FILES = "content/translations"


def unreadable_note(count: int) -> str:
    """What a build says of `count` sentences whose file of translations could not be read; "" for none.

    Nobody need translate them: their words may stand in that file.
    """
    if not count:
        return ""
    wait, them = ("1 sentence waits", "its") if count == 1 else (f"{count} sentences wait", "their")
    return f"{wait} because {them} PO file could not be read (named above): mend that file, then build again."


def waiting_note(
    count: int,
    ready: bool,
    source_lang: str,
    target_lang: str,
    refused: int = 0,
    engines: Sequence[str] = ("argos",),
    off_site: int = 0,
) -> str:
    """What a build that leaves `count` sentences pending tells the person to do; "" for none.

    `ready`: one of the site's `engines` is set up; `refused` of the sentences it could not translate: those are a
    person's work, as all are where the site wants no engine; `off_site` are in stories that no page tells.
    """
    if not count:
        return ""
    apart = f" ({off_site} of them in stories off the site)" if off_site else ""
    wait = f"1 sentence waits{apart}." if count == 1 else f"{count} sentences wait{apart}."
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
    about = f" (about {size} MB, once)" if size else ""
    stated = (("--from", source_lang, "ar"), ("--to", target_lang, "en"))
    pair = "".join(f" {option} {lang}" for option, lang, default in stated if lang != default)
    return f"{wait} Translate {them} here{about}: {command(f'models install{pair}')}, then build again."
