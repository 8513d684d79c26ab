"""The first call on a machine that has nothing but Python."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BARE = Path(sys.base_prefix) / "bin" / "python3"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "build.py", tmp_path)
    shutil.copytree(ROOT / "site_src", tmp_path / "site_src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_without_an_environment_one_sentence_says_what_to_do(checkout: Path) -> None:
    # -I keeps the script's folder off the path, so it is put back by hand: only the packages must be missing
    code = (
        f"import sys; sys.path.insert(0, {str(checkout)!r}); from site_src.bootstrap import start; sys.exit(start([]))"
    )
    said = subprocess.run([str(BARE), "-I", "-S", "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 2
    assert "python3 build.py --setup" in said.stderr
    assert "Traceback" not in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1


def test_an_environment_is_found_by_whatever_python_calls(checkout: Path) -> None:
    folder = checkout / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").write_text('#!/bin/sh\necho "the project\'s own python: $@"\n')
    (folder / "python").chmod(0o755)
    code = (
        f"import sys; sys.path.insert(0, {str(checkout)!r}); from site_src.bootstrap import start; start(['--frozen'])"
    )
    said = subprocess.run([str(BARE), "-I", "-S", "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert said.stdout.strip() == f"the project's own python: {checkout / 'build.py'} --frozen"


def test_a_model_that_cannot_be_fetched_does_not_stop_the_first_build(checkout: Path) -> None:
    folder = checkout / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").write_text(
        '#!/bin/sh\ncase "$*" in *pip*|*compileall*) ;; *) echo "$@" ;; esac\n[ "$2" != models ]\n'
    )
    (folder / "python").chmod(0o755)
    (checkout / "requirements.txt").touch()
    code = (
        f"import sys; sys.path.insert(0, {str(checkout)!r}); from site_src.bootstrap import start; "
        "sys.exit(start(['--setup', '--with-model', '--frozen']))"
    )
    command = [str(BARE), "-I", "-S", "-c", code]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    build = str(checkout / "build.py")
    assert said.stdout.splitlines()[1:] == [f"{build} models install", f"{build} --frozen"]
    assert said.returncode == 1


def test_set_up_compiles_the_package_where_python_itself_may_not(checkout: Path) -> None:
    folder = checkout / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").write_text(f'#!/bin/sh\ncase "$*" in *compileall*) exec {sys.executable} "$@" ;; esac\n')
    (folder / "python").chmod(0o755)
    (checkout / "requirements.txt").touch()
    code = (
        f"import sys; sys.path.insert(0, {str(checkout)!r}); from site_src.bootstrap import start; "
        "sys.exit(start(['--setup']))"
    )
    unwriting = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([str(BARE), "-S", "-c", code], env=unwriting, timeout=60, check=True, stdout=subprocess.DEVNULL)
    modules = {path.stem for path in (checkout / "site_src" / "pipeline").glob("*.py")}
    compiled = {path.name.split(".")[0] for path in (checkout / "site_src" / "pipeline" / "__pycache__").iterdir()}
    assert compiled == modules


def test_an_environment_that_is_a_link_is_entered_once(checkout: Path) -> None:
    (checkout / ".venv").symlink_to(sys.prefix)
    said = subprocess.run(
        [str(BARE), str(checkout / "build.py"), "--version"], capture_output=True, text=True, timeout=60, check=False
    )
    assert said.stdout.startswith("Mujaz ")


def test_both_lock_files_pin_every_package_with_hashes_and_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        packages = [block for block in re.split(r"\n(?=\S)", text) if block and not block.startswith("#")]
        assert len(packages) > 30
        assert all("==" in block and "--hash=sha256:" in block for block in packages)
