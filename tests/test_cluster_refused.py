"""What a cluster cannot do ends in one sentence and leaves the old site; TLS and shared storage."""

import operator
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from support_cluster import HERE, Room, end, inputs, make_desk, room_in, until, works
from support_site import ROOT, tree

from site_src.cli import main
from site_src.errors import MujazError
from site_src.pipeline import cluster, scheduler
from site_src.pipeline.cluster import Cluster
from site_src.pipeline.scheduler import Program, difference
from site_src.pipeline.spread import Spread
from site_src.settings import Translation
from site_src.translate.engines import EngineError
from site_src.translate.engines.argos import Argos

pytest.importorskip("distributed", reason="the optional package `distributed` is not installed")
config = pytest.importorskip("dask.config")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def site(desk: Path, tmp_path: Path) -> Path:
    """With a site of an earlier build."""
    made = shutil.copytree(desk, tmp_path / "site")
    (made / "_site").mkdir()
    (made / "_site" / "old.html").write_text("old")
    return made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Room]:
    """A scheduler that no worker has joined yet."""
    folder = tmp_path / "room"
    folder.mkdir()
    with room_in(folder) as made:
        yield made


def answer(address: str) -> list[object]:
    by = Cluster(address)
    try:
        return list(by.each(works(operator.mul, 3), inputs(1, 2)))
    finally:
        by.close()


def refusal(address: str) -> str:
    with pytest.raises(MujazError) as caught:
        answer(address)
    return str(caught.value)


def untouched(site: Path, before: dict[str, bytes]) -> bool:
    return {name: text for name, text in tree(site).items() if not name.startswith(".cache/")} == before


# ---- before a build --------------------------------------------------------------------------------------------------


