"""What one build leaves the next of its process: it saves work, and nobody can tell from the site."""

from site_src.kept import NOTHING_KEPT, Kept


def test_a_value_is_made_once_for_equal_things_and_again_for_others() -> None:
    kept, made = Kept(), []

    def value(made_from: tuple[str, ...]) -> str:
        return kept.same("story", made_from, lambda: made.append(made_from) or "-".join(made_from))

    assert [value(("a", "b")), value(("a", "b")), value(("a", "c"))] == ["a-b", "a-b", "a-c"]
    assert made == [("a", "b"), ("a", "c")]


def test_of_many_values_those_are_made_whose_origin_is_new_or_other() -> None:
    kept, made = Kept(), []

    def values(made_from: dict[str, str]) -> dict[str, str]:
        return kept.each("story", made_from, lambda keys: [made.append(key) or made_from[key].upper() for key in keys])

    assert values({"a": "x", "b": "y"}) == {"a": "X", "b": "Y"}
    kept.turn()
    assert list(values({"c": "w", "b": "y", "a": "z"}).items()) == [("c", "W"), ("b", "Y"), ("a", "Z")]
    kept.turn()
    assert values({"b": "y"}) == {"b": "Y"}
    kept.turn()
    assert values({"a": "z"}) == {"a": "Z"}
    assert made == ["a", "b", "c", "a", "a"]


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
