"""Language and sentiment are kept for every feedback, and a person's word wins."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

from factories import a_workspace, an_incoming, imported, table, told_as
from triage.errors import Conflict, UsageError
from triage.model import Sentiment
from triage.store import tone
from triage.workspace import Workspace

AT = datetime(2026, 1, 6, 12, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path)


def test_what_arrives_is_read(workspace: Workspace) -> None:
    """After an import every feedback has a language and a sentiment, and says whose."""
    imported(
        workspace,
        [
            an_incoming("1", "This update is terrible, it crashes all the time"),
            an_incoming(
                "2", "Tolle App, sehr zuverlässig und einfach", language="de-AT"
            ),
            an_incoming("3", "ok", rating=1, scale="1-5"),
        ],
    )
    first, second, third = told_as(workspace, "1", "2", "3")
    told = workspace.tone(first)
    assert (told.language, told.language_from) == ("en", "text")
    assert (told.sentiment, told.sentiment_from) == (Sentiment.NEGATIVE, "text")
    assert any("terrible" in hit.words for hit in workspace.why(first, told))
    told = workspace.tone(second)
    assert (told.language, told.language_from) == ("de", "source")
    assert told.sentiment is Sentiment.POSITIVE
    told = workspace.tone(third)
    # Two letters are no language.
    assert (told.language, told.language_from) == ("", "")
    assert (told.sentiment, told.sentiment_from) == (Sentiment.NEGATIVE, "rating")
    assert workspace.why(third, told) == ()


def test_other_lists_or_weights_are_another_version() -> None:
    """Whoever changes a list or the weights raises VERSION, and writes the digest."""
    text = resources.files("triage.text")
    files = [text / "sentiment.weights", *(text / "lexicons").iterdir()]
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    assert digest.hexdigest()[:16] == tone.READ_WITH, "raise tone.VERSION, then this"


def test_what_changes_is_read_again(workspace: Workspace) -> None:
    """An edit at the source changes what was read; taking it back brings it back."""
    imported(workspace, [an_incoming("1", "I love it, works great")])
    before = table(workspace.db, "tone")
    edit = an_incoming("1", "I hate it now, it never works", edited_at=AT)
    ended = imported(workspace, [edit])
    (one,) = told_as(workspace, "1")
    assert workspace.tone(one).sentiment is Sentiment.NEGATIVE
    workspace.take_back(ended.batch_id)
    workspace.read_tones()
    assert table(workspace.db, "tone") == before


def test_a_higher_version_reads_everything_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the words mean something else, what is stored is read again, once."""
    imported(workspace, [an_incoming(str(n), f"good {n}") for n in range(5)])
    assert workspace.read_tones() == 0
    monkeypatch.setattr(tone, "VERSION", tone.VERSION + 1)
    monkeypatch.setattr(tone, "BATCH", 2)
    assert list(tone.read_pending(workspace.db)) == [2, 2, 1]
    assert workspace.read_tones() == 0


def test_a_person_is_believed_over_all(workspace: Workspace) -> None:
    """A correction wins over source, rating and words; undo and as-read end it."""
    imported(
        workspace, [an_incoming("1", "good", language="en", rating=5, scale="1-5")]
    )
    (one,) = told_as(workspace, "1")
    read = workspace.tone(one)
    workspace.correct([one], language="DE", sentiment="negative")
    told = workspace.tone(one)
    assert (told.language, told.language_from) == ("de", "person")
    assert (told.sentiment, told.sentiment_from) == (Sentiment.NEGATIVE, "person")
    assert list(workspace.ids(None, "language:de sentiment:negative")) == [one.id]
    workspace.undo()
    assert workspace.tone(one) == read
    workspace.redo()
    assert workspace.tone(one) == told
    workspace.correct([one], language="as-read", sentiment="as-read")
    assert workspace.tone(one) == read
    assert table(workspace.db, "correction") == []
    assert workspace.correct([one], language="as-read") is None


def test_a_correction_needs_something_right(workspace: Workspace) -> None:
    """No language and no sentiment, or one that is no code, is refused."""
    imported(workspace, [an_incoming("1", "good")])
    found = told_as(workspace, "1")
    with pytest.raises(UsageError, match="say what is right"):
        workspace.correct(found)
    with pytest.raises(UsageError, match="no code"):
        workspace.correct(found, language="German!")


def test_an_import_somebody_corrected_stays(workspace: Workspace) -> None:
    """An import is not taken back while a person's word rests on it."""
    ended = imported(workspace, [an_incoming("1", "good")])
    workspace.correct(told_as(workspace, "1"), sentiment="negative")
    with pytest.raises(Conflict, match="1 correction"):
        workspace.take_back(ended.batch_id)


def test_counts_add_up(workspace: Workspace) -> None:
    """Every feedback is counted once, under the Monday of its week."""
    imported(
        workspace,
        [an_incoming(str(n), "love it" if n % 3 else "hate it") for n in range(9)],
    )
    counts = workspace.tone_counts()
    assert sum(one.count for one in counts) == 9
    assert sum(one.count for one in counts if one.sentiment == "negative") == 3
    for one in counts:
        assert datetime.fromisoformat(one.week).weekday() == 0
