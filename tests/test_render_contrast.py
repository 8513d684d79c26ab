"""Colours of a site: readable, or refused with the figure."""

from pathlib import Path

import pytest
import support_publication as support

from site_src.errors import SettingsError
from site_src.render.contrast import contrast


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_a_colour_that_is_too_faint_is_refused_with_its_contrast() -> None:
    chosen = support.settings(colours='{link = "#9999ff", link_dark = "#223355"}')
    with pytest.raises(SettingsError) as refused:
        support.build(chosen=chosen)
    said = str(refused.value)
    assert 'site.colours.link = "#9999ff"' in said and "site.colours.link_dark" in said and "needs 4.5" in said


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(SettingsError, match="must be a colour such as"):
        support.build(chosen=support.settings(colours='{link = "red;}body{display:none"}'))


def test_colours_are_held_against_the_grounds_of_the_sites_own_style_sheet(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    style = (support.TEMPLATES / "static/style.css").read_text("utf-8").replace("--paper:#fff", "--paper:#2b4b9f")
    (tmp_path / "static/style.css").write_text(style, "utf-8")
    with pytest.raises(SettingsError, match="on paper"):
        support.build(templates=(tmp_path, support.TEMPLATES))
