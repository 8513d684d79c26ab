"""Subtitles and transcripts: what is said is one text, and the times between its words are none of it."""

from __future__ import annotations

import pytest

from site_src.model.page import RawPage
from site_src.parse import parse_page
from site_src.read import decode

WORDS = (
    "أعلنت وزارة النقل في بلغراد أن القطار السريع إلى بودابست سيبدأ رحلاته في مطلع الربيع المقبل بعد تأخر دام عامين "
    "وقال الوزير إن الرحلة ستستغرق ثلاث ساعات ونصف الساعة وإن التذاكر ستباع قبل شهر من الموعد في محطات البلدين."
)
CAPTIONS = [" ".join(WORDS.split()[at : at + 5]) for at in range(0, len(WORDS.split()), 5)]


def paragraphs(text: str, file: str = "a.txt") -> list[str]:
    page = decode(file, text.encode())
    assert isinstance(page, RawPage)
    return [one.text for article in parse_page(page, ("ar",)).articles for one in article.paragraphs]


def subtitles(stamp: str) -> str:
    return "\n".join(
        f"{number}\n00:00:{at:02d}{stamp}500 --> 00:00:{at + 2:02d}{stamp}000\n{said}\n"
        for number, (at, said) in enumerate(zip(range(1, 60, 3), CAPTIONS, strict=False), 1)
    )


@pytest.mark.parametrize("stamp", [",", "."])
def test_subtitles_are_one_text(stamp: str) -> None:
    assert paragraphs(subtitles(stamp), "a.srt") == [WORDS]


@pytest.mark.parametrize("form", ["{0}:{1:02d}", "00:{0:02d}:{1:02d}", "[{0:02d}:{1:02d}]", "({0}:{1:02d})"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("behind", ["\n", " "])
def test_a_transcript_with_the_time_of_each_line_is_one_text(form: str, between: str, behind: str) -> None:
    codes = [form.format(at // 60, at % 60) for at in range(0, 300, 4)]
    rows = [behind.join(pair) for pair in zip(codes, CAPTIONS, strict=False)]
    assert paragraphs(f"قطار بودابست يعود إلى القضبان بعد عامين\n\n{between.join(['[موسيقى]', *rows])}\n") == [WORDS]


@pytest.mark.parametrize("behind", ["\n", " "])
def test_the_times_of_a_live_blog_do_not_join_its_entries(behind: str) -> None:
    entries = [
        "أغلقت الشرطة الجسر القديم أمام حركة السيارات صباح اليوم بسبب ارتفاع منسوب النهر.",
        "وصلت فرق الإنقاذ إلى القرى الثلاث التي عزلتها المياه منذ مساء أمس.",
        "أعيد التيار الكهربائي إلى نصف أحياء المدينة بعد ساعتين من الانقطاع.",
        "قالت البلدية إن المدارس ستفتح أبوابها غدا كالمعتاد في جميع الأحياء.",
    ]
    blog = "\n\n".join(
        f"{time}{behind}{entry}" for time, entry in zip(("00:30", "09:05", "11:40", "14:10"), entries, strict=True)
    )
    found = paragraphs(f"النهر يغمر القرى في شرق البلاد\n\n{blog}\n")
    assert [one.lstrip("0123456789: ") for one in found] == entries


def test_the_chapters_of_a_video_are_not_said_in_it() -> None:
    chapters = "\n".join(f"{time}\n{name}" for time, name in (
        ("0:00", "مقدمة عن القطار"), ("2:10", "تاريخ الخط القديم"), ("6:45", "رأي سكان الحدود"),
        ("11:30", "خلاصة الحلقة"),
    ))  # fmt: skip
    found = paragraphs(
        f"قطار بودابست يعود إلى القضبان\n\n{WORDS}\n\nوقالت الشركة إنها جهزت المحطات كلها.\n\n{chapters}\n"
    )
    assert found[0] == WORDS
    assert not any("مقدمة" in one and "خلاصة" in one for one in found)
