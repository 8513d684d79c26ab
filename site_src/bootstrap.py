"""From any Python to the right one: makes `.venv/` when asked, finds it ever after. Standard library only.

`python build.py --setup` makes `.venv/` in the checkout, installs the pinned dependencies and goes on with the rest
of the command; later calls, by whatever Python, continue in `.venv/` without being told.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
OLDEST = (3, 11)
NOT_SET_UP = (
    "Mujaz is not set up here yet. Run `python3 build.py --setup` once: "
    "it makes .venv/ in this folder and installs what the site needs."
)


def start(arguments: list[str]) -> int:
    """Run the command line in the project's own environment; gives the exit code."""
    if sys.version_info < OLDEST:
        return _refuse(f"Mujaz needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    wanted = [word for word in arguments if word not in {"--setup", "--with-model"}]
    if "--setup" in arguments:
        return _set_up(wanted, with_model="--with-model" in arguments)
    if not _inside() and _python().exists():
        return _continue(arguments)
    if find_spec("jinja2") is None or find_spec("msgspec") is None:
        return _refuse(NOT_SET_UP)
    from site_src.cli import main

    return main(arguments)


def _set_up(wanted: list[str], with_model: bool) -> int:
    lock = CHECKOUT / ("requirements-test.txt" if wanted[:1] == ["test"] else "requirements.txt")
    if code := _make_venv() or _install(lock):
        return code
    if with_model and (code := _continue(["models", "install"], wait=True)):
        return code
    return _continue(wanted)


def _make_venv() -> int:
    if _python().exists():
        return 0
    print(f"Making {VENV.name}/ ...", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        print(made.stdout + made.stderr, file=sys.stderr)
        return _refuse("Python could not make .venv/. On Debian and Ubuntu: sudo apt install python3-venv")
    return 0


def _install(lock: Path) -> int:
    """Install the pinned packages of `lock`, every one checked against its hash; nothing when that was done before."""
    stamp = VENV / f"{lock.stem}.{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}.done"
    if stamp.exists():
        return 0
    print(f"Installing the packages of {lock.name} ...", flush=True)
    pip = [str(_python()), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    if subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", str(lock)], check=False).returncode:
        return _refuse("The packages could not be installed (see above). Run the same command again to try once more.")
    stamp.touch()
    return 0


def _inside() -> bool:
    return Path(sys.prefix).resolve() == VENV


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _continue(arguments: list[str], wait: bool = False) -> int:
    """The same command in the project's environment: in place of this process where the system can."""
    command = [str(_python()), str(CHECKOUT / "build.py"), *arguments]
    if wait or os.name == "nt":
        return subprocess.run(command, check=False).returncode
    sys.stdout.flush()
    return os.execv(command[0], command)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
