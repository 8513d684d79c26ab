"""Compiled templates are cached, and never taken for those of another text, folder or version; they print what Jinja's
do, and forms print what their macros do."""

import gc
import os
import re
import sys
from pathlib import Path
from weakref import ref

import pytest
import support_publication as support
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import escape

from site_src.errors import MujazError
from site_src.render.labels import Language
from site_src.render.typesetting import OPEN, Typesetter
from site_src.render.typesetting.bytecode import TemplateCache, open_template_cache
from site_src.render.typesetting.compiling import Templates


def fill(cache: Path, templates: Path) -> str:
    """A template with a word, by way of the compiled templates in the folder `cache`."""
    return Templates([str(templates)], TemplateCache(cache)).fill("page.html", {"word": "<b>"})


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    (tmp_path / "cache").mkdir()
    return tmp_path / "cache"


def template(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text(text, "utf-8")
    return folder


def test_a_template_that_was_changed_or_stands_elsewhere_is_compiled_anew(cache: Path, tmp_path: Path) -> None:
    first = template(tmp_path / "a", "old {{ word }}")
    assert fill(cache, first) == fill(cache, first) == "old &lt;b&gt;"
    assert len(list(cache.iterdir())) == 1
    assert fill(cache, template(tmp_path / "b", "other {{ word }}")) == "other &lt;b&gt;"
    assert fill(cache, template(tmp_path / "a", "new {{ word }}")) == "new &lt;b&gt;"
    assert len(list(cache.iterdir())) == 1, "one file for each name, whoever has the template"


def test_the_cached_code_is_what_is_run(cache: Path, tmp_path: Path) -> None:
    folder = template(tmp_path / "a", "before")
    fill(cache, folder)
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes().replace(b"before", b"cached"))
    assert fill(cache, folder) == "cached"


class Word:
    """Something that a page is given, and that can be seen to go."""


def test_what_a_page_is_given_goes_with_it_and_waits_for_no_search(tmp_path: Path) -> None:
    page = (
        "{% extends 'base.html' %}"
        "{% macro shown(item, kind='text') %}{% if item %}{{ site }}{{ kind }}{% endif %}{% endmacro %}"
        "{% block main %}{{ shown(1) }}{{ word is none }}{% endblock %}"
    )
    (template(tmp_path, page) / "base.html").write_text("<{% block main %}{% endblock %}>", "utf-8")
    templates, word = Templates([str(tmp_path)]), Word()
    reference = ref(word)
    gc.disable()
    try:
        assert templates.fill("page.html", {"word": word, "site": 2}) == "<2textFalse>"
        del word
        assert reference() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("length", [0, 2, 20, 50, 200, -9])
def test_a_cached_template_that_was_cut_short_is_compiled_again(length: int, cache: Path, tmp_path: Path) -> None:
    folder = template(tmp_path / "a", "text")
    fill(cache, folder)
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:length])
    assert fill(cache, folder) == "text"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_costs_time_only(cache: Path, tmp_path: Path) -> None:
    cache.chmod(0o500)
    assert fill(cache, template(tmp_path / "a", "text")) == "text"


def test_nothing_is_cached_where_no_module_is_kept_compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    assert open_template_cache() is None
    assert not list(tmp_path.iterdir())


