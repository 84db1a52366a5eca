"""The demo's words."""

from __future__ import annotations

from triage.connector import Channel
from triage.demo.people import outsiders, people
from triage.demo.stories import LOOKALIKES, STORIES
from triage.demo.story import Wording, first_sentence

WORDINGS = [wording for story in STORIES for wording in story.wordings]


def test_there_is_enough_to_read() -> None:
    """At least 45 stories and 330 texts, no two of them the same."""
    assert len(STORIES) >= 45
    assert len(WORDINGS) >= 330
    assert len({(w.title, w.text) for w in WORDINGS}) == len(WORDINGS)


def test_keys_are_unique_and_lookalikes_exist() -> None:
    """A story's key names one story, and lookalikes are two different stories."""
    keys = [story.key for story in STORIES]
    assert len(set(keys)) == len(keys)
    assert {key for pair in LOOKALIKES for key in pair} <= set(keys)
    assert all(left != right for left, right in LOOKALIKES)


def test_telling_words_are_in_the_text() -> None:
    """Every quote stands verbatim in its text, and no mark is left behind."""
    for wording in WORDINGS:
        assert wording.quote, wording
        assert wording.quote in wording.text
        assert "[[" not in wording.text
        assert "]]" not in wording.text


def test_ratings_fit_their_scale() -> None:
    """Reviews have 1 to 5 stars, surveys 0 to 10, nothing else is rated."""

    def fits(wording: Wording) -> bool:
        scale = {Channel.REVIEW: range(1, 6), Channel.SURVEY: range(11)}
        allowed = scale.get(wording.channel)
        if allowed is None:
            return wording.rating is None
        return wording.rating in allowed

    assert all(fits(wording) for wording in WORDINGS)


def test_named_speakers_exist() -> None:
    """Who is named as the one who said it is somebody we know."""
    names = {person.name for person in (*people(), *outsiders())}
    assert {wording.who for wording in WORDINGS if wording.who} <= names


def test_lengths_vary_like_peoples_do() -> None:
    """Some say it in three words, some need three paragraphs."""
    words = [len(wording.text.split()) for wording in WORDINGS]
    assert sum(n <= 3 for n in words) >= 5
    assert sum(n > 60 for n in words) >= 5
    assert sum(wording.text.count("\n\n") >= 1 for wording in WORDINGS) >= 5


def test_first_sentence() -> None:
    """The first sentence ends where a reader would end it, in any script."""
    assert first_sentence("It broke. Again.") == "It broke."
    assert first_sentence("5.2.1 broke it! Why?") == "5.2.1 broke it!"
    assert first_sentence("毎回落ちます。困る。") == "毎回落ちます。"
    assert first_sentence("no end") == "no end"
