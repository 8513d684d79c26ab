"""The LibreTranslate engine: a desk's own translation server, spoken to over HTTP.

The address stands in `site.toml`, the key (if the server wants one) in the environment variable `MUJAZ_SERVER_KEY`,
never in a file. Redirects are not followed: they could carry the key elsewhere.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from email.message import Message
from http.client import HTTPException
from time import sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from site_src.settings import Translation
from site_src.tables import table
from site_src.translate.engines import EngineError, Output, too_long

KEY = "MUJAZ_SERVER_KEY"
_PASSING = {429, 502, 503, 504}
"""Answers after which the same question may be answered: too many questions, or a server that is not up yet."""
_DENIED = {401, 403}
_REFUSED = {400, 500}
"""Answers to what the server cannot translate: too long for its limits, or a text at which its model fails."""


class ServerError(EngineError):
    """The server did not answer; `str(error)` says which, why and what to do."""


class _Refused(Exception):
    """The server answered that it cannot translate this; `str(refusal)` is its status and reason."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class LibreTranslate:
    """Translates with the server that `translation.server` names."""

    def __init__(self, settings: Translation):
        self.settings, self.server = settings, settings.server.rstrip("/")
        self.opener: OpenerDirector = build_opener(_NoRedirect())

    def ready(self, source_lang: str, target_lang: str) -> bool:
        """Whether a server is named; nothing is asked of it yet."""
        return bool(self.server)

    def describe(self, source_lang: str, target_lang: str) -> str:
        """The server's software and version; raises `ServerError` where it does not translate the pair."""
        if target_lang not in _targets(self._ask("/languages"), source_lang):
            pair = f"{source_lang} to {target_lang}"
            raise ServerError(f"{self.server} does not translate {pair}; install that model there")
        return f"LibreTranslate {_version(self._ask('/spec'))}".strip()

    def translate(
        self, sentences: Sequence[str], source_lang: str, target_lang: str
    ) -> Iterator[tuple[tuple[int, Output], ...]]:
        """The outputs batch by batch, without scores; raises `ServerError` if the server stops answering."""
        size: int = table("libretranslate")["batch_sentences"]
        long = {place: said for place, text in enumerate(sentences) if (said := too_long(text, self.settings))}
        if long:
            yield tuple(long.items())
        rest = [place for place in range(len(sentences)) if place not in long]
        for start in range(0, len(rest), size):
            places = rest[start : start + size]
            outputs = self._batch([sentences[place] for place in places], source_lang, target_lang)
            yield tuple(zip(places, outputs, strict=True))

    def _batch(self, texts: list[str], source: str, target: str) -> list[Output]:
        """The outputs of one request; where the server refuses it as a whole, of its sentences one by one."""
        try:
            return [Output(text.strip()) for text in self._translated(texts, source, target)]
        except _Refused:
            alone = [self._alone(text, source, target) for text in texts]
        if all(output.why.startswith("500") for output in alone):
            raise ServerError(f"{self.server} fails at every sentence ({alone[0].why}); look at what it logs")
        return alone

    def _alone(self, text: str, source: str, target: str) -> Output:
        try:
            return Output(self._translated([text], source, target)[0].strip())
        except _Refused as refusal:
            return Output("", why=str(refusal))

    def _translated(self, texts: list[str], source: str, target: str) -> list[str]:
        told = self._ask("/translate", {"q": texts, "source": source, "target": target, "format": "text"})
        made = told.get("translatedText") if isinstance(told, dict) else None
        if isinstance(made, list) and len(made) == len(texts) and all(isinstance(text, str) for text in made):
            return made
        raise ServerError(f"{self.server} answered no translation; is it a LibreTranslate server?")

    def _ask(self, path: str, asked: dict[str, Any] | None = None) -> Any:
        """The JSON that the server answers; raises `_Refused`, and `ServerError` when every try has failed."""
        limits, key = table("libretranslate"), os.environ.get(KEY, "")
        body = None if asked is None else json.dumps(asked | ({"api_key": key} if key else {})).encode()
        request = Request(self.server + path, body, {"Content-Type": "application/json", "Accept": "application/json"})
        pause = limits["pause_seconds"]
        for left in reversed(range(limits["tries"])):
            try:
                with self.opener.open(request, timeout=limits["timeout_seconds"]) as reply:
                    return _json(reply.read(limits["answer_bytes"] + 1), limits["answer_bytes"])
            except HTTPError as error:
                reason = self._judged(error)
                wait = _asked_pause(error.headers)
            except (URLError, HTTPException, OSError) as error:
                reason, wait = str(getattr(error, "reason", error)), 0
            except ValueError as error:
                raise ServerError(f"{self.server} answered what cannot be read: {error}") from error
            if left:
                sleep(min(max(wait, pause), limits["longest_pause_seconds"]))
                pause *= 2
        raise ServerError(
            f"{self.server} did not answer in {limits['tries']} tries ({reason}). What was translated is kept; start "
            "the server, or look at translation.server in site.toml, and build again."
        )

    def _judged(self, error: HTTPError) -> str:
        """Why the server did not answer, where asking again may help; raises what asking again cannot mend."""
        said = _said(error)
        if error.code in _PASSING:
            return said
        if error.code in _DENIED:
            raise ServerError(f"{self.server} denies access ({said}); put its key into the variable {KEY}") from error
        if error.code in _REFUSED:
            raise _Refused(said) from error
        raise ServerError(f"{self.server} answered {said}; look at translation.server in site.toml") from error


def _targets(told: Any, source_lang: str) -> tuple[object, ...]:
    """The languages that a server's answer about its languages lists as targets of one."""
    listed = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    found = [one.get("targets") for one in listed if one.get("code") == source_lang]
    return tuple(found[0]) if found and isinstance(found[0], list) else ()


def _version(told: Any) -> str:
    """The version in a server's answer about itself; "" where it names none that can be printed."""
    about = told.get("info") if isinstance(told, dict) else None
    version = about.get("version") if isinstance(about, dict) else None
    return version if isinstance(version, str) and re.fullmatch(r"[\w.+-]{1,30}", version) else ""


def _json(raw: bytes, most: int) -> Any:
    if len(raw) > most:
        raise ValueError(f"more than {most:,} bytes")
    try:
        return json.loads(raw)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _said(error: HTTPError) -> str:
    """The error of the server in its own words, on one line."""
    try:
        told = json.loads(error.read(10_000))
        said = told["error"] if isinstance(told, dict) else ""
    except (ValueError, OSError, HTTPException, KeyError, RecursionError):
        said = ""
    return f"{error.code}: {' '.join(str(said or error.reason).split())[:200]}"


def _asked_pause(headers: Message) -> int:
    """Seconds that the server asks to wait; 0 where it does not say so in seconds."""
    asked = headers.get("Retry-After", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0