SAME = {
    "a loop that uses its number": "{% for x in rows %}{{ loop.index }}{{ x }}{{ loop.first }}{% endfor %}",
    "a loop within a loop, each with a number":
        "{% for x in rows %}{{ loop.index }}{% for y in rows %}{{ loop.index }}{{ y }}{% endfor %}{{ loop.first }}"
        "{% endfor %}",
    "an inner loop that uses more":
        "{% for x in rows %}{{ loop.index }}{% for y in rows %}{{ loop.last }}{{ loop.index }}{% endfor %}{% endfor %}",
    "a loop that uses more": "{% for x in rows %}{{ loop.index }}{{ loop.last }}{{ loop.length }}{% endfor %}",
    "an empty loop": "{% for x in [] %}{{ loop.index }}{% else %}nothing{% endfor %}",
    "a loop with a condition": "{% for x in rows if x != 'b' %}{{ loop.index }}{{ x }}{% endfor %}",
    "a loop over pairs": "{% for x, (y, z) in pairs %}{{ loop.index }}{{ x }}{{ y }}{{ z }}{% endfor %}",
    "a condition without else": "a{{ 'b' if rows }}{{ 'c' if not rows }}{% set x = 'd' if not rows %}{{ x }}",
    "a condition without else that is used and not printed":
        "{% set x = 'd' if not rows %}{{ x | default('none') }}{{ 'yes' if x is defined else 'no' }}"
        "{{ ('a' if not rows) == '' }}{{ ('b' if not rows) | default('c') }}{{ 'f' ~ ('d' if not rows) ~ 'e' }}"
        "{% macro f(a='z') %}{{ a is defined }}{% endmacro %}{{ f('y' if not rows) }}",
    "a condition between what proves constant only when it is compiled":
        "{{ '-' * 3 if rows }}{{ ('<' ~ 'b') if rows }}{{ 'a' | upper if rows else 'b' }}"
        "{{ ('<' if true else word) if rows }}{{ ['a', '<'][1] if rows }}",
    "a macro that another prints":
        "{% macro f(a, b='<b>') %}<i>{{ a }}{{ b }}</i>{% endmacro %}"
        "{% macro g(a) %}{{ f(a) }}{{ f(b=a, a='x') }}{% endmacro %}{{ g(word) }}{{ f(word, 'y') }}",
    "a macro that is given the page's variables under other names":
        "{% macro f(word, x) %}{{ word }}{{ x }}{{ rows | length }}{% endmacro %}{{ f('<', word) }}{{ word }}",
    "a macro that uses a name that is bound where it is called":
        "{% macro f() %}{{ word }}{% endmacro %}{% for word in rows %}{{ f() }}{% endfor %}",
    "a macro whose name is bound to something else":
        "{% macro f() %}f{% endmacro %}{% macro g() %}g{% endmacro %}{% for f in [g] %}{{ f() }}{% endfor %}",
    "a macro that is defined twice": "{% macro f() %}1{% endmacro %}{{ f() }}{% macro f() %}2{% endmacro %}{{ f() }}",
    "a macro that calls itself":
        "{% macro f(n) %}{{ n }}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}",
    "a macro with a caller":
        "{% macro f() %}<i>{{ caller() }}</i>{% endmacro %}{% call f() %}{{ word }}{% endcall %}",
    "a macro in a loop, with a loop":
        "{% macro f(a) %}{% for x in a %}{{ loop.index }}{{ x }}{% endfor %}{% endmacro %}"
        "{% for x in rows %}{{ loop.index }}{{ f(rows) }}{{ x }}{{ loop.index }}{% endfor %}",
    "a macro that sets a variable of its caller":
        "{% macro f() %}{% set y = 'z' %}{{ y }}{% endmacro %}{% set y = 'a' %}{{ f() }}{{ y }}",
    "concatenation":
        "{% set m %}<i>{% endset %}{{ m ~ word ~ 1 }}{{ word ~ '<' ~ 2 }}{% set n = m ~ word %}{{ n }}{{ word ~ n }}",
    "a macro in an expression": "{% macro f() %}<i>{% endmacro %}{{ f() ~ word }}{{ [f(), f()] | join('<') }}",
}  # fmt: skip


@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
def test_templates_make_what_they_make_elsewhere(text: str, tmp_path: Path) -> None:
    words = {"word": "<word>", "rows": ["a", "b", "<c>"], "pairs": [("<", ("y", 1))]}
    plain = Environment(loader=DictLoader({"page.html": text}), autoescape=True).get_template("page.html")
    assert Templates([str(template(tmp_path / "a", text))]).fill("page.html", words) == plain.render(words)


