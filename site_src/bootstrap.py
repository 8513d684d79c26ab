"""Runs every command with the right Python: makes `.venv/` when asked, finds it from then on. Standard library only.

`python3 build.py --setup` makes `.venv/` in the checkout, installs the pinned dependencies and goes on with the rest
of the command; later calls, by whatever Python, continue in `.venv/` without being told.
"""

from __future__ import annotations

import os
import sys

CHECKOUT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
VENV = os.path.join(CHECKOUT, ".venv")
"""Plain strings: every call of `build.py` passes here, and importing pathlib would be a third of its start."""
OLDEST = (3, 11)


def start(arguments: list[str]) -> int:
    """Run the command line in the project's own environment; gives the exit code."""
    try:
        return _start(arguments)
    except KeyboardInterrupt:
        print("\nInterrupted. Run the same command to go on.", file=sys.stderr)
        return 130


def _start(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        return _refuse(f"Mujaz needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    wanted = [word for word in arguments if word not in {"--setup", "--with-model"}]
    if "--setup" in arguments:
        return _set_up(wanted, with_model="--with-model" in arguments)
    if "--with-model" in arguments:
        return _refuse("--with-model stands with --setup; without it `python3 build.py models install` does the same.")
    if not _inside() and os.path.exists(_python()):
        return _continue(arguments)
    if not _installed("jinja2", "msgspec"):
        from site_src.errors import program

        return _refuse(
            f"Mujaz is not set up yet. Run `{program()} --setup` once: "
            "it makes .venv/ beside build.py and installs what the site needs."
        )
    _end_at_once()
    from site_src.cli import main

    return main(arguments, ends=True)


def _end_at_once() -> None:
    """Until the command is imported Ctrl-C ends the process: libraries in C crash where their import is interrupted."""
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _set_up(wanted: list[str], with_model: bool) -> int:
    lock = "requirements-test.txt" if wanted[:1] == ["test"] else "requirements.txt"
    if code := _make_venv() or _install(lock):
        return code
    _compile()
    if with_model and (code := _continue(["models", "install"], wait=True)):
        _continue(wanted, wait=True)  # a site is built without a model, too
        return code
    return _continue(wanted)


def _make_venv() -> int:
    if os.path.exists(_python()):
        return 0
    import subprocess

    print("Making .venv/ ...", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        print(made.stdout + made.stderr, file=sys.stderr)
        return _refuse("Python could not make .venv/. On Debian and Ubuntu: sudo apt install python3-venv")
    return 0


def _install(lock: str) -> int:
    """Install the pinned packages of `lock`, every one checked against its hash; nothing when that was done before."""
    import hashlib
    import subprocess
    from pathlib import Path

    pins = Path(CHECKOUT, lock)
    stamp = Path(VENV, f"{pins.stem}.{hashlib.sha256(pins.read_bytes()).hexdigest()[:16]}.done")
    if stamp.exists():
        return 0
    print(f"Installing the packages of {lock} (one to three minutes) ...", flush=True)
    pip = [_python(), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    if subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", str(pins)], check=False).returncode:
        return _refuse("The packages could not be installed (see above). Run the same command again to try once more.")
    stamp.touch()
    return 0


def _compile() -> None:
    """Compile the package, as pip compiles what it installs.

    Where PYTHONDONTWRITEBYTECODE is set, as in many containers, each build would else do it again, and a small rebuild
    take four times the CPU. Unchanged modules stay; a checkout that may not be written to costs time only.
    """
    import subprocess

    package = os.path.join(CHECKOUT, "site_src")
    subprocess.run([_python(), "-m", "compileall", "-q", package], capture_output=True, check=False)


def _installed(*modules: str) -> bool:
    from importlib.util import find_spec

    return all(find_spec(module) for module in modules)


def _inside() -> bool:
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def _python() -> str:
    return os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")


def _continue(arguments: list[str], wait: bool = False) -> int:
    """The same command in the project's environment: in place of this process where the system can."""
    command = [_python(), os.path.join(CHECKOUT, "build.py"), *arguments]
    if wait or os.name == "nt":
        import subprocess

        return subprocess.run(command, check=False).returncode
    sys.stdout.flush()
    return os.execv(command[0], command)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
