"""MHTML (`.mht`, `.mhtml`) and saved mail (`.eml`): the HTML part inside, in the charset of its MIME header.

Subject, sender and date of a mail say nothing of an article inside it, so that no field is read from them.
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
    """The blocks of the first HTML part of a page, or of its plain text where it has no HTML.

    Where that part is only a frame around others, the part with the most text is read. A mail that carries another
    message was sent for the sake of that message: the first such message is read instead.
    """
    message = _message(page)
    carried = [part for part in message.walk() if part.get_content_type() == "message/rfc822"]
    parts = [part for part in (carried or [message])[0].walk() if not part.is_multipart()]
    parts.sort(key=lambda part: not _is_root(part, message))
    candidates = [part for kind in _KINDS for part in parts if part.get_content_type() == kind]
    readings = ((part, blocks) for part in candidates if (blocks := _blocks(page, part)) is not None)
    first = next(readings, None)
    if first is None:
        todo = "save the page again as HTML only, or paste its text"
        problem = Problem(page.file, "mhtml-without-page", "holds no part that is a readable page", todo)
        return Blocks((), problems=(problem,))
    part, blocks = first
    if not blocks.blocks:
        part, blocks = max(readings, key=lambda reading: _letters(reading[1]), default=first)
    return replace(blocks, meta=(*blocks.meta, *_meta(message, part)),
                   problems=(*blocks.problems, *_unread_messages(page, len(carried))))  # fmt: skip


def _blocks(page: RawPage, part: Message) -> Blocks | None:
    """The blocks of a part; None where its bytes are no text."""
    decoded = decode(_payload(part), str(part.get_param("charset") or ""))
    if decoded is None:
        return None
    inner = replace(page, text=decoded.text, encoding=decoded.encoding, header="", problems=())
    return pasted.read(inner) if part.get_content_type() == "text/plain" else html.read(inner)


def _is_root(part: Message, message: Message) -> bool:
    """Whether the file says that this part is the page itself, not a frame of it."""
    stated = message.get("Snapshot-Content-Location"), message.get_param("start")
    own = part.get("Content-Location"), part.get("Content-ID")
    return any(root and root == name for root, name in zip(stated, own, strict=True))


def _letters(blocks: Blocks) -> int:
    """The number of characters in the blocks."""
    return sum(len(block.text) for block in blocks.blocks)


def is_mail(page: RawPage) -> bool:
    """Whether the file was sent, not saved by a browser."""
    return not _is_saved_page(_message(page))


def _message(page: RawPage) -> Message:
    return message_from_bytes(page.text.encode("latin-1", "replace"), policy=policy.compat32)


def _is_saved_page(message: Message) -> bool:
    """Whether a browser wrote the file: it states the page address or its own name; or a page without mail headers."""
    names_browser = message.get("Snapshot-Content-Location") or "saved by" in str(message.get("From", "")).lower()
    tables = table("mail")
    is_page = message.get_content_type() in tables["pages"]
    return bool(names_browser) or (is_page and not any(message.get(name) for name in tables["headers"]))


def _unread_messages(page: RawPage, carried: int) -> tuple[Problem, ...]:
    """A warning about the messages beyond the first that a mail carries."""
    if carried < 2:
        return ()
    what = f"is a mail with {carried} messages attached, of which only the first was read"
    return (Problem(page.file, "mail-messages", what, "save each of them as a file of its own", severity="warning"),)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _meta(message: Message, part: Message) -> tuple[Meta, ...]:
    """What the browser noted when it saved the page: its address and the time; nothing of a mail."""
    if not _is_saved_page(message):
        return ()
    notes = [
        Meta("url", str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""), "mhtml"),
        Meta("saved", str(message.get("Date") or ""), "mhtml"),
    ]
    return tuple(meta for meta in notes if meta.value and not meta.value.startswith("cid:"))