BASE = (
    "<{% block head %}base {{ word }}{% endblock %}|"
    "{% for x in rows %}{% block row scoped %}{{ x }}{% endblock %}{% endfor %}|"
    "{% block main %}{% block inner %}in{% endblock %}{% endblock %}|"
    "{% set y %}{% block foot %}f{% endblock %}{% endset %}{{ y }}|{{ self['head']() }}>"
)
HEIRS = {
    "the template itself": BASE,
    "blocks of its own":
        "{% extends 'base.html' %}{% block head %}own{% endblock %}{% block row %}({{ x }}){% endblock %}",
    "blocks with those that they stand for":
        "{% extends 'base.html' %}{% block main %}a{{ super() }}b{{ super() }}{% endblock %}"
        "{% block inner %}[{{ super() }}]{% endblock %}{% block foot %}{{ super() | upper }}{% endblock %}",
    "an heir's heir":
        "{% extends 'heir.html' %}{% block inner %}{{ super() }}!{% endblock %}"
        "{% block head %}{{ super() }}?{% endblock %}",
    "a template that extends another at times":
        "{% if rows %}{% extends 'base.html' %}{% endif %}"
        "{% block head %}h{% endblock %}{% block none %}n{% endblock %}",
    "one that extends none at times":
        "{% if not rows %}{% extends 'base.html' %}{% endif %}a{% block head %}h{% endblock %}b",
    "a page that holds another":
        "a{% include 'base.html' %}b{% block main %}{% include 'heir.html' %}{% endblock %}c",
    "a block that must be there": "{% extends 'needs.html' %}{% block must %}{{ word }}{% endblock %}",
    "a block printed twice":
        "{% block head %}{{ word }}{% endblock %}{{ self['head']() }}{% macro f() %}m{% endmacro %}{{ f() }}",
}  # fmt: skip


@pytest.mark.parametrize("text", HEIRS.values(), ids=HEIRS.keys())
def test_templates_inherit_as_they_do_elsewhere(text: str, tmp_path: Path) -> None:
    words = {"word": "<word>", "rows": ["a", "<c>"]}
    files = {
        "base.html": BASE, "page.html": text,
        "heir.html": "{% extends 'base.html' %}{% block inner %}({{ super() }}){% endblock %}",
        "needs.html": "a{% block must required %}{% endblock %}b",
    }  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    plain = Environment(loader=DictLoader(files), autoescape=True).get_template("page.html")
    assert Templates([str(tmp_path)]).fill("page.html", words) == plain.render(words)


MACROS = """
{% macro fact(a, b, n) -%}
{% set both = a and b %}
<li>{% if both %}{{ b }} 100% {{ a }}{{ b }}{% elif b %}{{ b }}{% endif %}{{ n }}</li>
{%- endmacro %}
{% macro loud(a, b, n) %}{{ a | upper }}{{ b }}{{ n }}{% endmacro %}
{% macro asks(a, b, n) %}{% if a == b %}twice {% endif %}{{ a }}{{ n }}{% endmacro %}
{% macro keeps(a, b, n) %}{% set c %}{{ a }}{% endset %}{{ c | length }}{{ b }}{{ n }}{% endmacro %}
{% macro turns(a, b, n) %}{% filter upper %}{{ a }}{% endfilter %}{{ b }}{{ n }}{% endmacro %}
{% macro again(a, b, n) %}{% set a = "c" %}{{ a }}{{ b }}{{ n }}{% endmacro %}
{% macro either(a, b, n) %}{{ a if not n else (b if n == 3 else a) }}{{ a }}{{ n }}{% endmacro %}
{% macro silent(a, b, n) %}{{ n }}{% endmacro %}
{% macro isolate(text, lang, direction) %}<bdi{% if lang %} lang="{{ lang }}"{% endif %}>{{ text }}</bdi>{% endmacro %}
"""


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    folder = tmp_path_factory.mktemp("templates")
    (folder / "macros.html").write_text(MACROS, "utf-8")
    return Typesetter((folder,))


