"""A file of translations is read as polib reads it, whoever wrote it and however."""

import polib
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.translate.po import parse_po

words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=40
)
entries = st.builds(
    polib.POEntry, msgid=words.filter(bool), msgstr=words, obsolete=st.booleans(),
    flags=st.lists(st.sampled_from(["fuzzy", "no-wrap"]), max_size=2, unique=True),
    tcomment=st.sampled_from(["", "approved: Dana", "two\nlines"]),
    comment=st.sampled_from(["", "place: title\nengine: Dictionary 1.0"]),
    previous_msgid=st.sampled_from([None, "was"]),
)  # fmt: skip
ODD = (
    'msgid  "{}"',
    ' msgid "{}"',
    '"{}"',
    "# {}",
    "#, fuzzy,{}",
    "#~ {}",
    '#| msgid "{}"',
    "{}",
    'msgstr "{}"',
    "#. {}",
)


def by_polib(text: str) -> list[tuple[str, str, bool, bool]] | None:
    try:
        found = [one for one in polib.pofile(text + "\n") if one.msgid]
    except OSError:
        return None
    return [(one.msgid, one.msgstr, "fuzzy" in one.flags, bool(one.obsolete)) for one in found]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(entries, max_size=5),
    st.integers(20, 78),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(ODD), words), max_size=2),
)
def test_what_is_read_of_a_file_is_what_polib_reads(
    made: list[polib.POEntry], width: int, odd: list[tuple[int, str, str]]
) -> None:
    file = polib.POFile(wrapwidth=width)
    file.metadata = {"Language": "en"}
    file.extend(made)
    lines = str(file).split("\n")
    for place, line, typed in odd:
        lines.insert(place % (len(lines) + 1), line.format(typed.replace("\n", " ").replace("{", "")))
    text = "\n".join(lines)
    read = parse_po("story", text, "story.en.po")
    if not read.problems:
        assert [(one.source, one.text, one.fuzzy, one.obsolete) for one in read.entries] == by_polib(text)


def test_a_file_that_polib_cannot_read_is_a_problem_with_its_name() -> None:
    read = parse_po("story", 'msgid "a"\n# in between\nmsgstr "b"\n', "story.en.po")
    assert [(one.file, one.code) for one in read.problems] == [("story.en.po", "memory-syntax")]
