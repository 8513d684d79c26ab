"""The mail hand-out: one draft (`.eml`) with a mail-safe HTML part and a plain-text part that say the same."""

from __future__ import annotations

from email import policy
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from hashlib import sha256
from html import unescape

from markupsafe import Markup

from site_src.render.handout.content import Handout
from site_src.render.handout.story_lines import story_lines
from site_src.render.lines import MARK, Line, as_line
from site_src.render.runs import tidy

_POLICY = policy.compat32.clone(linesep="\r\n")


def write(handout: Handout) -> bytes:
    """The draft: no sender, no recipient, no date; the same hand-out gives the same bytes."""
    plain, html = (_body(handout, template) for template in ("handout.mail.txt", "handout.mail.html"))
    boundary = f"part-{sha256((plain + html).encode()).hexdigest()[:32]}"
    message = MIMEMultipart("alternative", boundary)
    # Always encoded (RFC 2047), so that words which look encoded are never taken for it.
    message["Subject"] = Header(subject(handout), "utf-8", header_name="Subject").encode()
    message["X-Unsent"] = "1"  # mail programs that know this header open the file as a draft
    for body, subtype in ((unescape(plain), "plain"), (html, "html")):
        message.attach(MIMEText(body.replace("\n", _POLICY.linesep), subtype, "utf-8"))
    return message.as_bytes(policy=_POLICY)


def subject(handout: Handout) -> str:
    """Site, title and "data until" on one line."""
    labels, until = handout.labels, handout.until
    day = f"{labels.data_until} {until}" if until else ""
    parts = (handout.site_name, handout.title, Markup(day).striptags())
    return " | ".join(line for part in parts if (line := " ".join(tidy(part).split())))


def plain_line(line: Line, page_direction: str) -> str:
    """A line for a text without markup, on a page that reads in `page_direction`.

    Runs of another direction are isolated. Marks at both ends give a right-to-left line its direction in programs that
    take it from the first letter, and keep its punctuation in place in programs that set every line from the left.
    """
    mark = MARK[line.direction] if "rtl" in {line.direction, page_direction} else ""
    return f"{mark}{line.isolated}{mark}"


def _body(handout: Handout, template: str) -> str:
    labels, lang, say = handout.labels, handout.lang, handout.composer.press.say
    variables = {
        "lang": lang, "subject": subject(handout),
        "title": as_line(say(handout.title, lang.code), lang),
        "site_name": as_line(say(handout.site_name, lang.code), lang),
        "licence": as_line(say(handout.licence, lang.code), lang),
        "until": as_line(labels.data_until + Markup(" ") + handout.until, lang) if handout.until else None,
        "count": as_line(labels.stories(len(handout.stories)), lang), "empty": as_line(labels.no_stories, lang),
        "sources": as_line(labels.sources, lang), "method": as_line(labels.footer_method, lang),
        "stories": [story_lines(handout, story) for story in handout.stories],
        "text": lambda line: plain_line(line, lang.direction),
    }  # fmt: skip
    return handout.composer.press.typesetter.fill(template, variables, "the hand-out")
