"""What one build leaves the next of its process: it saves work, and nobody can tell from the site."""

from site_src.kept import NOTHING_KEPT, Kept


def test_a_value_is_made_once_for_equal_things_and_again_for_others() -> None:
    kept, made = Kept(), []

    def value(made_from: tuple[str, ...]) -> str:
        return kept.same("story", made_from, lambda: made.append(made_from) or "-".join(made_from))

    assert [value(("a", "b")), value(("a", "b")), value(("a", "c"))] == ["a-b", "a-b", "a-c"]
    assert made == [("a", "b"), ("a", "c")]


def test_what_two_turns_did_not_ask_for_is_forgotten() -> None:
    kept = Kept()
    kept.put("asked", 1, "old")
    kept.put("left", 1, "old")
    kept.turn()
    assert kept.get("asked", 1) == "old"
    kept.turn()
    assert kept.get("asked", 1) == "old"
    assert kept.get("left", 1) is None


def test_nothing_is_held_where_no_build_follows() -> None:
    NOTHING_KEPT.put("story", 1, "value")
    assert NOTHING_KEPT.get("story", 1) is None
