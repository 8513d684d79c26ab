"""What is typed wrongly is answered with what was meant, and nothing runs."""

import subprocess
import sys
from pathlib import Path

import pytest

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


def test_a_command_that_needs_an_action_says_so() -> None:
    code, said = answer("models")
    assert code == 2
    assert "ACTION" in said
