"""Model packages: installed whole or not at all, from files and from an index that may break off, lie or be away."""

import hashlib
import json
import ssl
import stat
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import OpenerDirector

import pytest
from support_site import empty_site, run

from site_src.translate.packages import PackageError, find_package, find_packages, manage
from site_src.translate.packages.download import DownloadError, fetch, https_opener
from site_src.translate.packages.index import index_url
from site_src.translate.packages.lock import lock_path, read_lock
from site_src.translate.waiting import waiting_note

HERE = Path(__file__).parent / "argos"
TINY = HERE / "tiny.argosmodel"


@pytest.fixture(autouse=True)
def no_package_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "users"))


def repacked(target: Path, change: dict[str, bytes | None], folder: str = "translate-ar_en-0_1") -> Path:
    """The tiny package with members changed (None: left out) or added."""
    with zipfile.ZipFile(TINY) as old, zipfile.ZipFile(target, "w") as new:
        members = {name: old.read(name) for name in old.namelist()}
        members |= {f"{folder}/{name}": content for name, content in change.items()}
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content)
    return target


def metadata(**change: str) -> bytes:
    told = {"package_version": "0.1", "from_code": "ar", "from_name": "Arabic", "to_code": "en", "to_name": "English"}
    return json.dumps(told | change).encode()


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_package_is_installed_recorded_and_verified(tmp_path: Path) -> None:
    package = manage.install_file(TINY, tmp_path / "models")
    assert package.title == "Argos Translate, Arabic-English package 0.1"
    assert left_behind(tmp_path / "models") == ["translate-ar_en-0_1"]
    assert read_lock(tmp_path / "models")[package.key].sha256 == hashlib.sha256(TINY.read_bytes()).hexdigest()
    assert manage.verify(tmp_path / "models") == ((package.key, ""),)
    assert find_package(tmp_path / "models", "ar", "en") == package


def test_installing_again_replaces_the_package(tmp_path: Path) -> None:
    first = manage.install_file(TINY, tmp_path / "models")
    (first.folder / "README.md").write_text("changed", "utf-8")
    assert "README.md" in manage.verify(tmp_path / "models")[0][1]
    assert manage.verify(manage.install_file(TINY, tmp_path / "models").folder.parent)[0][1] == ""


def test_another_file_under_a_recorded_name_is_refused(tmp_path: Path) -> None:
    manage.install_file(TINY, tmp_path / "models")
    manage.remove("translate-ar_en-0_1", tmp_path / "models")
    with pytest.raises(PackageError, match=r"is not the translate-ar_en-0_1 of models\.lock"):
        manage.install_file(repacked(tmp_path / "x.argosmodel", {"README.md": b"other"}), tmp_path / "models")
    assert left_behind(tmp_path / "models") == []


