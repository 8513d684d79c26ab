"""The addresses of the desk's pages for articles: forms that work without a script, for pages of this preview only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from secrets import token_urlsafe
from traceback import format_exception
from typing import Any
from urllib.parse import urlencode

from tornado import web
from tornado.ioloop import IOLoop

from site_src.errors import MujazError
from site_src.serve.articles.editing import RefusedError
from site_src.serve.articles.forms import Done, Fields, WrongFormError
from site_src.serve.articles.pages import PAGES
from site_src.serve.articles.screens import Screen
from site_src.serve.desk import Desk
from site_src.serve.desk.answers import step_subject
from site_src.serve.desk.frame import ROOT, Frame
from site_src.serve.desk.requests import EDITION
from site_src.serve.desk.words import Words
from site_src.serve.preview import Guarded, Preview

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def article_routes(preview: Preview, desk: Desk, frame: Frame, changed: Callable[[], object]) -> list[Any]:
    """The routes of these pages; `changed` is called after a file was written."""
    arguments = {"preview": preview, "desk": desk, "frame": frame, "changed": changed, "notices": {}}
    return [(rf"{ROOT}({'|'.join(PAGES)})", ArticlePage, arguments)]


class ArticlePage(Guarded):
    """One of the pages, with the forms on it."""

    desk: Desk
    frame: Frame
    changed: Callable[[], object]
    notices: dict[str, str]
    """By a random key, the notices for the pages that forms lead to: a foreign link cannot put words on a page."""

    def set_default_headers(self) -> None:
        """The headers of any page of the preview, with a policy that allows only its style sheets, images and forms."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Referrer-Policy", "same-origin")

    def prepare(self) -> Awaitable[None] | None:
        """Refuse a form that no page of this preview sent, and an edition that cannot be one."""
        super().prepare()
        if self.request.method == "POST":
            self.refuse_strangers(self.request.body_arguments.get("token", [b""])[0], self.frame.token)
        self.edition = self._query("page")
        if not self.edition and self.request.method == "GET":
            self.edition = self.desk.first_edition
        if not EDITION.fullmatch(self.edition):
            raise web.HTTPError(400, reason="No edition of this site")
        return None

    def get(self, name: str) -> None:
        """The page as the files are now."""
        self._show(name, self.notices.get(self._query("n"), ""))

    def post(self, name: str) -> None:
        """Do what the form asks, then lead to the page that shows the result; a refusal is shown on the page itself."""
        page, form = PAGES[name], None
        try:
            fields = Fields(self.request.body_arguments)
            if fields.act in ("undo", "redo"):
                result = self._take_step(name, fields.act)
            elif page.do is None:
                raise WrongFormError
            else:
                form = page.read(fields)
                result = page.do(self.desk, self._query(page.parameter), form)
        except WrongFormError as error:
            raise web.HTTPError(400, reason="Not a form of this preview") from error
        except Exception as error:
            self.set_status(_status(error))
            return self._show(name, self._refusal(error), form, is_warning=True)
        return self._redirect_to(result) if isinstance(result, Done) else self._show(name, "", result)

    def _take_step(self, name: str, act: str) -> Done:
        """Take back the last step or do it again; the page stays the same unless it can no longer be shown."""
        outcome = self.desk.undo() if act == "undo" else self.desk.steps.redo()
        subject, words = self._query(PAGES[name].parameter), {"what": step_subject(outcome, self._words)}
        try:
            PAGES[name].show(self._screen(), subject, None)
        except Exception:
            name, subject = "stories", ""
        return Done(name, subject, words, f"said_{outcome.kind}")

    @property
    def _words(self) -> Words:
        return self.frame.words(self.edition)

    def _query(self, name: str) -> str:
        """The parameter of that name in the address, "" without one."""
        return self.get_query_argument(name, "")

    def _screen(self, notice: str = "", *, is_warning: bool = False) -> Screen:
        return Screen(
            desk=self.desk,
            words=self._words,
            page=self.edition,
            base=self.preview.base_path,
            token=self.frame.token,
            notice=notice,
            is_warning=is_warning,
        )

    def _show(self, name: str, notice: str, unsaved: Any = None, *, is_warning: bool = False) -> None:
        """Send the page, with the form that is not saved; where it cannot be shown, why not, and what was typed."""
        page, screen = PAGES[name], self._screen(notice, is_warning=is_warning)
        subject = self._query(page.parameter)
        try:
            content = self.desk.retry_if_parts_lost(lambda: page.show(screen, subject, unsaved))
        except Exception as error:
            self.set_status(404 if isinstance(error, RefusedError) else _status(error))
            typed = page.typed(unsaved) if unsaved else ""
            content = screen.fill("failed", message=self._message(error), typed=typed)
        self.send(content, "text/html; charset=utf-8")

    def _refusal(self, error: Exception) -> str:
        """Why something was not done; messages in English are isolated, since the page may run in either direction."""
        message = self._message(error)
        return message if isinstance(error, RefusedError) else f"{self._words['said_not']} \u2066{message}\u2069"

    def _message(self, error: Exception) -> str:
        if isinstance(error, MujazError):
            return self._screen().message(error)
        print("".join(format_exception(error)), flush=True)  # a bug of ours: the terminal has all of it
        return self._words["said_bug"].format(what=repr(error))

    def _redirect_to(self, done: Done) -> None:
        """Lead to the page that shows the result; the rebuild starts once the answer is on its way."""
        key = token_urlsafe(9)
        self.notices[key] = self._words[done.label].format(**done.words)
        query = {"page": self.edition, PAGES[done.page].parameter: done.subject, "n": key}
        query_string = urlencode({name: value for name, value in query.items() if value})
        self.redirect(f"{ROOT}{done.page}?{query_string}", status=303)
        IOLoop.current().call_later(0.01, self.changed)


def _status(error: Exception) -> int:
    """The HTTP status: 409 for what a person can mend, 500 for a bug of ours."""
    return 409 if isinstance(error, MujazError) else 500
