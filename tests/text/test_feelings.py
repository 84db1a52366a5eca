"""Feelings of short quotes: suggested where words say so, and only there."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from text.feelings_measured import labelled, measured
from triage.research import Feeling
from triage.text import feelings
from triage.text.feelings import SIGN, feeling


def told(text: str, language: str = "en") -> tuple[str, int] | None:
    """Feeling and intensity of a quote."""
    found = feeling(text, language)
    return (str(found.feeling), found.intensity) if found else None


def test_precision_holds() -> None:
    """On quotes left out of tuning, nineteen in twenty suggestions are right."""
    right, wrong, missed = measured("held")
    said = sum(right.values()) - right[""]
    assert said / (said + sum(wrong.values()) - wrong[""]) >= 0.95
    assert said / (said + sum(missed.values()) - missed[""]) >= 0.9
    assert len(labelled("held")) + len(labelled("tune")) >= 200


def test_every_feeling_in_every_language() -> None:
    """Each list has words for each feeling, and the emoji know them all."""
    names = [*feelings.languages(), "emoji"]
    assert {"en", "de", "fr", "es", "it", "nl", "pt"} < set(names)
    for name in names:
        listed = feelings._listed(name)
        assert listed is not None
        assert set(listed.feelings.values()) - {None} == set(Feeling)
    assert set(SIGN) == set(Feeling)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm happy with it.", ("pleased", 2)),
        ("I'm not happy with it.", ("disappointed", 2)),
        ("I'm not angry.", None),
        ("It was not frustrating.", None),
        ("It did not work. I'm happy with support.", ("pleased", 2)),
        ("I used to love it.", ("disappointed", 2)),
        ("I don't love it.", ("disappointed", 2)),
        ("Slightly annoying.", ("frustrated", 1)),
        ("Really annoying.", ("frustrated", 3)),
        ("I'm furious!", ("angry", 3)),
        ("We open at nine.", None),
        ("They sell happy meals.", None),
        ("The best angry birds there is.", None),
        ("I would appreciate a refund.", None),
        ("I like the menu and I'm angry about the price.", None),
        ("", None),
    ],
)
def test_words_around_it(text: str, expected: tuple[str, int] | None) -> None:
    """ "Not" turns or silences, "very" and "slightly" weigh, and nothing is guessed."""
    assert told(text) == expected


def test_not_may_stand_behind() -> None:
    """In German and Dutch "not" stands behind what it turns."""
    assert told("Das gefällt mir.", "de") == ("pleased", 2)
    assert told("Das gefällt mir nicht.", "de") == ("disappointed", 2)
    assert told("Ich mag die Farben überhaupt nicht.", "de") is None
    assert told("Het bevalt me niet.", "nl") == ("disappointed", 2)


def test_emoji_need_no_language() -> None:
    """A face says the same in a language nobody wrote a list for."""
    assert told("週末 😡", "ja") == ("angry", 2)
    assert told("週末", "ja") is None


def test_the_words_are_named() -> None:
    """Whoever is shown a suggestion sees the words that say so."""
    found = feeling("I was worried, honestly scared, about my data.", "en")
    assert found is not None
    assert found.words == ("worried", "scared")


def test_the_language_is_read_where_nobody_says_it() -> None:
    """Without a language the text tells it."""
    found = feeling("Ich bin wirklich enttäuscht von der neuen Version.")
    assert found is not None
    assert found.feeling is Feeling.DISAPPOINTED


def test_a_long_text_is_read_at_its_beginning() -> None:
    """However much is quoted, it takes no longer than its first lines."""
    before = process_time()
    feeling("I am not so very happy with it and " * 100_000, "en")
    assert process_time() - before < 0.5


def test_where_stars_are_given(shared_ratings: list[tuple[str, int]]) -> None:
    """Of rated reviews, the sign of what is suggested is the stars' in six of seven."""
    agreed = said = 0
    for text, sign in shared_ratings:
        found = feeling(text, "en")
        if found and SIGN[found.feeling]:
            said += 1
            agreed += SIGN[found.feeling] == sign
    assert said > 500
    assert agreed / said >= 0.86


@pytest.fixture
def shared_ratings() -> list[tuple[str, int]]:
    """Short English reviews with one, two, four or five stars, where they lie."""
    import json
    import os

    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("TRIAGE_SHARED") or beside)
    file = folder / "data" / "dev" / "feedback.jsonl"
    if not file.is_file():
        pytest.skip("set TRIAGE_SHARED to a folder with data/dev/feedback.jsonl")
    found = []
    for line in file.read_text("utf-8").splitlines():
        one = json.loads(line)
        is_rated = one["lang"] == "en" and one["rating"] in {1, 2, 4, 5}
        if is_rated and 3 <= len(one["text"]) <= 200:
            found.append((one["text"], 1 if one["rating"] > 3 else -1))
    return found
