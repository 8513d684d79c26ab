from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.text.wording import differences

LEAD = "قال الوزير إن السد آمن تماما.\nوأضاف أن المياه تكفي شهرين.\nفقرة ثالثة تسقط من النسخة."


def runs(lead: str, copy: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in differences(lead, copy)]


def test_equal_texts_are_one_run_even_when_spelt_differently():
    assert runs("أعلنت الوزارة", "اعلنت الوِزارة") == [("same", "اعلنت الوِزارة\n")]


def test_words_added_and_dropped_are_told_where_they_stand():
    assert runs(LEAD, LEAD.replace("الوزير", "وزير المياه").replace(" تماما", "")) == [
        ("same", "قال"),
        ("dropped", "الوزير"),
        ("added", "وزير المياه"),
        ("same", "إن السد آمن."),
        ("dropped", "تماما."),
        ("same", "\nوأضاف أن المياه تكفي شهرين.\nفقرة ثالثة تسقط من النسخة.\n"),
    ]


def test_a_paragraph_left_out_is_dropped_whole_and_a_new_one_added_whole():
    copy = LEAD.split("\n")[0] + "\n" + LEAD.split("\n")[2] + "\nخاتمة جديدة."
    assert runs(LEAD, copy) == [
        ("same", "قال الوزير إن السد آمن تماما.\n"),
        ("dropped", "وأضاف أن المياه تكفي شهرين.\n"),
        ("same", "فقرة ثالثة تسقط من النسخة.\n"),
        ("added", "خاتمة جديدة.\n"),
    ]


def test_a_paragraph_too_long_to_align_is_shown_whole():
    long = " ".join(f"كلمة{n}" for n in range(900))
    assert [kind for kind, _ in runs(long, long + " أخيرة")] == ["dropped", "added"]


def test_nothing_against_nothing_is_nothing():
    assert differences("", "") == ()


TEXTS = st.lists(
    st.lists(st.sampled_from(["قال", "إن", "السد", "7", "-", "آمن"]), max_size=6).map(" ".join), max_size=5
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_no_word_of_either_text_is_lost(lead: list[str], copy: list[str]):
    pieces = differences("\n".join(lead), "\n".join(copy))
    shown = {
        kind: [w for p in pieces if p.kind in kind for w in p.text.split()]
        for kind in (("same", "added"), ("same", "dropped"))
    }
    assert shown["same", "added"] == " ".join(copy).split()
    assert shown["same", "dropped"] == " ".join(lead).split()
    assert all(piece.text.strip() for piece in pieces if piece.kind != "same")
