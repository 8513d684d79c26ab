"""What is typed wrongly is answered with what was meant, and nothing runs."""

import shutil
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from support_site import empty_site

from site_src.cli import main
from site_src.errors import command

ROOT = Path(__file__).parent.parent
BUILD = Path(__file__).parent.parent / "build.py"


def answer(*arguments: str) -> tuple[int, str]:
    run = subprocess.run([sys.executable, str(BUILD), *arguments], capture_output=True, text=True, timeout=60)
    return run.returncode, run.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("bulid",), "Did you mean build?"),
        (("models", "instal"), "Did you mean install?"),
        (("names", "sugest"), "Did you mean suggest?"),
        (("new", "artcle"), "Did you mean article?"),
        (("build", "--frozn"), "Did you mean --frozen?"),
        (("--strit",), "Did you mean --strict?"),
        (("export", "--frmat=md"), "Did you mean --format?"),
        (("export", "--format", "htm"), "Did you mean html?"),
    ],
)
def test_a_word_that_is_nearly_right_is_answered_with_the_right_one(typed: tuple[str, ...], meant: str) -> None:
    code, said = answer(*typed)
    assert code == 2
    assert meant in said
    assert "Traceback" not in said


def test_a_word_like_no_other_is_answered_with_where_to_look() -> None:
    code, said = answer("export", "--format", "xyz")
    assert code == 2
    assert "html, md" in said
    assert "python3 build.py export --help` lists what there is" in said


@pytest.mark.parametrize("port", ["0", "-1", "65536", "8k"])
def test_a_port_that_no_machine_has_is_refused_before_anything_is_built(port: str) -> None:
    code, said = answer("serve", f"--port={port}")
    assert code == 2
    assert f"{port} is no port; write one from 1 to 65535" in said


