"""Imports point down, and what is heavy is imported only on need."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "site_src"
LAYERS = {
    "errors": -3, "filesystem": -3, "beside": -2, "toml": -1, "parts": -1, "version": -1,
    "model": 0, "tables": 0, "kept": 0,
    "settings": 1, "text": 1, "store": 1, "record": 1, "places": 1,
    "read": 2, "parse": 2, "merge": 2, "topics": 2, "brief": 2, "translate": 2, "publish": 2, "render": 2, "output": 2,
    "search": 2, "share": 2, "naming": 2,
    "unchanged": 2, "pipeline": 3,
    "serve": 4,
    "cli": 5, "bootstrap": 6, "__main__": 6,
}  # fmt: skip
HEAVY = (
    "argostranslate", "ctranslate2", "sentencepiece", "numpy", "onnxruntime", "minisbd", "torch", "lxml",
    "babel", "livereload", "tornado", "rich", "hijridate", "polib", "pagefind",
    "tomlkit", "typst", "PIL",
)  # fmt: skip


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "site_src"


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("site_src"):
            deeper = [f"{node.module}.{alias.name}" for alias in node.names]
            found += deeper if node.module == "site_src" else [node.module]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.startswith("site_src")]
    return found


def our_modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).as_posix() != "__init__.py"]


@pytest.mark.parametrize("path", our_modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_its_own_room_or_a_lower_layer(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert own in LAYERS, f"{own} has no layer; give it one in docs/architecture.md and here"
    for module in imports(path):
        other = room(module)
        if other in {own, "__version__"}:
            continue
        assert LAYERS[other] < LAYERS[own], f"{path.name} imports {module}, which is not below it"


def test_the_architecture_page_names_every_room_with_its_layer() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    rows = "".join(re.findall(r"(?m)^\| \d \| (.*?) \|", page))
    assert set(re.findall(r"`(\w+)/?`", rows)) == LAYERS.keys() - {"__main__"}


def modules_loaded_by(*arguments: str) -> set[str]:
    root = PACKAGE.parent
    code = (
        "import sys; from site_src.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print('\\n', *sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=root, capture_output=True, text=True, check=True, timeout=120
    )
    return set(run.stdout.splitlines()[-1].split())


def test_asking_for_help_imports_nothing_heavy() -> None:
    assert not modules_loaded_by("--help") & {*HEAVY, "jinja2", "markdown", "msgspec"}


def test_a_build_whose_sentences_are_all_remembered_imports_no_engine(tmp_path: Path) -> None:
    loaded = modules_loaded_by("build", "--frozen", "--quiet", "--out", str(tmp_path / "site"))
    engines = {"argostranslate", "ctranslate2", "sentencepiece", "numpy", "onnxruntime", "minisbd", "torch"}
    assert "site_src.render" in loaded
    assert not loaded & {*engines, "livereload", "tornado"}
