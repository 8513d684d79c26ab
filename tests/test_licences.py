"""What is installed may be used, and what publishes the site may do no more than it must."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
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
        found = distribution(name)
    except PackageNotFoundError:
        return None
    told = found.metadata.get("License-Expression") or _classified(found.metadata.get_all("Classifier") or [])
    told = told or found.metadata.get("License") or ""
    if not told:
        files = [path for path in found.files or () if path.name.upper().startswith("LICEN")]
        told = files[0].read_text().strip().split("\n")[0] if files else "unknown"
    return {SPELLINGS.get(word.strip(), word.strip()) for word in re.split(r"\bAND\b|\bOR\b", told)}


def _classified(classifiers: list[str]) -> str:
    return next((line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: OSI")), "")


@pytest.mark.parametrize("name", pins())
def test_an_installed_package_is_under_an_allowed_licence_and_listed(name: str) -> None:
    told = licences(name)
    listed = re.search(rf"^\| {re.escape(name)} \| (.*) \|$", (ROOT / "docs" / "licences.md").read_text("utf-8"), re.M)
    assert listed, f"docs/licences.md does not list {name}"
    if told is not None:
        assert told <= ALLOWED or told == {EXCEPTIONS.get(name)}, told
        assert listed[1] == ", ".join(sorted(told))


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
