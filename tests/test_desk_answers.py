"""What the desk answers to a decision: the sentence as it is now, the next one to open, or the two texts that clash."""

import support_desk as site


def test_an_approval_opens_the_next_sentence_and_an_old_page_is_shown_both_texts(preview: site.Preview) -> None:
    headers = preview.headers()
    _, sentence, *_ = preview.ask("look", headers, slug="canal")["segments"]
    place = {"slug": "canal", "lang": "en", "number": sentence["number"], "mark": sentence["mark"]}
    approval = {**place, "action": "approve", "sure": True, "follow": True}
    first = preview.ask("decide", headers, **approval, text=site.RIGHT)
    assert (first["kind"], first["segment"]["text"], first["segment"]["state"]) == ("saved", site.RIGHT, "approved")
    assert first["next"] == {"slug": "canal", "number": sentence["number"] + 2}
    assert "clash" not in first and first["panel"]
    second = preview.ask("decide", headers, **approval, text="Other words for a canal of 40 kilometres.")
    assert (second["kind"], second["segment"]["text"]) == ("conflict", site.RIGHT)
    assert site.RIGHT in second["clash"] and "Other words for a canal" in second["clash"]
    assert "next" not in second
