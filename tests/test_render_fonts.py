"""A site may ship its Arabic face: cut, licensed, the same each time, and asked for only where it is wanted."""

import sys
from importlib.metadata import PackageNotFoundError
from io import BytesIO

import pytest
import support_publication as support

from site_src.errors import SettingsError
from site_src.model.output import Page
from site_src.render import fonts
from site_src.settings import parse_settings

pytest.importorskip("fontTools", reason="font tests NOT RUN: the extra `font` is not installed")
pytest.importorskip("pylopdf_fonts_ar", reason="font tests NOT RUN: the extra `font` is not installed")

FACE = "noto-naskh-arabic"
FILE = f"assets/fonts/{FACE}-400-700.woff2"


@pytest.fixture(scope="module")
def site() -> dict[str, Page]:
    return support.build(chosen=support.settings(font=f'"{FACE}"'))


def test_the_face_goes_out_with_its_licence_and_every_page_asks_for_it(site: dict[str, Page]) -> None:
    assert b"SIL OPEN FONT LICENSE" in site[f"assets/fonts/{FACE}.OFL-1.1.txt"].content
    assert b"The Noto Project Authors" in site[f"assets/fonts/{FACE}.OFL-1.1.txt"].content
    css = site["assets/font.css"].content.decode()
    assert f"url({FILE.removeprefix('assets/')})" in css and "font-display:swap" in css
    for path, page in site.items():
        if path.endswith(".html") and "old-address" not in path:
            assert page.content.count(b"assets/font.css") == 1, path


def test_the_face_is_within_its_budget_and_holds_what_joins_the_letters(site: dict[str, Page]) -> None:
    from fontTools.ttLib import TTFont

    content = site[FILE].content
    font = TTFont(BytesIO(content))
    assert content[:4] == b"wOF2" and len(content) <= 30 * 1024
    letters = set("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةپچژگیّ،؛؟٠٩۰۹ـ")
    assert letters <= set(map(chr, font.getBestCmap())) and ord("A") not in font.getBestCmap()
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina", "rlig"} <= features
    assert {"mark", "mkmk"} <= {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", 400, 700)]


def test_the_same_face_is_cut_to_the_same_bytes(site: dict[str, Page]) -> None:
    fonts._cut.cache_clear()
    assert support.build(chosen=support.settings(font=f'"{FACE}"'))[FILE].content == site[FILE].content


def test_without_the_setting_nothing_of_it_is_there() -> None:
    for path, page in support.build().items():
        assert "font" not in path and b"font.css" not in page.content, path


def test_an_unknown_face_is_a_mistake_of_the_settings() -> None:
    with pytest.raises(SettingsError, match=r"site\.font = 'comic': must be 'noto-naskh-arabic'"):
        parse_settings('[site]\nfont = "comic"\n')


def test_a_package_that_is_missing_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.distribution", absent)
    with pytest.raises(SettingsError, match="pip install fonttools brotli pylopdf-fonts-ar"):
        support.build(chosen=support.settings(font=f'"{FACE}"'))


def test_what_cuts_the_face_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts._cut.cache_clear()
    monkeypatch.setitem(sys.modules, "fontTools.subset", None)
    with pytest.raises(SettingsError, match=r"fontTools\.subset.*pip install fonttools"):
        support.build(chosen=support.settings(font=f'"{FACE}"'))
