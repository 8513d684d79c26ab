import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.render.links import numbered, topic_path
from site_src.text.addresses import host_of, safe_url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
        "//example.org/x", "/relative", "https://", "http:///x", "https://exa mple.org/", "mailto:a@example.org", "",
        "https://[::1", "https://example.org:99999999/", "java\nscript:alert(1)", "https://example.org/\nset-cookie",
        "https://example.org.\u2024canary.invalid/",
        "https://example.org/\ud800",
    ],
)  # fmt: skip
def test_an_address_that_is_no_web_address_makes_no_link(url: str) -> None:
    assert safe_url(url) == ""


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://EXAMPLE.org", "http://example.org"),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
        ("https://example.org/خبر", "https://example.org/%D8%AE%D8%A8%D8%B1"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
    ],
)
def test_a_link_shows_where_it_leads(url: str, safe: str) -> None:
    assert safe_url(url) == safe


def test_a_look_alike_host_is_shown_in_ascii() -> None:
    assert host_of(safe_url("https://аррӏе.com/login")) == "xn--80ak6aa92e.com"


@given(st.text(max_size=60))
def test_no_address_can_leave_an_attribute(text: str) -> None:
    made = safe_url("https://example.org/" + text)
    assert not set(made) & set("\"'<> \n`") and safe_url(text).partition(":")[0] in {"", "http", "https"}


def test_the_first_page_of_a_list_keeps_the_plain_address() -> None:
    path = topic_path("energy")
    assert [numbered(path, number) for number in (1, 2)] == ["topics/energy/index.html", "topics/energy/page-2.html"]
