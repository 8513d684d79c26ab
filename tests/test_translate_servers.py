"""The further engines: a LibreTranslate server on loopback, and Firefox models as far as files can be had.

The server of these tests answers as LibreTranslate does (its routes, its shapes, its errors), from the pairs that the
tiny Argos package knows. Of the Firefox engine, no model can be made here: the library itself is real, and a model
that it accepts is stood in for by `Translator` alone.
"""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

import fxtranslate
import pytest
from support_serving import serve

from site_src.errors import SettingsError
from site_src.settings import Translation, parse_settings
from site_src.translate.engines import EngineError, Output, firefox, first_engine, libretranslate
from site_src.translate.engines.firefox import Firefox, install_folder, install_online
from site_src.translate.engines.libretranslate import LibreTranslate, ServerError
from site_src.translate.packages import PackageError, find_packages
from site_src.translate.packages.manage import remove, verify

PAIRS = [tuple(line.split("\t")[:2]) for line in
         (Path(__file__).parent / "argos" / "pairs.tsv").read_text("utf-8").splitlines() if "\t" in line]  # fmt: skip
ENGLISH = dict(PAIRS)


class Server(BaseHTTPRequestHandler):
    """LibreTranslate's interface; `script` holds answers (status, body) to give first, one a request."""

    script: ClassVar[list[tuple[int, Any]]] = []
    asked: ClassVar[list[dict[str, Any]]] = []
    poison: ClassVar[str] = ""
    key: ClassVar[str] = ""

    def do_GET(self) -> None:
        if self.path == "/languages":
            self.answer(200, [{"code": "ar", "name": "Arabic", "targets": ["ar", "en"]}, {"code": "en", "targets": []}])
        elif self.path == "/spec":
            self.answer(200, {"info": {"version": "1.9.6", "title": "LibreTranslate"}})
        else:
            self.answer(404, {"error": "Not found"})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(asked)
        if self.script:
            self.answer(*self.script.pop(0))
        elif self.key and asked.get("api_key") != self.key:
            self.answer(403, {"error": "Invalid API key"})
        elif self.poison and self.poison in asked["q"]:
            self.answer(500, {"error": "Cannot translate text: out of range"})
        else:
            self.answer(200, {"translatedText": [ENGLISH.get(text, "?") for text in asked["q"]]})

    def answer(self, status: int, body: Any) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    Server.script, Server.asked, Server.poison, Server.key = [], [], "", ""
    slept: list[float] = []
    monkeypatch.setattr(libretranslate, "sleep", slept.append)
    monkeypatch.delenv(libretranslate.KEY, raising=False)
    with serve(Server) as port:
        yield f"http://127.0.0.1:{port}/"


def engine(url: str, **options: Any) -> LibreTranslate:
    return LibreTranslate(Translation(engines=("libretranslate",), server=url, **options))


def outputs(made: Any, *sentences: str) -> list[Output]:
    return [output for _, output in sorted(chain.from_iterable(made.translate(sentences, "ar", "en")))]


def test_a_server_is_named_with_its_version_and_translates_in_batches(server: str) -> None:
    assert engine(server).describe("ar", "en") == "LibreTranslate 1.9.6"
    arabic = [source for source, _ in PAIRS[:40]]
    assert [output.text for output in outputs(engine(server), *arabic)] == [ENGLISH[source] for source in arabic]
    assert [len(asked["q"]) for asked in Server.asked] == [16, 16, 8]


def test_a_pair_that_the_server_does_not_translate_is_refused_by_name(server: str) -> None:
    with pytest.raises(ServerError, match="does not translate en to ar; install that model there"):
        engine(server).describe("en", "ar")


def test_a_server_that_is_busy_is_asked_again(server: str) -> None:
    Server.script = [(503, {"error": "starting"}), (429, {"error": "Slowdown: 80 per 1 minute"})]
    assert outputs(engine(server), PAIRS[0][0])[0].text == PAIRS[0][1]
    assert len(Server.asked) == 3


def test_a_server_that_stays_busy_ends_in_a_sentence_that_says_so(server: str) -> None:
    Server.script = [(503, {"error": "starting"})] * 9
    with pytest.raises(ServerError, match=r"did not answer in 4 tries \(503: starting\).*translation\.server"):
        outputs(engine(server), PAIRS[0][0])


def test_one_sentence_that_breaks_the_model_does_not_take_its_batch_with_it(server: str) -> None:
    Server.poison = PAIRS[3][0]
    done = outputs(engine(server), *(source for source, _ in PAIRS[:6]))
    assert [output.text for output in done] == [english if n != 3 else "" for n, (_, english) in enumerate(PAIRS[:6])]
    assert done[3].why == "500: Cannot translate text: out of range"


def test_a_server_that_breaks_at_every_sentence_stops_the_run_instead_of_blaming_the_sentences(server: str) -> None:
    Server.script = [(500, b"<h1>Internal Server Error</h1>")] * 9
    with pytest.raises(ServerError, match="fails at every sentence"):
        outputs(engine(server), PAIRS[0][0], PAIRS[1][0])


