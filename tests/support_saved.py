"""A saved web page of ours, and what is read of it."""

from __future__ import annotations

from site_src.model.page import ParsedPage, RawPage
from site_src.parse import parse_page
from site_src.read import decode

TITLE = "بلدية الزرقاء تفتح سوقا جديدة للخضار"
FIRST = "افتتحت بلدية الزرقاء سوقا جديدة للخضار تضم ستين محلا وساحة لوقوف الشاحنات."
SECOND = "وقال مدير السوق فؤاد الرواشدة إن الإيجار السنوي يبلغ أربعمئة دينار للمحل الواحد."
THIRD = "ويشكو التجار من بعد السوق عن وسط المدينة ومن قلة الحافلات إليها في ساعات الصباح."
FOURTH = "وتدرس شركة النقل تسيير خط جديد يمر بالسوق ابتداء من الشهر المقبل."
TEXT = [FIRST, SECOND, THIRD, FOURTH]
OTHER = "مهرجان الورد في جرش يستقبل عشرة آلاف زائر"
OTHERS = [
    "استقبل مهرجان الورد في جرش عشرة آلاف زائر في يومه الأول على الرغم من المطر.",
    "وعرضت ثلاثون مشتلة أصنافا من الورد الجوري والياسمين في ساحة المدرج الجنوبي.",
    "ويختتم المهرجان مساء السبت بأمسية موسيقية مجانية لفرقة من إربد.",
]


def parse(body: str, head: str = "", file: str = "a.html") -> ParsedPage:
    """The articles of a saved page with this markup."""
    page = decode(
        file, f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()
    )
    assert isinstance(page, RawPage), page
    return parse_page(page, ("ar",))


def articles(page: ParsedPage) -> list[tuple[str | None, list[str]]]:
    """The title of each article of the page, and the texts of its paragraphs."""
    return [(one.title.value, [paragraph.text for paragraph in one.paragraphs]) for one in page.articles]


def codes(page: ParsedPage) -> list[str]:
    return [problem.code for problem in page.problems]


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)
