"""The addresses of the desk's pages for articles: forms that work without a script, for this preview's pages only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from secrets import token_urlsafe
from traceback import format_exception
from typing import Any
from urllib.parse import urlencode

from tornado import web
from tornado.ioloop import IOLoop

from site_src.errors import MujazError
from site_src.model.page import Article
from site_src.serve.articles import editing
from site_src.serve.articles.editing import RefusedError
from site_src.serve.articles.field_form import fields_screen, told
from site_src.serve.articles.field_form import typed as typed_words
from site_src.serve.articles.fields import Told, WrongFieldsError, set_fields
from site_src.serve.articles.forms import LONGEST_PAGE, Fields, Pasted, WrongFormError
from site_src.serve.articles.names import name_screen, names_screen, rename, typed
from site_src.serve.articles.paragraphs import Act
from site_src.serve.articles.screens import Screen, list_screen, page_screen, paste_screen, story_screen
from site_src.serve.desk import Desk
from site_src.serve.desk.frame import ROOT, Frame
from site_src.serve.desk.requests import EDITION
from site_src.serve.desk.words import Words
from site_src.serve.preview import Guarded, Preview
from site_src.text.addresses import safe_url

PAGES = ("stories", "story", "fields", "paragraphs", "paste", "names", "rename")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_NOTICES = 50
"""Notices that are kept for pages that show what was done."""


class Notices:
    """What was done, for the page that a form leads to: a link from elsewhere cannot put words on it."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, bool]] = {}

    def keep(self, words: str, *, wrong: bool = False) -> str:
        """Keep a notice; gives the key by which a page asks for it."""
        key = token_urlsafe(9)
        self._kept[key] = words, wrong
        while len(self._kept) > _NOTICES:
            del self._kept[next(iter(self._kept))]
        return key

    def get(self, key: str) -> tuple[str, bool]:
        """The notice of that key, and whether something was not done."""
        return self._kept.get(key, ("", False))


def article_routes(preview: Preview, desk: Desk, frame: Frame, changed: Callable[[], object]) -> list[Any]:
    """The routes of these pages; `changed` is called when a file was written."""
    given = {"preview": preview, "desk": desk, "frame": frame, "changed": changed, "notices": Notices()}
    return [(rf"{ROOT}({'|'.join(PAGES)})", ArticlePage, given)]


