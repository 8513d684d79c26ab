"""Whatever boxes an article is laid out in: each of its sentences once, in order, and nothing of what is between."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_src.model.page import RawPage
from site_src.parse import parse_page
from site_src.read import decode

HEADS = ("بلدية الزرقاء تفتح سوقا جديدة للخضار", "مهرجان الورد في جرش يستقبل عشرة آلاف زائر")
NAMES = ["فؤاد", "هدى", "سمير", "ليلى", "كريم", "منى", "نادر", "سلمى", "باسم", "رانيا", "عماد", "دلال"]
SAID = [
    f"وقال {name} في الاجتماع {place} إن العمل في الموقع رقم {place + 11} سيبدأ بعد أسابيع قليلة."
    for place, name in enumerate(NAMES)
]
LEAVES = [
    "<p>{}</p>", "<div>{}</div>", "<p><span>{}</span></p>", "<div><p>{}</p></div>", "{}<br><br>", "<p class=x>{}</p>",
    "<blockquote><p>{}</p></blockquote>", "<x-p>{}</x-p>", "<ul><li>{}</li></ul>", "<p>&nbsp;</p><p>{}</p>",
]  # fmt: skip
BOXES = [
    "{}", "<div>{}</div>", "<section>{}</section>", "<center>{}</center>", "<table><tr><td>{}</td></tr></table>",
    "<div class=a>{}</div>", "<div>{}<script>var a</script></div>", "<div hidden></div><div>{}</div>",
]  # fmt: skip
LINES = ["{}", "**{}**", "*{}*", "> {}", "- {}", "1. {}", "<p>{}</p>", "{}  ", "<div><p>{}</p></div>", "{} ^a1"]
OTHERS = "ارتفاع صادرات التمور في واحة سيوة", "سباق دولي للفروسية في الدوحة"
JUNK = [
    "<div class=related><h4>اقرأ أيضا</h4><ul><li><a href=1>{}</a></li><li><a href=2>{}</a></li></ul></div>",
    "<p>اقرأ أيضا: <a href=1>{}</a></p>", "<div class=share><a href=1>{}</a> <a href=2>{}</a></div>",
    "<aside><h3>{}</h3><p>{}</p></aside>", "<div hidden>{}</div>", "<template><p>{}</p></template>",
    "<div><form><label>{}</label><input></form></div>", "<div><button>استمع</button></div>",
    "<p><a href=1><strong>{}</strong></a></p>", "<iframe src=x></iframe><!-- {} -->",
]  # fmt: skip
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
said = st.lists(st.sampled_from(SAID), min_size=3, max_size=len(SAID), unique=True)


@st.composite
def laid_out(draw: st.DrawFn, texts: list[str], between: bool = False) -> str:
    """The markup of texts in boxes that are drawn, with junk between them where that is wanted."""
    if len(texts) == 1:
        return draw(st.sampled_from(LEAVES)).format(texts[0])
    cut = draw(st.integers(1, len(texts) - 1))
    parts = [draw(laid_out(part, between)) for part in (texts[:cut], texts[cut:])]
    junk = draw(st.sampled_from(JUNK)).format(*OTHERS) if between and draw(st.booleans()) else ""
    return draw(st.sampled_from(BOXES)).format(junk.join(parts))


def articles(text: str, file: str) -> list[tuple[str | None, list[str]]]:
    page = decode(file, text.encode())
    assert isinstance(page, RawPage)
    return [(one.title.value, [part.text for part in one.paragraphs]) for one in parse_page(page, ("ar",)).articles]


def document(body: str) -> str:
    return f"<!doctype html><html><head><meta charset=utf-8></head><body>{body}</body></html>"


@calm
@given(st.data(), said, st.booleans())
def test_every_sentence_of_a_page_is_told_once_and_nothing_of_what_is_between(
    data: st.DataObject, texts: list[str], between: bool
):
    body = data.draw(laid_out(texts, between))
    wrapped = data.draw(st.sampled_from(["{}", "<article>{}</article>", "<main>{}</main>", "<div><div>{}</div></div>"]))
    page = document(wrapped.format(f"<h1>{HEADS[0]}</h1>{body}"))
    assert articles(page, "a.html") == [(HEADS[0], texts)]


@calm
@given(st.data(), said, st.sampled_from(["<article>{}</article>", "<div class=post>{}</div>", "{}"]))
def test_two_articles_of_a_page_are_two_and_hold_their_own_sentences(data: st.DataObject, texts: list[str], box: str):
    halves = [texts, [text.replace("الاجتماع", "المؤتمر") for text in texts]]
    bodies = [f"<h1>{head}</h1>{data.draw(laid_out(half))}" for head, half in zip(HEADS, halves, strict=True)]
    assert articles(document("".join(map(box.format, bodies))), "a.html") == list(zip(HEADS, halves, strict=True))


@calm
@given(st.data(), said)
def test_every_sentence_of_a_markdown_page_is_told_once(data: st.DataObject, texts: list[str]):
    lines = [data.draw(st.sampled_from(LINES)).format(text) for text in texts]
    assert articles(f"# {HEADS[0]}\n\n" + "\n\n".join(lines), "a.md") == [(HEADS[0], texts)]
