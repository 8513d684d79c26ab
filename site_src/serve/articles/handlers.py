"""The addresses of the desk's pages for articles: forms that work without a script, for this preview's pages only."""

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
    """The routes of these pages; `changed` is called when a file was written."""
    given = {"preview": preview, "desk": desk, "frame": frame, "changed": changed, "notices": {}}
    return [(rf"{ROOT}({'|'.join(PAGES)})", ArticlePage, given)]


class ArticlePage(Guarded):
    """One of the pages, and what its forms ask for."""

    desk: Desk
    frame: Frame
    changed: Callable[[], object]
    notices: dict[str, str]
    """What was done, for the page that a form leads to: a link from elsewhere cannot put words on it."""

    def set_default_headers(self) -> None:
        """As of any page of the preview, and nothing but its style sheet and its forms."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Referrer-Policy", "same-origin")

    def prepare(self) -> Awaitable[None] | None:
        """Refuse a form that no page of ours sent, and a page of no edition."""
        super().prepare()
        if self.request.method == "POST":
            self.refuse_strangers(self.request.body_arguments.get("token", [b""])[0], self.frame.token)
        asked = self._asked("page")
        self.edition = self.desk.first_edition if not asked and self.request.method == "GET" else asked
        if not EDITION.fullmatch(self.edition):
            raise web.HTTPError(400, reason="No edition of this site")
        return None

    def get(self, name: str) -> None:
        """The page as the files are now."""
        self._show(name, self.notices.get(self._asked("n"), ""))

    def post(self, name: str) -> None:
        """Do what the form asks, then lead to the page that shows it; what is refused is said on the page itself."""
        page, sent = PAGES[name], None
        try:
            fields = Fields(self.request.body_arguments)
            if fields.act in ("undo", "redo"):
                done = self._step(name, fields.act)
            elif page.do is None:
                raise WrongFormError
            else:
                sent = page.read(fields)
                done = page.do(self.desk, self._asked(page.about), sent)
        except WrongFormError as error:
            raise web.HTTPError(400, reason="Not a form of this preview") from error
        except Exception as error:
            self.set_status(_status(error))
            return self._show(name, self._why_not(error), sent, wrong=True)
        return self._lead(done) if isinstance(done, Done) else self._show(name, "", done)

    def _step(self, name: str, act: str) -> Done:
        """Take back the last step or do it again, and stay on the page where what it shows is still there."""
        outcome = self.desk.steps.undo() if act == "undo" else self.desk.steps.redo()
        about, told = self._asked(PAGES[name].about), {"what": step_subject(outcome, self._words)}
        try:
            PAGES[name].show(self._screen(), about, None)
        except Exception:
            name, about = "stories", ""
        return Done(name, about, told, f"said_{outcome.kind}")

    @property
    def _words(self) -> Words:
        return self.frame.words(self.edition)

    def _asked(self, name: str) -> str:
        return self.get_query_argument(name, "")

    def _screen(self, notice: str = "", *, wrong: bool = False) -> Screen:
        return Screen(self.desk, self._words, self.edition, self.preview.base_path, self.frame.token, notice, wrong)

    def _show(self, name: str, notice: str, sent: Any = None, *, wrong: bool = False) -> None:
        """The page, with what its form said and is not saved; where that cannot be shown, why, and what was typed."""
        page, screen, about = PAGES[name], self._screen(notice, wrong=wrong), self._asked(PAGES[name].about)
        try:
            content = self.desk.retry_if_parts_lost(lambda: page.show(screen, about, sent))
        except Exception as error:
            self.set_status(404 if isinstance(error, RefusedError) else _status(error))
            typed = page.typed(sent) if sent else ""
            content = screen.fill("failed", said=self._said(error), typed=typed)
        self.send(content, "text/html; charset=utf-8")

    def _why_not(self, error: Exception) -> str:
        """Why something was not done; the program's own words are English, and isolated in a page of any direction."""
        said = self._said(error)
        return said if isinstance(error, RefusedError) else f"{self._words['said_not']} \u2066{said}\u2069"

    def _said(self, error: Exception) -> str:
        if isinstance(error, MujazError):
            return self._screen().said(error)
        print("".join(format_exception(error)), flush=True)  # a bug of ours: the terminal has all of it
        return self._words["said_bug"].format(what=repr(error))

    def _lead(self, done: Done) -> None:
        """To the page that shows what was done; the site is built once the answer is on its way."""
        key = token_urlsafe(9)
        self.notices[key] = self._words[done.label].format(**done.words)
        query = {"page": self.edition, PAGES[done.page].about: done.about, "n": key}
        self.redirect(f"{ROOT}{done.page}?{urlencode({name: one for name, one in query.items() if one})}", status=303)
        IOLoop.current().call_later(0.01, self.changed)


def _status(error: Exception) -> int:
    """409 for what a person can mend, 500 for a bug of ours."""
    return 409 if isinstance(error, MujazError) else 500
