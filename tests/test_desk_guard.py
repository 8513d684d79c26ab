"""Who may ask the desk: pages of this preview with the token of this run. Nothing of it is published."""

import json
import re
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
import support_desk as site

from site_src.serve.desk.frame import FILES
from site_src.serve.desk.requests import LONGEST_REQUEST

LOOK = json.dumps({"page": "en", "slug": "canal"}).encode()


def test_a_page_of_the_preview_is_answered(preview: site.Preview) -> None:
    seen = preview.ask("look", preview.headers(), slug="canal")
    assert [(one["number"], one["state"]) for one in seen["segments"]] == [
        (0, "pending"), (1, "withheld"), (2, "by the authors"), (3, "draft"),
    ]  # fmt: skip
    assert seen["waiting"] == 4


@pytest.mark.parametrize(("page", "codes"), [("en", ["en", "ar"]), ("ar", ["ar", "en"])])
def test_the_form_of_names_begins_in_the_language_of_its_page(
    preview: site.Preview, page: str, codes: list[str]
) -> None:
    shown = preview.get(f"/briefs/{page}/index.html")[1].decode()
    assert re.findall(r'id="desk-(ar|en)"', shown) == codes == re.findall(r'id="desk-(ar|en)-variants"', shown)


@pytest.mark.parametrize("name", FILES)
def test_every_style_sheet_and_script_of_the_desk_is_served_as_it_is(preview: site.Preview, name: str) -> None:
    assert preview.get(f"/.desk/{name}") == (200, (site.ROOT / "templates" / "desk" / name).read_bytes())


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"X-Desk-Token": "0" * 32}, 403),
        ({"X-Desk-Token": ""}, 403),
        ({"X-Desk-Token": "\u00e9"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_anybody_else_is_refused(preview: site.Preview, changes: dict[str, str], status: int) -> None:
    headers = {**preview.headers(), **changes}
    found = preview.post("look", LOOK, {name: value for name, value in headers.items() if value})
    assert found[0] == status
    assert b"canal" not in found[1]


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"\xff", b'{"page": 1}', b'{"page": "en", "slug": ["canal"]}', b'{"page": "%s"}' % (b"e" * 301),
     b"[" * 50_000, json.dumps({"page": "en", "slugs": ["canal"] * 501}).encode()],
)  # fmt: skip
def test_a_body_of_another_shape_is_refused(preview: site.Preview, body: bytes) -> None:
    assert preview.post("look", body, preview.headers())[0] == 400


def test_an_action_that_there_is_not_is_refused(preview: site.Preview) -> None:
    place = {"page": "en", "slug": "canal", "lang": "en", "number": 1, "mark": ""}
    for what, more, status in (("decide", {"action": "erase"}, 400), ("decide", {}, 400), ("shell", {}, 405)):
        assert preview.post(what, json.dumps(place | more).encode(), preview.headers())[0] == status


def test_a_body_that_is_too_long_is_refused(preview: site.Preview) -> None:
    body = json.dumps({"page": "en", "slug": "x" * LONGEST_REQUEST}).encode()
    with suppress(OSError):  # the server need not hear the rest of it
        assert preview.post("look", body, preview.headers())[0] in (400, 413)
    assert preview.post("look", LOOK, preview.headers())[0] == 200


def test_only_posts_are_answered_and_no_other_site_is_invited(preview: site.Preview) -> None:
    headers = preview.headers()
    assert preview.get("/.desk/look", **headers)[0] == 405
    assert preview.get("/.desk/decide", **headers)[0] == 405
    for path in ("/.desk/../site.toml", "/.desk/%2e%2e/site.toml", "/.desk/panel.html", "/.desk/../desk/panel.html"):
        assert not re.search(rb"\[site\]|\{%", preview.get(path)[1])
    assert preview.get("/.desk/desk.js", Host="evil.example")[0] == 403


def test_markup_that_is_typed_is_shown_as_text(preview: site.Preview) -> None:
    place = {"slug": "canal", "lang": "en", "number": 1}
    typed = "<b onclick=alert(1)>Uzbekistan</b> announced a canal of 40 kilometres."
    found = preview.ask("check", preview.headers(), **place, text=typed)["findings"]
    assert "<b " not in found and "&lt;b onclick" in found
    panel = preview.ask("open", preview.headers(), **place, mark="old", text=typed)["panel"]
    assert "<b " not in panel and "&lt;b onclick" in panel