def test_a_scheduler_that_is_not_there_is_one_sentence_and_nothing_is_written(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scheduler, "CONNECT", 2.0)
    before = tree(site)
    assert main(["build", "--config", str(site / "site.toml"), "--scheduler", "tcp://127.0.0.1:1"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("tcp://127.0.0.1:1: no Dask scheduler answers (")
    assert "or build without --scheduler" in said and "Traceback" not in said
    assert untouched(site, before)


def test_a_program_that_takes_a_call_in_silence_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "CONNECT", 2.0)
    assert "no Dask scheduler answers (what is there keeps silent)" in refusal_of_silence("tcp")


def refusal_of_silence(protocol: str) -> str:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        return refusal(f"{protocol}://127.0.0.1:{silent.getsockname()[1]}")


@pytest.mark.parametrize(
    "typed", ["HOST:8786", "http://a:1", "tcp://a", "tcp://a:x", "tcp://a:0", "tcp://a:65536", "tcp://a:1/b", ""]
)
def test_an_address_that_is_none_is_refused(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["build", f"--scheduler={typed}"])
    assert left.value.code == 2
    assert f"{typed} is no address of a scheduler; write it like tcp://HOST:8786" in capsys.readouterr().err


def strange_python(folder: Path) -> Path:
    """Makes a Python that looks in this folder call itself another."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text('import sys\nsys.version = "3.99.0 (main) [C]"\n', "utf-8")
    return folder


def strange_code(folder: Path) -> Path:
    shutil.copytree(ROOT / "site_src", folder / "site_src", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "site_src" / "tables" / "more.toml").touch()
    return folder


def test_workers_that_are_missing_or_run_another_program_are_refused_and_told_why(
    tmp_path: Path, empty: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as impatient:
        impatient.setattr(scheduler, "JOIN", 0.5)
        assert refusal(empty.address).startswith(f"{empty.address}: the scheduler has no worker. Nothing was changed.")
    for paths, why in (
        ((strange_code(tmp_path / "code"), HERE), "has one file more: site_src/tables/more.toml."),
        ((strange_python(tmp_path / "python"), ROOT, HERE), "has Python 3.99.0 (main) [C] for 3."),
        ((), "does not find this version of Mujaz ("),
    ):
        worker = empty.worker("--no-nanny", paths=paths)
        with empty.client(workers=1) as client:
            said = refusal(empty.address)
            assert said.startswith("What runs elsewhere must be what runs here, but tcp://127.0.0.1:")
            assert why in said and "Install the same there, start it again, and build again" in said
            end(worker)
            until(lambda client=client: not client.nthreads(), "the worker is still there")


def test_a_scheduler_without_the_program_is_refused(tmp_path: Path) -> None:
    with room_in(tmp_path, paths=()) as room:
        room.worker("--no-nanny")
        with room.client(workers=1):
            assert f"but the scheduler {room.address} does not find this version of Mujaz (" in refusal(room.address)


def test_a_difference_is_told_by_name_and_a_library_more_is_none() -> None:
    here = Program("3.11.2", (("site_src/a.py", "1"), ("site_src/b.py", "2")), (("babel", "2.17"), ("lxml", "5.3")))
    assert difference(here, here) == ""
    assert difference(Program("3.11.2", here.files, (*here.libraries, ("s3fs", "1"))), here) == ""
    there = Program("3.12.1", (("site_src/a.py", "9"),), (("babel", "2.16"), ("lxml", "5.3")))
    told = "has Python 3.12.1 for 3.11.2, babel 2.16 for 2.17, another site_src/a.py and 1 more"
    assert difference(there, here) == told


# ---- during a build --------------------------------------------------------------------------------------------------


def test_a_build_whose_workers_all_die_says_so_and_leaves_the_old_site(
    site: Path, empty: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1.0)
    workers = [empty.worker("--no-nanny"), empty.worker("--no-nanny")]
    assert ended(site, empty, lambda: [end(worker) for worker in workers]) == 1
    assert f"{empty.address}: no worker is left. Nothing was published." in capsys.readouterr().err
    assert tree(site / "_site") == {"old.html": b"old"}


def test_a_build_whose_scheduler_dies_says_so_and_leaves_the_old_site_and_workers_leave_nothing(
    site: Path, empty: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    empty.worker()
    assert ended(site, empty, lambda: end(empty.scheduler)) == 1
    assert f"{empty.address}: the connection to the scheduler was lost (" in capsys.readouterr().err
    assert tree(site / "_site") == {"old.html": b"old"}
    empty.leave()
    assert tree(empty.folder / "cwd") == {}
    assert not [path for path in (empty.folder / "temporary").rglob("*") if path.is_file() and "lock" not in path.name]


def ended(site: Path, room: Room, act: Callable[[], object]) -> int:
    """The exit code of a build in whose midst something happens."""
    with room.client(workers=1), room.midway(lambda _: act()):
        return main(["build", "--config", str(site / "site.toml"), "--scheduler", room.address])


# ---- TLS, shared storage ---------------------------------------------------------------------------------------------


@pytest.fixture
def certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an authority and a certificate by it, named in the environment as the how-to names them."""
    if not shutil.which("openssl"):
        pytest.skip("the program openssl, which makes certificates, is not here")
    for line in (
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=desk",
        "req -newkey rsa:2048 -nodes -keyout own.key -out own.csr -subj /CN=127.0.0.1",
        "x509 -req -in own.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out own.pem -days 2",
    ):
        subprocess.run(["openssl", *line.split()], cwd=tmp_path, check=True, capture_output=True)
    comm = "DASK_DISTRIBUTED__COMM__"
    monkeypatch.setenv(f"{comm}REQUIRE_ENCRYPTION", "True")
    monkeypatch.setenv(f"{comm}TLS__CA_FILE", str(tmp_path / "ca.pem"))
    for part in ("CLIENT", "SCHEDULER", "WORKER"):
        monkeypatch.setenv(f"{comm}TLS__{part}__CERT", str(tmp_path / "own.pem"))
        monkeypatch.setenv(f"{comm}TLS__{part}__KEY", str(tmp_path / "own.key"))
    config.refresh()
    yield tmp_path
    monkeypatch.undo()
    config.refresh()


def test_over_tls_only_who_has_a_certificate_is_heard(
    certificates: Path, empty_tls: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_tls.worker("--no-nanny")
    with empty_tls.client(workers=1):
        assert answer(empty_tls.address) == [3, 6]
    monkeypatch.setattr(scheduler, "CONNECT", 2.0)
    assert "no Dask scheduler answers (" in refusal_of_silence("tls")
    plain = empty_tls.address.replace("tls", "tcp")
    assert refusal(plain).startswith(f"{plain}: no Dask scheduler answers (")
    with config.set({f"distributed.comm.tls.client.{kind}": None for kind in ("cert", "key")}):
        assert refusal(empty_tls.address).startswith(f"{empty_tls.address}: no Dask scheduler answers (")


@pytest.fixture
def empty_tls(certificates: Path) -> Iterator[Room]:
    (certificates / "room").mkdir()
    with room_in(certificates / "room", "tls") as made:
        yield made


def archive(site: Path, path: Path, readme: str = "") -> None:
    """The folder `models` of the site as a zip file, with another README when there is one."""
    with ZipFile(path, "w") as made:
        for name, held in tree(site / "models").items():
            made.writestr(f"models/{name}", readme if readme and name.endswith("README.md") else held)


def translated(engine: Argos, room: Room) -> list[object]:
    by = Cluster(room.address)
    try:
        return sorted(pair for part in Spread(engine, by).translate(["قمة", "عقد"], "ar", "en") for pair in part)
    finally:
        by.close()


def test_workers_copy_the_models_from_shared_storage_and_refuse_what_is_not_in_models_lock(
    site: Path, tmp_path: Path, empty: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUJAZ_MODELS", f"zip://models::file://{tmp_path}/models.zip")
    engine = Argos(Translation(), site)
    here = sorted(pair for part in engine.translate(["قمة", "عقد"], "ar", "en") for pair in part)
    archive(site, tmp_path / "models.zip")
    worker = empty.worker("--no-nanny")
    with empty.client(workers=1) as client:
        assert translated(engine, empty) == here
        assert list((empty.folder / "temporary").rglob("translate-ar_en-0_1"))
        end(worker)
        until(lambda: not client.nthreads(), "the worker is still there")

    archive(site, tmp_path / "models.zip", readme="another")
    empty.worker("--no-nanny")
    with empty.client(workers=1):
        with pytest.raises(EngineError, match=r"cannot be used: .* README\.md differ from models\.lock"):
            translated(engine, empty)
        (tmp_path / "models.zip").unlink()
        with pytest.raises(EngineError, match=r"^the models at zip://models::file://.* cannot be used: "):
            translated(engine, empty)
