"""The LibreTranslate engine: an own translation server, reached over HTTP.

The address is in `site.toml`, the key (if the server wants one) in the environment variable `MUJAZ_SERVER_KEY`,
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
_TEMPORARY = {429, 502, 503, 504}
"""Status codes after which the same request may succeed: too many requests, or a server that is not up yet."""
_DENIED = {401, 403}
_REFUSED = {400, 500}
"""Status codes for a text that the server cannot translate: it is too long, or the model fails on it."""


class ServerError(EngineError):
    """The server cannot be used; `str(error)` says which one, why and what to do."""


class _Refused(Exception):
    """The server answered that it cannot translate a text; `str(error)` is its status and reason."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class LibreTranslate:
    """Translates with the server that `translation.server` names."""

    def __init__(self, settings: Translation):
        self.settings, self.server = settings, settings.server.rstrip("/")
        self.opener: OpenerDirector = build_opener(_NoRedirect())

    def ready(self, source_lang: str, target_lang: str) -> bool:
        """Whether the settings name a server; it is not contacted."""
        return bool(self.server)

    def describe(self, source_lang: str, target_lang: str) -> str:
        """The server's software and version; raises `ServerError` where it does not translate the pair."""
        if target_lang not in _targets(self._request("/languages"), source_lang):
            pair = f"{source_lang} to {target_lang}"
            raise ServerError(f"{self.server} does not translate {pair}; install that model there")
        return f"LibreTranslate {_version(self._request('/spec'))}".strip()

    def translate(
        self, sentences: Sequence[str], source_lang: str, target_lang: str
    ) -> Iterator[tuple[tuple[int, Output], ...]]:
        """The outputs batch by batch, without scores; raises `ServerError` if the server stops answering."""
        batch_size: int = table("libretranslate")["batch_sentences"]
        too_long_outputs = {
            index: output for index, text in enumerate(sentences) if (output := too_long(text, self.settings))
        }
        if too_long_outputs:
            yield tuple(too_long_outputs.items())
        rest = [index for index in range(len(sentences)) if index not in too_long_outputs]
        for start in range(0, len(rest), batch_size):
            indexes = rest[start : start + batch_size]
            outputs = self._translate_batch([sentences[index] for index in indexes], source_lang, target_lang)
            yield tuple(zip(indexes, outputs, strict=True))

    def _translate_batch(self, texts: list[str], source: str, target: str) -> list[Output]:
        """The outputs of one request; if the server refuses it as a whole, one request for each sentence."""
        try:
            return [Output(text.strip()) for text in self._request_translation(texts, source, target)]
        except _Refused:
            outputs = [self._translate_alone(text, source, target) for text in texts]
        if all(output.why.startswith("500") for output in outputs):
            raise ServerError(f"{self.server} fails at every sentence ({outputs[0].why}); look at what it logs")
        return outputs

    def _translate_alone(self, text: str, source: str, target: str) -> Output:
        try:
            return Output(self._request_translation([text], source, target)[0].strip())
        except _Refused as refusal:
            return Output("", why=str(refusal))

    def _request_translation(self, texts: list[str], source: str, target: str) -> list[str]:
        answer = self._request("/translate", {"q": texts, "source": source, "target": target, "format": "text"})
        translations: Any = answer.get("translatedText") if isinstance(answer, dict) else None
        is_complete = isinstance(translations, list) and len(translations) == len(texts)
        if is_complete and all(isinstance(text, str) for text in translations):
            return list(translations)
        raise ServerError(f"{self.server} answered no translation; is it a LibreTranslate server?")

    def _request(self, path: str, parameters: dict[str, Any] | None = None) -> Any:
        """The JSON answer of the server; raises `_Refused`, and `ServerError` when every try has failed."""
        limits, key = table("libretranslate"), os.environ.get(KEY, "")
        body = None
        if parameters is not None:
            body = json.dumps(parameters | ({"api_key": key} if key else {})).encode()
        request = Request(self.server + path, body, {"Content-Type": "application/json", "Accept": "application/json"})
        pause = limits["pause_seconds"]
        for tries_left in reversed(range(limits["tries"])):
            try:
                with self.opener.open(request, timeout=limits["timeout_seconds"]) as reply:
                    return _parse_json(reply.read(limits["answer_bytes"] + 1), limits["answer_bytes"])
            except HTTPError as error:
                reason = self._temporary_reason(error)
                wait = _requested_pause(error.headers)
            except (URLError, HTTPException, OSError) as error:
                reason, wait = str(getattr(error, "reason", error)), 0
            except ValueError as error:
                raise ServerError(f"{self.server} answered what cannot be read: {error}") from error
            if tries_left:
                sleep(min(max(wait, pause), limits["longest_pause_seconds"]))
                pause *= 2
        raise ServerError(
            f"{self.server} did not answer in {limits['tries']} tries ({reason}). What was translated is kept; start "
            "the server, or look at translation.server in site.toml, and build again."
        )

    def _temporary_reason(self, error: HTTPError) -> str:
        """The reason for an error after which another try may succeed; raises for any other error."""
        reason = _reason(error)
        if error.code in _TEMPORARY:
            return reason
        if error.code in _DENIED:
            raise ServerError(f"{self.server} denies access ({reason}); put its key into the variable {KEY}") from error
        if error.code in _REFUSED:
            raise _Refused(reason) from error
        raise ServerError(f"{self.server} answered {reason}; look at translation.server in site.toml") from error


def _targets(answer: Any, source_lang: str) -> tuple[object, ...]:
    """The target languages for a source language in a server's answer about its languages."""
    languages = [language for language in answer if isinstance(language, dict)] if isinstance(answer, list) else []
    targets = next((language.get("targets") for language in languages if language.get("code") == source_lang), None)
    return tuple(targets) if isinstance(targets, list) else ()


def _version(answer: Any) -> str:
    """The version in a server's answer about itself; "" where it states none that can be printed."""
    about = answer.get("info") if isinstance(answer, dict) else None
    version = about.get("version") if isinstance(about, dict) else None
    return version if isinstance(version, str) and re.fullmatch(r"[\w.+-]{1,30}", version) else ""


def _parse_json(raw: bytes, most: int) -> Any:
    """The value of JSON of at most `most` bytes; raises `ValueError`."""
    if len(raw) > most:
        raise ValueError(f"more than {most:,} bytes")
    try:
        return json.loads(raw)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _reason(error: HTTPError) -> str:
    """The status code and the server's own words about an error, on one line."""
    try:
        answer = json.loads(error.read(10_000))
        message = answer["error"] if isinstance(answer, dict) else ""
    except (ValueError, OSError, HTTPException, KeyError, RecursionError):
        message = ""
    return f"{error.code}: {' '.join(str(message or error.reason).split())[:200]}"


def _requested_pause(headers: Message) -> int:
    """The seconds that the server asks to wait; 0 where it does not state them in seconds."""
    seconds = headers.get("Retry-After", "")
    return int(seconds) if seconds.isdecimal() and len(seconds) < 6 else 0