def test_a_port_that_another_program_has_is_told_before_anything_is_built(tmp_path: Path) -> None:
    site = empty_site(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = [sys.executable, str(BUILD), "serve", f"--port={port}", "--config", str(site / "site.toml")]
        said = subprocess.run(run, capture_output=True, text=True, timeout=60)
    assert (said.returncode, said.stdout) == (1, "")
    assert f"Port {port} cannot be used" in said.stderr and "--port" in said.stderr
    assert not (site / ".cache").exists()


def test_a_command_that_needs_an_action_says_so() -> None:
    code, said = answer("models")
    assert code == 2
    assert "ACTION" in said


@pytest.mark.parametrize("typed", [("--debug", "status"), ("--strict", "translate", "--redo"), ("check", "serve")])
def test_a_command_behind_options_is_told_where_it_stands(typed: tuple[str, ...]) -> None:
    code, said = answer(*typed)
    assert code == 2
    assert f"The command stands before its options: `python3 build.py {typed[1]} ...`" in said


def test_an_option_of_setting_up_is_told_what_it_stands_with() -> None:
    code, said = answer("models", "list", "--with-model")
    assert code == 2
    assert "--with-model stands with --setup" in said


def test_the_help_names_the_way_to_set_up() -> None:
    said = subprocess.run([sys.executable, str(BUILD), "--help"], capture_output=True, text=True, timeout=60)
    assert "--setup" in said.stdout
    assert "--with-model" in said.stdout


@pytest.mark.parametrize("asked", [("test",), ("test", "--setup"), ("test", "--soak")])
def test_the_checks_of_the_program_are_refused_where_only_a_wheel_is(tmp_path: Path, asked: tuple[str, ...]) -> None:
    shutil.copytree(ROOT / "site_src", tmp_path / "site_src", ignore=shutil.ignore_patterns("__pycache__"))
    code = (
        f"import sys; sys.path += [{str(tmp_path)!r}, {sysconfig.get_path('purelib')!r}]; "
        "from site_src.cli import main; sys.exit(main())"
    )
    call = [sys.executable, "-S", "-c", code, *asked]
    said = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert said.returncode == 2
    assert "in a checkout of Mujaz only" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_a_call_leaves_the_next_of_its_process_nothing_of_the_site_that_it_named(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("", "utf-8")
    call = ["export", "--format", "docx", "--config", str(tmp_path / "site.toml")]
    assert main(call) == 2
    assert command("build") == "`python3 build.py build`"


def test_a_command_told_in_another_folder_than_the_checkout_can_be_typed_there(tmp_path: Path) -> None:
    for folder, typed in ((ROOT, "python3 build.py"), (tmp_path, f"python3 {ROOT / 'build.py'}")):
        call = [sys.executable, str(ROOT / "build.py"), "bild"]
        said = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        assert f"`{typed} --help` lists what there is" in said.stderr


def test_an_unknown_name_in_a_topic_is_told_with_the_file_and_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "names.toml").write_text("", "utf-8")
    site = tmp_path / "mine.toml"
    topic = '[[topics]]\nslug = "a"\ntitle = { en = "A", ar = "أ" }\n[[topics.groups]]\n'
    site.write_text(f'{topic}names = [\n  "atlantis-of-plato",\n]\n', "utf-8")
    assert main(["check", "--config", str(site)]) == 1
    said = capsys.readouterr().err
    assert f"{site}: 1 mistake" in said
    assert "line 6: topics.1.groups.1.names.1: 'atlantis-of-plato' is no id" in said


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with an empty site and files that are not what a command asks for."""
    empty_site(tmp_path / "site")
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").touch()
    (tmp_path / "bytes.tsv").write_bytes(b"\xfe\x00")
    (tmp_path / "one.tsv").write_text("a pair\tanother\nno tab", "utf-8")
    return tmp_path


WRONG = [
    ("build --config folder", 2, "folder: is a folder; --config names the file, such as {}/folder/site.toml."),
    ("memory export none/x.po", 2, "none/x.po: cannot be written: No such file or directory."),
    ("memory import none.po", 2, "none.po: cannot be read: No such file or directory."),
    ("memory import bytes.tsv", 1, "bytes.tsv: The file is neither UTF-8 nor UTF-16"),
    ("memory import one.tsv", 1, "one.tsv: Line 2 has no tab"),
    ("check-pairs none.tsv", 2, "none.tsv: cannot be read: No such file or directory."),
    ("check-pairs bytes.tsv", 2, "bytes.tsv: is not UTF-8 (byte 0); save it as UTF-8."),
    ("inspect folder", 0, "folder: no page is in it."),
    ("inspect empty.txt --sentences -3", 2, "-3 is no number of sentences; write one from 1 to 50."),
    ("models install --file none", 2, "--file none: there is no such file or folder."),
    ("models install --file folder", 1, "folder is a folder; give the path of an .argosmodel file."),
    ("new site empty.txt", 2, "empty.txt: cannot be made a folder (File exists); name another one."),
    ("new site empty.txt/below", 2, "empty.txt/below: cannot be made a folder (Not a directory); name another one."),
    ("new site another --languages=", 2, "write codes with commas between them, such as en,ar."),
    ("new article --from folder", 2, "folder: is a folder; name one file."),
    ("build --cache empty.txt", 2, "empty.txt: is a file; --cache names a folder, which need not be there yet."),
    ("build --out /", 1, "/: is no folder for a site. Nothing was changed; choose another folder with --out."),
    ("export --topic none", 2, "there is no such topic"),
    ("export --since 2025-13-01", 2, "must be a day such as 2025-11-08."),
    ("export --out folder", 2, "--out folder: cannot be written: Is a directory."),
    ("topics explain none", 2, "There is no story 'none'"),
    ("translate none", 2, "There is no story 'none'"),
    ("names add --id none --variant x", 1, "id = 'none': no entry has it"),
    ("names add --kind place --en Xavyol", 2, "Give --id, such as tokayev"),
    ("names add --id xavyol", 2, "Give --kind, --en and --ar of a new name"),
    ("brief close --content folder", 2, "is a bare folder of articles"),
]
OF_NO_SITE = ("check-pairs", "inspect", "new site")


@pytest.mark.parametrize(("typed", "code", "said"), WRONG, ids=[typed for typed, _, _ in WRONG])
def test_what_a_command_cannot_use_is_told_by_name_with_what_to_do(
    typed: str, code: int, said: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk)
    of_site = [] if typed.startswith(OF_NO_SITE) or "--config" in typed else ["--config", "site/site.toml"]
    try:
        given = main([*typed.split(), *of_site])
    except SystemExit as ended:
        given = int(str(ended.code))
    printed = capsys.readouterr()
    assert (given, said.format(desk) in printed.err) == (code, True), printed.err
    assert not any(word in printed.err for word in ("Traceback", "bug of ours", "None", "Errno"))