@pytest.mark.parametrize("macro", ["fact", "loud", "asks", "keeps", "turns", "again", "either", "silent"])
def test_a_form_makes_what_its_macro_makes(macro: str, typesetter: Typesetter) -> None:
    for first, second in [("x", "y"), ("<b>", "%s {0}"), ("same", "same"), ("\\1", "0")]:
        a, b = escape(first), escape(second)
        fragment = typesetter.fragment(macro, a, b, 3)
        assert typesetter.form(macro, OPEN, OPEN, 3)(a, b) == fragment
        assert typesetter.form(macro, a, OPEN, 3)(b) == fragment
        assert typesetter.form(macro, OPEN, b, 3)(a) == fragment


def test_the_macros_that_pages_use_most_are_called_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = Typesetter((support.TEMPLATES,))
    labels = shipped.labels(("en", "ar"))
    english, arabic = labels["en"], labels["ar"].language
    row = shipped.form("fact", english, arabic, OPEN, OPEN, 3, OPEN, "")
    forms = [(shipped.form("time", OPEN, OPEN), ("2025-11", "November"), "November</time>"),
             (shipped.form("isolate", OPEN, "ar", "rtl"), ("خبر",), '<bdi lang="ar" dir="rtl">خبر</bdi>'),
             (row, ("عشر سفن", "10 ships", "ships.html"), '<a href="ships.html">10 ships</a>')]  # fmt: skip
    monkeypatch.delattr(Typesetter, "fragment")
    for form, words, part in forms:
        assert part in form(*words)


ISOLATE = "{% macro isolate(text, lang, direction) %}"
ONCE = "the macro isolate must print the text that it is given, once and as it is"


@pytest.mark.parametrize(
    ("macro", "mistake"),
    [
        (f"{ISOLATE}{{{{ text }}}}{{{{ text }}}}{{% endmacro %}}", ONCE),
        (f"{ISOLATE}<bdi></bdi>{{% endmacro %}}", ONCE),
        (f"{ISOLATE}{{{{ text | upper }}}}{{% endmacro %}}", ONCE),
        (f"{ISOLATE}{{{{ text }}}}\n{{{{ txt }}}}{{% endmacro %}}", "line 3: 'txt' is undefined"),
        (f"{ISOLATE}{{{{ text }}{{% endmacro %}}", "line 2: unexpected '}'"),
        ("{% macro isolate(text) %}{{ text }}{% endmacro %}", "takes not more than 1 argument"),
        ("{% macro isolates(text) %}{{ text }}{% endmacro %}", "the macro isolate is missing"),
    ],
)
def test_a_theme_that_does_not_print_a_run_as_it_is_is_refused_by_name(
    macro: str, mistake: str, tmp_path: Path
) -> None:
    (tmp_path / "macros.html").write_text(f"{{# ours #}}\n{macro}\n", "utf-8")
    with pytest.raises(MujazError, match=re.escape(mistake)) as caught:
        Typesetter((tmp_path,)).say("منصة Truth Social", ARABIC)
    assert str(caught.value).startswith(str(tmp_path / "macros.html"))


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        ("{{ 1 / 0 }}", "ZeroDivisionError: division by zero"),
        ("{{ [1][5] | upper }}", "has no element 5"),
        ('{{ "{m}".format(n=1) }}', "KeyError: 'm'"),
        ('{% include "page.html" %}', "RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_whatever_a_template_raises_is_told_with_its_line_and_kind(mistake: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<p>\n{mistake}\n", "utf-8")
    with pytest.raises(MujazError, match=re.escape(told)) as caught:
        Typesetter((tmp_path, support.TEMPLATES)).fill("page.html", {}, "en/page.html")
    assert str(caught.value).startswith(f"{tmp_path / 'page.html'}, line 2: ")
    assert str(caught.value).endswith(" (while making en/page.html)")


ARABIC = Language("ar", "العربية", "rtl", "en")
texts = st.lists(st.text(alphabet="كتاب 19%<&Ab\n\u202e,.-"))


@given(texts)
def test_texts_that_are_set_together_are_set_as_each_alone(typesetter: Typesetter, lines: list[str]) -> None:
    assert typesetter.lines(lines, ARABIC) == [typesetter.say(line, ARABIC) for line in lines]
