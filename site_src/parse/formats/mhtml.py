"""MHTML (`.mht`, `.mhtml`) and saved mail (`.eml`): the HTML part inside, in the charset of its MIME header.

Subject, sender and date of a mail tell of the mail, not of an article in it: no field is read from them.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

from msgspec.structs import replace

from site_src.model.page import RawPage
from site_src.model.report import Problem
from site_src.parse.blocks import Blocks, Meta
from site_src.parse.formats import html, pasted
from site_src.tables import table
from site_src.text.decode import decode

_KINDS = ("text/html", "application/xhtml+xml", "text/plain")


def read(page: RawPage) -> Blocks:
    """The blocks of the first HTML part of a page (or of its plain text, where it has no HTML).

    Where that part only frames the others, those of the one with the most text.

    A mail that carries another message was sent for its sake: the first such message is read in its place.
    """
    message = _message(page)
    carried = [part for part in message.walk() if part.get_content_type() == "message/rfc822"]
    parts = [part for part in (carried or [message])[0].walk() if not part.is_multipart()]
    parts.sort(key=lambda part: not _is_root(part, message))
    chosen = [part for kind in _KINDS for part in parts if part.get_content_type() == kind]
    readings = ((part, blocks) for part in chosen if (blocks := _blocks(page, part)) is not None)
    first = next(readings, None)
    if first is None:
        todo = "save the page again as HTML only, or paste its text"
        problem = Problem(page.file, "mhtml-without-page", "holds no part that is a readable page", todo)
        return Blocks((), problems=(problem,))
    part, blocks = first if first[1].blocks else max(readings, key=lambda one: _letters(one[1]), default=first)
    return replace(blocks, meta=(*blocks.meta, *_meta(message, part)),
                   problems=(*blocks.problems, *_unread(page, len(carried))))  # fmt: skip


def _blocks(page: RawPage, part: Message) -> Blocks | None:
    """The blocks of a part; None where its bytes are no text."""
    decoded = decode(_payload(part), str(part.get_param("charset") or ""))
    if decoded is None:
        return None
    inner = replace(page, text=decoded.text, encoding=decoded.encoding, header="", problems=())
    return pasted.read(inner) if part.get_content_type() == "text/plain" else html.read(inner)


def _is_root(part: Message, message: Message) -> bool:
    """Whether the file says that this part is the page, of which others are frames."""
    said = ((message.get("Snapshot-Content-Location"), part.get("Content-Location")),
            (message.get_param("start"), part.get("Content-ID")))  # fmt: skip
    return any(root and root == own for root, own in said)


def _letters(blocks: Blocks) -> int:
    return sum(len(block.text) for block in blocks.blocks)


def is_mail(page: RawPage) -> bool:
    """Whether the file was sent, not saved by a browser."""
    return not _saved(_message(page))


def _message(page: RawPage) -> Message:
    return message_from_bytes(page.text.encode("latin-1", "replace"), policy=policy.compat32)


def _saved(message: Message) -> bool:
    """Whether a browser wrote it: it states the page's address or itself, and there is no addressee."""
    stated = message.get("Snapshot-Content-Location") or "saved by" in str(message.get("From", "")).lower()
    known = table("mail")
    page = message.get_content_type() in known["pages"]
    return bool(stated) or (page and not any(message.get(name) for name in known["headers"]))


def _unread(page: RawPage, carried: int) -> tuple[Problem, ...]:
    """A word on messages beyond the first that a mail carries."""
    if carried < 2:
        return ()
    what = f"is a mail with {carried} messages attached, of which only the first was read"
    return (Problem(page.file, "mail-messages", what, "save each of them as a file of its own", severity="warning"),)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _meta(message: Message, part: Message) -> tuple[Meta, ...]:
    """What the browser noted when it saved the page: its address and the time; nothing of a mail."""
    if not _saved(message):
        return ()
    stated = [
        Meta("url", str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""), "mhtml"),
        Meta("saved", str(message.get("Date") or ""), "mhtml"),
    ]
    return tuple(meta for meta in stated if meta.value and not meta.value.startswith("cid:"))