class ArticlePage(Guarded):
    """One of the pages, and what its forms ask for."""

    desk: Desk
    frame: Frame
    changed: Callable[[], object]
    notices: Notices

    def set_default_headers(self) -> None:
        """As of any page of the preview, and nothing but its style sheet and its forms."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Referrer-Policy", "same-origin")

    def prepare(self) -> Awaitable[None] | None:
        """Refuse a form that no page of ours sent."""
        super().prepare()
        if self.request.method == "POST":
            self.refuse_strangers(self.request.body_arguments.get("token", [b""])[0], self.frame.token)
        return None

    def get(self, name: str) -> None:
        """The page as the files are now."""
        notice, wrong = self.notices.get(self._asked("n"))
        self._show(name, notice, wrong=wrong)

    def post(self, name: str) -> None:
        """Do what the form asks, then lead to the page that shows it; what is refused is said on the page itself."""
        try:
            fields = Fields(self.request.body_arguments)
            act = fields.one("act")
            if act in ("undo", "redo"):
                return self._step(name, act)
            doing = {"story": self._story, "paragraphs": self._paragraph, "paste": self._paste,
                     "rename": self._rename, "fields": self._fields}.get(name)  # fmt: skip
            if doing is None:
                raise WrongFormError
            return doing(fields, act)
        except WrongFormError as error:
            raise web.HTTPError(400, reason="Not a form of this preview") from error
        except web.HTTPError:
            raise
        except Exception as error:
            self.set_status(_status(error))
            return self._show(name, self._why_not(error), wrong=True, chosen=_chosen(fields, act))

    # --- what forms ask for ---

    def _story(self, fields: Fields, act: str) -> None:
        slug, desk = self._asked("slug"), self.desk
        lead = editing.story_of(desk.site.opened, slug).lead
        if act in ("topics", "rules"):
            file = editing.set_topics(desk, slug, fields.one("mark"), _chosen(fields, act))
        elif act == "join":
            file = editing.join(desk, slug, fields.one("other"))
        elif act == "part":
            file = editing.part(desk, slug, fields.one("copy"))
        elif act == "forget":
            file = editing.forget(desk, fields.many("names"))
        else:
            raise WrongFormError
        self._lead("story", self._words["said_written"].format(file=file), slug=self._slug_now(lead) or slug)

    def _slug_now(self, lead: Article) -> str:
        """The address of its story after a step; "" where the site cannot be read now, as the next page tells."""
        try:
            return editing.slug_now(self.desk, lead)
        except Exception:
            return ""

    def _paragraph(self, fields: Fields, act: str) -> None:
        done: Act = "bring" if fields.one("bring") else "cut"
        file = self._asked("file")
        side = editing.set_paragraph(self.desk, file, *fields.passage(done), done)
        self._lead("paragraphs", self._words["said_written"].format(file=side), file=file)

    def _paste(self, fields: Fields, act: str) -> None:
        pasted = fields.pasted()
        if act not in ("read", "file"):
            raise WrongFormError
        try:
            if len(pasted.raw) > LONGEST_PAGE:
                raise RefusedError("paste_long", most=f"{LONGEST_PAGE // 1000:,}")
            if not pasted.text.strip():
                raise RefusedError("paste_empty")
            if (url := pasted.word.get("url", "")) and not safe_url(url):
                raise RefusedError("paste_no_link", url=url)
            if act == "file":
                file = editing.add(self.desk, pasted)
                return self._lead("paragraphs", self._words["said_filed"].format(file=file), file=file)
            read = editing.plan(self.desk, pasted)
        except MujazError as error:
            self.set_status(422)
            return self._html(paste_screen(self._screen(self._why_not(error), wrong=True), pasted))
        return self._html(paste_screen(self._screen(), pasted, read))

    def _rename(self, fields: Fields, act: str) -> None:
        if act != "rename":
            raise WrongFormError
        name_id, said, mark = self._asked("id"), typed(fields), fields.one("mark")
        try:
            file = rename(self.desk, name_id, mark, said)
        except MujazError as error:
            self.set_status(_status(error))
            return self._html(name_screen(self._screen(self._why_not(error), wrong=True), name_id, said))
        return self._lead("rename", self._words["said_written"].format(file=file), id=name_id)

    def _fields(self, fields: Fields, act: str) -> None:
        if act != "fields":
            raise WrongFormError
        slug, desk, forms = self._asked("slug"), self.desk, told(fields)
        try:
            lead = editing.story_of(desk.site.opened, slug).lead
            files = set_fields(desk, slug, forms)
        except MujazError as error:
            self.set_status(_status(error))
            wrong = error.wrong if isinstance(error, WrongFieldsError) else {}
            return self._form_again(slug, forms, self._why_not(error), wrong)
        return self._lead("fields", self._words["said_written"].format(file=", ".join(files)),
                          slug=self._slug_now(lead) or slug)  # fmt: skip

    def _form_again(self, slug: str, forms: tuple[Told, ...], why: str, wrong: Mapping[tuple[str, str], str]) -> None:
        """The form with what was typed; where the site cannot show it now, the words alone."""
        try:
            content = self.desk.whole(lambda: fields_screen(self._screen(why, wrong=True), slug, forms, wrong))
        except MujazError:
            return self._show("fields", f"{why}\n{self._words['yours']}:\n{typed_words(forms)}", wrong=True)
        return self._html(content)

    def _step(self, name: str, act: str) -> None:
        """Take back the last step or do it again, and stay on the page where what it shows is still there."""
        outcome = self.desk.steps.undo() if act == "undo" else self.desk.steps.redo()
        what = outcome.detail or (outcome.place.slug if outcome.place else "")
        said = self._words[f"said_{outcome.kind}"].format(what=what)
        if self._there(name):
            self._lead(name, said, **{key: self._asked(key) for key in ("slug", "file", "id")})
        else:
            self._lead("stories", said)

    def _there(self, name: str) -> bool:
        try:
            if name in ("story", "fields"):
                editing.story_of(self.desk.site.opened, self._asked("slug"))
            elif name == "paragraphs":
                editing.page_of(self.desk, self._asked("file"))
            elif name == "rename":
                return any(one.id == self._asked("id") for one in self.desk.names())
        except Exception:
            return False
        return True

    # --- pages ---

    @property
    def _words(self) -> Words:
        return self.frame.words(self._edition)

    @property
    def _edition(self) -> str:
        asked = self._asked("page")
        if not asked and self.request.method == "GET":
            return self.desk.first_edition
        if not EDITION.fullmatch(asked):
            raise web.HTTPError(400, reason="No edition of this site")
        return asked

    def _asked(self, name: str) -> str:
        return self.get_query_argument(name, "")

    def _screen(self, notice: str = "", *, wrong: bool = False) -> Screen:
        page = self._edition
        return Screen(self.desk, self._words, page, self.preview.base_path, self.frame.token, notice, wrong)

    def _show(self, name: str, notice: str, *, wrong: bool, chosen: tuple[str, ...] | None = None) -> None:
        screen = self._screen(notice, wrong=wrong)
        try:
            content = self.desk.whole(lambda: self._content(name, screen, chosen))
        except Exception as error:
            self.set_status(404 if isinstance(error, RefusedError) else _status(error))
            content = self._screen(notice, wrong=wrong).fill("failed", said=self._said(error))
        self._html(content)

    def _content(self, name: str, screen: Screen, chosen: tuple[str, ...] | None) -> bytes:
        if name == "story":
            return story_screen(screen, self._asked("slug"), chosen)
        if name == "fields":
            return fields_screen(screen, self._asked("slug"))
        if name == "paragraphs":
            return page_screen(screen, self._asked("file"))
        if name == "rename":
            return name_screen(screen, self._asked("id"))
        if name == "names":
            return names_screen(screen, self._asked("q"))
        return paste_screen(screen, Pasted()) if name == "paste" else list_screen(screen, self._asked("q"))

    def _html(self, content: bytes) -> None:
        self.send(content, "text/html; charset=utf-8")

    def _why_not(self, error: Exception) -> str:
        """Why something was not done; the program's own words are English, and isolated in a page of any direction."""
        said = self._said(error)
        return said if isinstance(error, RefusedError) else f"{self._words['said_not']} \u2066{said}\u2069"

    def _said(self, error: Exception) -> str:
        if isinstance(error, RefusedError):
            return self._words[error.label].format(**error.words)
        if isinstance(error, MujazError):
            return str(error)
        print("".join(format_exception(error)), flush=True)  # a bug of ours: the terminal has all of it
        return self._words["said_bug"].format(what=repr(error))

    def _lead(self, name: str, said: str, **place: str) -> None:
        """To the page that shows what was done; the site is built once the answer is on its way."""
        query = {"page": self._edition, **{key: value for key, value in place.items() if value}}
        self.redirect(f"{ROOT}{name}?{urlencode({**query, 'n': self.notices.keep(said)})}", status=303)
        IOLoop.current().call_later(0.01, self.changed)


def _status(error: Exception) -> int:
    """409 for what a person can mend, 500 for a bug of ours."""
    return 409 if isinstance(error, MujazError) else 500


def _chosen(fields: Fields, act: str) -> tuple[str, ...] | None:
    """The topics that were ticked, the main one first; None where the rules shall decide."""
    if act != "topics":
        return None
    ticked, main = dict.fromkeys(fields.many("topic")), fields.one("main")
    return tuple(sorted(ticked, key=lambda slug: slug != main))
