"""MHTML (`.mht`, `.mhtml`) and saved mail: the HTML part inside, in the charset of its MIME header."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message

from site_src.model import Problem, RawPage
from site_src.parse import html, pasted
from site_src.parse.blocks import Blocks, Meta
from site_src.text.decode import decode


def read(page: RawPage) -> Blocks:
    """The blocks of the first HTML part of a page (or of its plain text, where it has no HTML)."""
    message = message_from_bytes(page.text.encode("latin-1", "replace"), policy=policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    chosen = _first(parts, "text/html") or _first(parts, "application/xhtml+xml") or _first(parts, "text/plain")
    decoded = decode(_payload(chosen), str(chosen.get_param("charset") or "")) if chosen else None
    if chosen is None or decoded is None:
        todo = "save the page again as HTML only, or paste its text"
        problem = Problem(page.file, "mhtml-without-page", "holds no part that is a readable page", todo)
        return Blocks((), problems=(problem,))
    inner = replace(page, text=decoded.text, encoding=decoded.encoding, header="", problems=())
    blocks = pasted.read(inner) if chosen.get_content_type() == "text/plain" else html.read(inner)
    return replace(blocks, meta=(*blocks.meta, *_meta(message, chosen)))


def _first(parts: list[Message], kind: str) -> Message | None:
    return next((part for part in parts if part.get_content_type() == kind), None)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _meta(message: Message, part: Message) -> tuple[Meta, ...]:
    """What the browser noted when it saved the page: its address and the time."""
    stated = [
        Meta("url", str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""), "mhtml"),
        Meta("saved", str(message.get("Date") or ""), "mhtml"),
    ]
    return tuple(meta for meta in stated if meta.value and not meta.value.startswith("cid:"))
