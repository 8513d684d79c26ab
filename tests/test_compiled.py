"""Compiled templates are kept, and never taken for those of another text, folder or version."""

import os
import sys
from pathlib import Path

import pytest

from site_src.render import compiled
from site_src.render.compiled import Compiled
from site_src.render.compiling import Templates


def said(kept: Path, templates: Path) -> str:
    return Templates([str(templates)], Compiled(kept)).fill("page.html", {"word": "<b>"})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


def template(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text(text, "utf-8")
    return folder


def test_a_template_that_was_changed_or_stands_elsewhere_is_compiled_anew(kept: Path, tmp_path: Path) -> None:
    first = template(tmp_path / "a", "old {{ word }}")
    assert said(kept, first) == said(kept, first) == "old &lt;b&gt;"
    assert len(list(kept.iterdir())) == 1
    assert said(kept, template(tmp_path / "b", "other {{ word }}")) == "other &lt;b&gt;"
    assert said(kept, template(tmp_path / "a", "new {{ word }}")) == "new &lt;b&gt;"
    assert len(list(kept.iterdir())) == 1, "one file for each name, whoever has the template"


def test_what_is_kept_is_what_is_run(kept: Path, tmp_path: Path) -> None:
    folder = template(tmp_path / "a", "told")
    said(kept, folder)
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes().replace(b"told", b"kept"))
    assert said(kept, folder) == "kept"


@pytest.mark.parametrize("length", [0, 2, 20, 50, 200, -9])
def test_a_kept_template_that_was_cut_short_is_made_again(length: int, kept: Path, tmp_path: Path) -> None:
    folder = template(tmp_path / "a", "told")
    said(kept, folder)
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes()[:length])
    assert said(kept, folder) == "told"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_costs_time_only(kept: Path, tmp_path: Path) -> None:
    kept.chmod(0o500)
    assert said(kept, template(tmp_path / "a", "told")) == "told"


def test_nothing_is_kept_where_python_is_to_keep_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled.compiled() is None