def test_the_key_comes_from_the_environment_and_a_wrong_one_is_said(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Server.key = "open sesame"
    with pytest.raises(ServerError, match=r"denies access \(403: Invalid API key\); .*MUJAZ_SERVER_KEY"):
        outputs(engine(server), PAIRS[0][0])
    monkeypatch.setenv(libretranslate.KEY, "open sesame")
    assert outputs(engine(server), PAIRS[0][0])[0].text == PAIRS[0][1]


@pytest.mark.parametrize(
    "body", [b"[]", b"<html>", b'{"translatedText": "one"}', b'{"translatedText": []}', b"[" * 9999]
)
def test_an_answer_that_is_no_translation_is_refused(server: str, body: bytes) -> None:
    Server.script = [(200, body)] * 9
    with pytest.raises(ServerError):
        outputs(engine(server), PAIRS[0][0])


def test_a_redirect_is_not_followed_with_the_key(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(libretranslate.KEY, "secret")
    Server.script = [(302, b"")] * 9
    with pytest.raises(ServerError, match="answered 302"):
        outputs(engine(server), PAIRS[0][0])
    assert len(Server.asked) == 1


def test_an_overlong_sentence_is_never_sent(server: str) -> None:
    done = outputs(
        engine(server, max_source_words=3), "كلمة " * 4, PAIRS[0][0] if len(PAIRS[0][0].split()) < 4 else "نعم"
    )
    assert "longer than 3 words" in done[0].why
    assert len(Server.asked) == 1


def test_a_server_that_is_not_there_is_named(server: str) -> None:
    with pytest.raises(ServerError, match=r"http://127\.0\.0\.1:9 did not answer"):
        engine("http://127.0.0.1:9").describe("ar", "en")


@pytest.mark.parametrize(
    ("translation", "mistake"),
    [
        ('engines = ["libretranslate"]', "translation.server: is missing"),
        ('server = "http://translate.example.org"', "must begin with https://"),
        ('server = "ftp://127.0.0.1"', "must begin with https://"),
        ('server = "https://[::1"', "must begin with https://"),
        ('engines = ["google"]', "translation.engines"),
    ],
)
def test_a_wrong_server_or_engine_is_a_mistake_of_the_settings(translation: str, mistake: str) -> None:
    with pytest.raises(SettingsError, match=mistake):
        parse_settings(f"[translation]\n{translation}")


@pytest.mark.parametrize("server", ["https://translate.example.org", "http://localhost:5000", "http://10.0.0.5:5000/"])
def test_a_server_may_be_near_or_speak_https(server: str) -> None:
    assert parse_settings(f'[translation]\nserver = "{server}"').translation.server == server


def model_files(folder: Path) -> Path:
    """What a Firefox model looks like from outside."""
    folder.mkdir(parents=True)
    for name in ("model.aren.intgemm.alphas.bin", "vocab.aren.spm", "lex.50.50.aren.s2t.bin"):
        (folder / name).write_bytes(name.encode())
    return folder


class Dictionary:
    """Stands in for `fxtranslate.Translator` over a model that it would accept."""

    def __init__(self, model: bytes, source: bytes, target: bytes, shortlist: bytes | None):
        assert source == target == b"vocab.aren.spm"
        assert shortlist

    def translate(self, text: str) -> str:
        return ENGLISH[text]


def test_files_that_are_no_model_are_refused_by_the_library_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="cannot be loaded"):
        install_folder(model_files(tmp_path / "given"), "ar", "en", tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []
    assert not (tmp_path / "models.lock").exists()


def test_a_folder_without_a_model_says_what_belongs_there(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"model\.\*\.bin"):
        install_folder(tmp_path, "ar", "en", tmp_path / "models")


def test_a_model_is_recorded_named_by_its_checksum_and_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fxtranslate, "Translator", Dictionary)
    settings = Translation(engines=("firefox", "argos"))
    assert first_engine(settings, tmp_path, "ar", "en") is None
    key = install_folder(model_files(tmp_path / "given"), "ar", "en", tmp_path / "models")
    found = first_engine(settings, tmp_path, "ar", "en")
    assert isinstance(found, Firefox)
    assert found.describe("ar", "en").startswith(
        f"Firefox Translations, fxtranslate {firefox.library_version()}, ar-en"
    )
    assert [output.text for output in outputs(found, *(source for source, _ in PAIRS[:20]))] == [
        e for _, e in PAIRS[:20]
    ]
    assert verify(tmp_path / "models") == ((key, ""),)
    assert find_packages(tmp_path / "models").broken == ()
    (tmp_path / "models" / key / "vocab.aren.spm").write_bytes(b"changed")
    with pytest.raises(PackageError, match="not what was installed"):
        outputs(found, PAIRS[0][0])
    remove(key, tmp_path / "models")
    assert not (tmp_path / "models" / key).exists()


def test_another_model_does_not_take_the_place_of_the_recorded_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fxtranslate, "Translator", Dictionary)
    given = model_files(tmp_path / "given")
    install_folder(given, "ar", "en", tmp_path / "models")
    (given / "model.aren.intgemm.alphas.bin").write_bytes(b"other")
    with pytest.raises(PackageError, match=r"models\.lock"):
        install_folder(given, "ar", "en", tmp_path / "models")


@pytest.mark.parametrize("records", [b"no json", b'{"data": []}'])
def test_a_service_that_offers_no_model_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, records: bytes
) -> None:
    class Records(Server):
        def do_GET(self) -> None:
            self.answer(200, records)

    with serve(Records) as port:
        monkeypatch.setenv("FXTRANSLATE_RECORDS_URL", f"http://127.0.0.1:{port}/records")
        with pytest.raises(PackageError, match="could not be fetched"):
            install_online("ar", "en", tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_without_a_model_the_engine_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="models install --engine firefox --from ar --to en"):
        Firefox(Translation(), tmp_path).describe("ar", "en")
