"""The HTML hand-out: one file that needs no other, in the site's own style, to open or print."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from site_src.render.handout.content import Handout
from site_src.render.static import static_files


def write(handout: Handout) -> bytes:
    """A page with its style inside, and a content security policy that allows nothing else."""
    press = handout.composer.press
    variables = {
        "L": handout.labels, "lang": handout.lang, "title": handout.title, "site_name": handout.site_name,
        "until": handout.until, "licence": handout.licence, "stories": handout.stories,
        "mark": press.typesetter.macro("mark", press.wordmark, press.settings.site.base_url or "#"),
    }  # fmt: skip
    return press.typesetter.fill("handout.html", variables | _style_and_policy(handout), "the hand-out").encode()


def _style_and_policy(handout: Handout) -> dict[str, Any]:
    press = handout.composer.press
    sheets = {page.path: page.content.decode() for page in static_files(press, press.typesetter.folders)
              if page.path in {"assets/style.css", "assets/site.css"}}  # fmt: skip
    sheets["handout"] = press.typesetter.fill("handout.css", {}, "the hand-out")
    style = "".join(sheets[path] for path in ("assets/style.css", "assets/site.css", "handout")).replace("</", "<\\/")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"}