def test_counts_of_words_are_told_in_words_and_are_nothing_to_look_for(preview: site.Preview) -> None:
    place = {"slug": "canal", "lang": "en", "number": 1}
    found = preview.ask("check", preview.headers(), **place, text="Uzbekistan.")["findings"]
    assert re.search(r"Cut short: \d+ words in the source, 1 in the translation<", found)
    assert "→" not in found and 'data-desk="find"' in found, "what else is missing can still be looked for"


def test_a_story_name_that_is_a_path_leads_nowhere(preview: site.Preview) -> None:
    place = {"slug": "../../outside", "lang": "en", "number": 1, "mark": "", "action": "approve", "text": "x"}
    found = preview.ask("decide", preview.headers(), **place)
    assert found["kind"] == "gone"
    assert not list(preview.site.rglob("outside*"))


def test_what_is_shown_is_what_is_published_and_the_desk_besides(preview: site.Preview) -> None:
    shown = preview.get("/briefs/en/stories/canal.html")[1].decode()
    published = (preview.site / ".cache/preview/en/stories/canal.html").read_text("utf-8")
    desk = shown[shown.index('<aside id="desk"') : shown.rindex("</body>")]
    scripts = "".join(f'<script defer src="/.desk/{name}.js"></script>' for name in ("page", "names", "desk"))
    head = f'<link rel="stylesheet" href="/.desk/desk.css">{scripts}'
    live = '<script src="/livereload.js"></script>'
    socket = f" ws://127.0.0.1:{preview.port} ws://localhost:{preview.port}"
    assert socket in shown
    assert shown.replace(desk, "").replace(head, "").replace(live, "").replace(socket, "") == published


def test_published_files_hold_nothing_of_the_desk(preview: site.Preview) -> None:
    token = preview.headers()["X-Desk-Token"]
    files = [path for path in (preview.site / ".cache/preview").rglob("*") if path.is_file()]
    assert len(files) > 40
    traces = (b".desk", b"desk-", b'id="desk', b"data-token", b"X-Desk", b"Next to check", token.encode())
    assert [(path.name, trace) for path in files for trace in traces if trace in path.read_bytes()] == []
    assert not [path for path in files if path.name.startswith("desk")]


def test_the_scripts_of_the_desk_are_small_and_draw_on_nothing_else(preview: site.Preview) -> None:
    scripts = {name: preview.get(f"/.desk/{name}.js")[1] for name in ("page", "names", "desk")}
    assert len(scripts["desk"]) < 20 * 1024 and sum(map(len, scripts.values())) < 26 * 1024
    assert not [name for name, script in scripts.items() if b"http" in script or b"import" in script]


def test_both_languages_have_the_same_words_for_the_desk() -> None:
    words = {code: tomllib.loads((site.ROOT / f"templates/labels/{code}.toml").read_text("utf-8"))["desk"]
             for code in ("en", "ar")}  # fmt: skip
    assert words["en"].keys() == words["ar"].keys()

    def places(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    assert [key for key in words["en"] if places(words["en"][key]) != places(words["ar"][key])] == []


def test_a_mistake_in_a_template_of_the_desk_is_shown_on_the_page(tmp_path: Path) -> None:
    own = site.make_site(tmp_path) / "templates" / "desk"
    own.mkdir(parents=True)
    running = site.Preview(tmp_path)
    try:
        (own / "desk.html").write_text("{% if %}", "utf-8")
        status, page = running.get("/briefs/en/stories/canal.html")
        assert (status, b"desk/desk.html" in page, b"Traceback" in page) == (500, True, False)
        (own / "desk.html").unlink()
        assert running.get("/briefs/en/stories/canal.html")[0] == 200
    finally:
        running.close()


def test_a_preview_whose_first_build_fails_says_so_in_place_of_the_pages_of_an_earlier_one(tmp_path: Path) -> None:
    folder = site.make_site(tmp_path)
    site.Preview(folder).close()
    names = folder / "content" / "names.toml"
    right = names.read_bytes()
    names.write_bytes(right + b"[[names]]\n")
    preview = site.Preview(folder)
    try:
        status, page = preview.get("/briefs/en/index.html")
        assert (status, b"The build failed" in page, b"id is missing" in page) == (500, True, True)
        names.write_bytes(right)
        preview.headers()
    finally:
        preview.close()


def test_a_preview_that_may_change_nothing_has_no_desk(tmp_path: Path) -> None:
    running = site.Preview(site.make_site(tmp_path), "--frozen")
    try:
        assert b"/.desk/" not in running.get("/briefs/en/stories/canal.html")[1]
        assert running.get("/.desk/desk.js")[0] in (301, 302, 404, 200)
        assert running.post("look", LOOK, {"Content-Type": "application/json"})[0] == 405
    finally:
        running.close()