def test_removing_leaves_the_rest_and_the_record(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    manage.install_file(TINY, folder)
    manage.install_file(repacked(tmp_path / "x.argosmodel", {"metadata.json": metadata(to_code="fr")}), folder)
    manage.remove("translate-ar_en-0_1", folder)
    assert left_behind(folder) == ["translate-ar_fr-0_1"]
    assert set(read_lock(folder)) == {"translate-ar_en-0_1", "translate-ar_fr-0_1"}


@pytest.mark.parametrize("key", ["translate-de_en-1_0", "..", ".", "", "../models", ".hidden", "a/b"])
def test_only_a_package_of_the_project_can_be_removed(tmp_path: Path, key: str) -> None:
    manage.install_file(TINY, tmp_path / "models")
    with pytest.raises(PackageError, match="installed: translate-ar_en-0_1"):
        manage.remove(key, tmp_path / "models")
    assert left_behind(tmp_path) == ["models", "models.lock"]


BAD_METADATA = [
    b"{", b"[]", b"\xff\xfe", b"[" * 100_000, metadata(from_code="../x"), metadata(package_version="1/2"),
    metadata(to_code=""), metadata(type="sbd"),
]  # fmt: skip


@pytest.mark.parametrize("told", BAD_METADATA, ids=range(len(BAD_METADATA)))
def test_metadata_that_cannot_be_trusted_is_refused(tmp_path: Path, told: bytes) -> None:
    with pytest.raises(PackageError):
        manage.install_file(repacked(tmp_path / "x.argosmodel", {"metadata.json": told}), tmp_path / "models")
    assert left_behind(tmp_path / "models") == []
    assert not lock_path(tmp_path / "models").exists()


@pytest.mark.parametrize("missing", ["metadata.json", "sentencepiece.model", "model/model.bin", "model/config.json"])
def test_a_package_without_one_of_its_parts_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(PackageError):
        manage.install_file(repacked(tmp_path / "x.argosmodel", {missing: None}), tmp_path / "models")
    assert left_behind(tmp_path / "models") == []


@pytest.mark.parametrize("part", ["model/model.bin", "sentencepiece.model"])
def test_a_model_that_is_cut_off_is_found_before_it_is_used(tmp_path: Path, part: str) -> None:
    with zipfile.ZipFile(TINY) as tiny:
        half = tiny.read(f"translate-ar_en-0_1/{part}")[: -len(part) * 400]
    with pytest.raises(PackageError, match="cannot be loaded"):
        manage.install_file(repacked(tmp_path / "x.argosmodel", {part: half}), tmp_path / "models")
    assert left_behind(tmp_path / "models") == []


def test_a_package_that_the_site_has_no_use_for_is_said_to_be_none(tmp_path: Path) -> None:
    site = empty_site(tmp_path)
    other = repacked(tmp_path / "x.argosmodel", {"metadata.json": metadata(from_code="fr", to_code="de")})
    for package, told in ((TINY, "The next build translates what waits."), (other, "does not translate fr to de.")):
        said = run("models", "install", "--file", str(package), "--config", str(site / "site.toml")).stdout
        assert told in said


def test_the_doctor_tells_of_a_package_that_changed(tmp_path: Path) -> None:
    site = empty_site(tmp_path)
    run("models", "install", "--file", str(TINY), "--config", str(site / "site.toml"))
    doctor = ("doctor", "--config", str(site / "site.toml"))
    assert "not what was installed" not in run(*doctor).stdout
    (site / "models" / "translate-ar_en-0_1" / "model" / "model.bin").write_bytes(b"cut")
    (told,) = [line for line in run(*doctor).stdout.splitlines() if "not what was installed" in line]
    assert told.startswith("note ") and "Remove it with" in told


def evil(path: Path, name: str, mode: int = 0o100644) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr = mode << 16
        archive.writestr(member, b"x")
    return path


@pytest.mark.parametrize(
    "name", ["../evil/x", "/evil/x", "a/../../x", "a\\..\\x", "C:/evil/x", "alone", "a/.hidden", "a/" + "n" * 300]
)
def test_a_path_that_leads_elsewhere_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackageError, match=r"^x\.argosmodel holds .*, which"):
        manage.install_file(evil(tmp_path / "x.argosmodel", name), tmp_path / "models")
    assert left_behind(tmp_path) == ["models", "x.argosmodel"]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_only_regular_files_are_unpacked(tmp_path: Path, kind: int) -> None:
    with pytest.raises(PackageError, match="is no regular file"):
        manage.install_file(evil(tmp_path / "x.argosmodel", "a/link", kind | 0o777), tmp_path / "models")


def test_an_archive_with_too_many_files_is_refused(tmp_path: Path) -> None:
    many = repacked(tmp_path / "x.argosmodel", {f"more/{n}": b"" for n in range(600)})
    with pytest.raises(PackageError, match="500 are allowed"):
        manage.install_file(many, tmp_path / "models")


def test_an_archive_that_would_fill_the_disk_is_refused_by_its_list(tmp_path: Path) -> None:
    path = repacked(tmp_path / "x.argosmodel", {})
    content = bytearray(path.read_bytes())
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = (3_000_000_000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(PackageError, match="bytes; 2,000,000,000 are allowed"):
        manage.install_file(path, tmp_path / "models")


@pytest.mark.parametrize("content", [b"", b"no archive", TINY.read_bytes()[:-5000]])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.argosmodel").write_bytes(content)
    with pytest.raises(PackageError, match="cannot be unpacked"):
        manage.install_file(tmp_path / "x.argosmodel", tmp_path / "models")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"nowhere\.argosmodel is not there"):
        manage.install_file(tmp_path / "nowhere.argosmodel", tmp_path / "models")


