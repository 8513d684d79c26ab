"""What is installed may be used and is stated, and what publishes the site may do no more than it must."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-test.txt")
ALLOWED = {
    "MIT", "BSD-2-Clause", "BSD-3-Clause", "BSD", "0BSD", "Apache-2.0", "MPL-2.0", "PSF-2.0", "CC0-1.0", "Zlib",
    "CNRI-Python", "MIT-CMU",
}  # fmt: skip
EXCEPTIONS = {"minisbd": "AGPL-3.0", "pylopdf-fonts-ar": "OFL-1.1"}
SPELLINGS = {
    "MIT License": "MIT", "BSD License": "BSD", "3-Clause BSD License": "BSD-3-Clause", "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Affero General Public License v3": "AGPL-3.0", "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}  # fmt: skip
RELEASED = {
    "actions/checkout@v4", "actions/setup-python@v5", "actions/configure-pages@v5", "actions/cache@v4",
    "actions/upload-pages-artifact@v3", "actions/deploy-pages@v4",
}  # fmt: skip


def pins() -> list[str]:
    texts = [(ROOT / lock).read_text("utf-8") for lock in LOCKS]
    return sorted({name for text in texts for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.M)})


def licences(name: str) -> set[str] | None:
    """What the installed package says of itself; None where this system does not install it."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return None
    terms = package.metadata.get("License-Expression") or _classifier(package.metadata.get_all("Classifier") or [])
    terms = terms or package.metadata.get("License") or ""
    if not terms:
        files = [path for path in package.files or () if path.name.upper().startswith("LICEN")]
        terms = files[0].read_text().strip().split("\n")[0] if files else "unknown"
    return {SPELLINGS.get(word.strip(), word.strip()) for word in re.split(r"\bAND\b|\bOR\b", terms)}


def _classifier(classifiers: list[str]) -> str:
    return next((line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: OSI")), "")


@pytest.mark.parametrize("name", pins())
def test_an_installed_package_is_under_an_allowed_licence_and_listed(name: str) -> None:
    stated = licences(name)
    listed = re.search(rf"^\| {re.escape(name)} \| (.*) \|$", (ROOT / "docs" / "licences.md").read_text("utf-8"), re.M)
    assert listed, f"docs/licences.md does not list {name}"
    if stated is not None:
        assert stated <= ALLOWED or stated == {EXCEPTIONS.get(name)}, stated
        assert listed[1] == ", ".join(sorted(stated))


def imported_modules() -> set[str]:
    """The top-level modules that the program imports, wherever it does."""
    modules: set[str] = set()
    for path in (ROOT / "site_src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add(node.module or "")
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "import_module":
                modules |= {str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)}
    return {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"site_src", "_sre"}


def test_every_module_that_the_program_imports_is_of_a_package_that_it_names_and_no_package_is_named_in_vain() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    of_editors = (lines for extra, lines in project["optional-dependencies"].items() if extra not in ("test", "bench"))
    required, optional = ({re.split(r"[>=\[]", line)[0] for line in lines} for lines in (
        project["dependencies"], chain.from_iterable(of_editors)))  # fmt: skip
    packages = packages_distributions()
    imported = {packages.get(module, [module])[0].lower() for module in imported_modules()}
    assert imported - optional == required


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes_and_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]
    assert entries and all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert "://" not in text and "index-url" not in text


WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), ROOT / "site_src" / "starter" / "pages.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_workflow_may_do_little_and_uses_released_actions(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"^permissions:\n  contents: read\n(?! )", text, re.M), "the default must be to read"
    granted = set(re.findall(r"^ +([a-z-]+): write$", text, re.M))
    assert granted <= ({"pages", "id-token"} if path.name == "pages.yml" else set())
    assert set(re.findall(r"uses: (\S+)", text)) <= RELEASED
    assert "pull_request_target" not in text and "secrets." not in text
    runs = [line for line in text.split("\n") if "${{" in line and not re.match(r" +[\w-]+: ", line)]
    assert runs == [], "an expression in a shell line can be made a command; pass it through env"