def test_foreign_and_half_made_folders_never_hide_the_good_ones(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    manage.install_file(TINY, folder)
    (folder / "empty").mkdir()
    (folder / ".unpacking-left-by-a-crash").mkdir()
    (folder / "half").mkdir()
    (folder / "half" / "metadata.json").write_bytes(metadata())
    (folder / "stray.txt").write_text("x", "utf-8")
    found = find_packages(folder)
    assert [package.key for package in found.packages] == ["translate-ar_en-0_1"]
    assert [text.split()[0] for text in found.broken] == ["empty", "half"]


def test_the_projects_package_goes_before_the_users_even_if_that_is_newer(tmp_path: Path) -> None:
    newer = repacked(tmp_path / "x.argosmodel", {"metadata.json": metadata(package_version="9.0")})
    theirs = manage.install_file(newer, tmp_path / "users")
    assert find_package(tmp_path / "models", "ar", "en").version == "9.0"
    ours = manage.install_file(TINY, tmp_path / "models")
    found = find_packages(tmp_path / "models").packages
    assert [(package.folder, package.in_site) for package in found] == [(ours.folder, True), (theirs.folder, False)]


# Downloads: a real server on the loopback address, with a certificate of its own.


@dataclass
class Shop:
    """What the server offers and how badly it behaves."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    break_after: int | None = None
    redirect: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)


def handler(shop: Shop) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            shop.requests.append((self.path, wanted))
            if shop.redirect and self.path.endswith(".argosmodel"):
                self.send_response(302)
                self.send_header("Location", shop.redirect)
                self.end_headers()
            elif self.path in shop.files:
                self.give(shop.files[self.path], int(wanted.removeprefix("bytes=").rstrip("-") or 0))
            else:
                self.send_error(404)

        def give(self, content: bytes, start: int) -> None:
            self.send_response(206 if start else 200)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            end = None if shop.break_after is None else start + shop.break_after
            self.wfile.write(content[start:end])

    return Handler


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(shop))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / "loopback.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    shop.url = f"https://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield shop
    server.shutdown()
    server.server_close()


@pytest.fixture
def opener() -> OpenerDirector:
    return https_opener(ssl.create_default_context(cafile=HERE / "loopback.pem"))


def stock(shop: Shop, **change: object) -> None:
    offer = {"type": "translate", "from_code": "ar", "to_code": "en", "package_version": "0.1",
             "links": ["ipfs://nothing", "http://127.0.0.1/x", f"{shop.url}/gone.argosmodel",
                       f"{shop.url}/tiny.argosmodel"]}  # fmt: skip
    older = offer | {"package_version": "0.0.9", "links": [f"{shop.url}/older.argosmodel"]}
    shop.files |= {"/index.json": json.dumps([{"type": "sbd"}, "x", older, offer | change]).encode(),
                   "/tiny.argosmodel": TINY.read_bytes()}  # fmt: skip


def test_the_newest_package_of_the_pair_is_fetched_and_installed(
    tmp_path: Path, shop: Shop, opener: OpenerDirector
) -> None:
    stock(shop)
    seen: list[tuple[int, int | None]] = []
    index = f"{shop.url}/index.json"
    package = manage.install("ar", "en", tmp_path / "models", opener, lambda *now: seen.append(now), index)
    assert manage.verify(tmp_path / "models") == ((package.key, ""),)
    assert seen[-1] == (TINY.stat().st_size, TINY.stat().st_size)
    assert left_behind(tmp_path / "models") == ["translate-ar_en-0_1"]
    assert [path for path, _ in shop.requests] == ["/index.json", "/gone.argosmodel", "/tiny.argosmodel"]


def test_a_download_that_breaks_off_is_continued_where_it_stopped(
    tmp_path: Path, shop: Shop, opener: OpenerDirector
) -> None:
    stock(shop)
    shop.break_after = 100_000
    target = tmp_path / "x"
    with pytest.raises(DownloadError, match="broke off after 300,000 of"):
        fetch(f"{shop.url}/tiny.argosmodel", target, 10**6, opener)
    shop.break_after = None
    fetch(f"{shop.url}/tiny.argosmodel", target, 10**6, opener)
    assert target.read_bytes() == TINY.read_bytes()
    assert [start for _, start in shop.requests] == ["", "bytes=100000-", "bytes=200000-", "bytes=300000-"]


def test_a_file_longer_than_allowed_is_not_stored(tmp_path: Path, shop: Shop, opener: OpenerDirector) -> None:
    stock(shop)
    with pytest.raises(DownloadError, match="1,000 are allowed"):
        fetch(f"{shop.url}/tiny.argosmodel", tmp_path / "x", 1000, opener)
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("address", ["http://127.0.0.1/x", "file:///etc/hostname", "ftp://127.0.0.1/x"])
def test_only_https_is_spoken(tmp_path: Path, address: str, shop: Shop, opener: OpenerDirector) -> None:
    with pytest.raises(DownloadError, match="is not an https address"):
        fetch(address, tmp_path / "x", 1000, opener)
    stock(shop)
    shop.redirect = address
    with pytest.raises(DownloadError, match=r"is not an https address|is not allowed"):
        fetch(f"{shop.url}/tiny.argosmodel", tmp_path / "x", 10**6, opener)


def test_a_certificate_that_nobody_vouches_for_ends_the_download(tmp_path: Path, shop: Shop) -> None:
    stock(shop)
    with pytest.raises(DownloadError, match="CERTIFICATE_VERIFY_FAILED"):
        fetch(f"{shop.url}/tiny.argosmodel", tmp_path / "x", 10**6, https_opener())


def test_offline_says_in_one_sentence_what_to_do(tmp_path: Path, opener: OpenerDirector) -> None:
    with pytest.raises(DownloadError, match=r"cannot be reached.*models install --file X\.argosmodel"):
        manage.install("ar", "en", tmp_path / "models", opener, url="https://127.0.0.1:9/index.json")
    assert left_behind(tmp_path / "models") == []


@pytest.mark.parametrize(
    "index",
    [b"", b"{}", b"[" * 50_000, b"\xff", b'[{"from_code": "ar", "to_code": "en", "package_version": "1", "links": 5}]'],
)
def test_an_index_that_makes_no_sense_is_refused(
    tmp_path: Path, shop: Shop, opener: OpenerDirector, index: bytes
) -> None:
    shop.files["/index.json"] = index
    with pytest.raises((DownloadError, PackageError), match="index"):
        manage.install("ar", "en", tmp_path / "models", opener, url=f"{shop.url}/index.json")


def test_a_package_for_another_direction_is_not_taken(tmp_path: Path, shop: Shop, opener: OpenerDirector) -> None:
    stock(shop)
    with pytest.raises(PackageError, match="no package that translates en to ar"):
        manage.install("en", "ar", tmp_path / "models", opener, url=f"{shop.url}/index.json")


def test_the_index_is_the_one_that_argos_uses() -> None:
    assert index_url().startswith("https://")
    assert index_url().endswith("index.json")


@pytest.mark.parametrize(
    ("count", "installed", "sentence"),
    [
        (0, False, ""),
        (4, False, "4 sentences wait. Translate them here (about 82 MB, once): "
                   "`python3 build.py models install`, then build again."),
        (1, True, "1 sentence waits. Translate it: `python3 build.py translate`, then build again."),
    ],
)  # fmt: skip
def test_a_build_that_leaves_sentences_says_how_to_translate_them(count: int, installed: bool, sentence: str) -> None:
    assert waiting_note(count, installed, "ar", "en") == sentence


def test_a_package_for_another_pair_than_the_usual_is_named_by_its_languages() -> None:
    assert "them here: `python3 build.py models install --to fr`, then" in waiting_note(4, False, "ar", "fr")
    assert "`python3 build.py models install --from fa`" in waiting_note(4, False, "fa", "en")


def test_a_site_without_engine_is_not_told_to_install_a_package() -> None:
    note = waiting_note(2, False, "ar", "en", engines=())
    assert "models install" not in note
    assert "by hand in content/translations" in note
    assert "firefox" in waiting_note(2, False, "ar", "en", engines=("firefox",))


def test_sentences_that_the_engine_could_not_translate_are_a_persons_work() -> None:
    assert "by hand" in waiting_note(2, True, "ar", "en", refused=2)
    assert "by hand" not in waiting_note(2, True, "ar", "en", refused=1)
