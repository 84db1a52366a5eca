"""Patterns of a workspace lead to the feedback they are from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories import an_incoming, imported, told_as
from triage.errors import UsageError
from triage.workspace import Workspace

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Workspace]:
    """Six people on exports, six on logging in, ten on neither, in ten weeks."""
    with Workspace(tmp_path / "work.db", clock=lambda: NOW) as workspace:
        told = [
            an_incoming(
                f"{topic}{n}", f"{body} {n}", author=f"Ana{n} Export",
                email=f"{topic}{n}@acme.example", app_version="5.1" if n % 2 else "5.2",
                context={"plan": plan}, received_at=NOW - timedelta(days=days + n),
            )
            for topic, body, many, plan, days in (
                ("a", "large pdf files take an hour", 6, "team", 2),
                ("b", "the passkey prompt loops for ever", 6, "free", 60),
                ("c", "what a lovely day to write chapters", 10, "free", 60),
            )
            for n in range(many)
        ]  # fmt: skip
        imported(workspace, told, group=False)
        for topic, title in (("a", "PDF is slow"), ("b", "No passkey")):
            found = told_as(workspace, *(f"{topic}{n}" for n in range(6)))
            workspace.accept(found, title)
        yield workspace


def test_keywords_of_pain_points(heard: Workspace) -> None:
    """Each pain point has its own words, with people and feedback that says them."""
    found = {part.short: part for part in heard.keywords().parts}
    assert set(found) == {"p1", "p2"}
    words = {one.keyword.words: one for one in found["p1"].keywords}
    assert "large pdf" in words
    assert words["large pdf"].keyword.people == 6
    assert all(one.feedback for part in found.values() for one in part.keywords)
    assert found["p2"].people == 6


def test_names_are_no_keywords(heard: Workspace) -> None:
    """What authors are called is no word of theirs."""
    told = [
        an_incoming(
            f"n{n}", f"regards from Wolfgang number {n}", author="Wolfgang Meier",
            email=f"w{n}@acme.example", received_at=NOW - timedelta(days=3),
            context={"plan": "pro"},
        )
        for n in range(5)
    ]  # fmt: skip
    imported(heard, told, group=False)
    found = heard.keywords("segment", named=[("pro", "plan:pro")])
    words = {one.keyword.words for part in found.parts for one in part.keywords}
    assert not any("wolfgang" in word for word in words)


def test_keywords_by_segment_and_version(heard: Workspace) -> None:
    """Any list of names and queries makes parts, and so do versions."""
    found = heard.keywords(
        "segment", named=[("team", "plan:team"), ("free", "plan:free")]
    )
    by = {
        part.name: {one.keyword.words for one in part.keywords} for part in found.parts
    }
    assert "large pdf" in by["team"]
    assert "large pdf" not in by["free"]
    assert {part.name for part in heard.keywords("version").parts} == {"5.1", "5.2"}
    with pytest.raises(UsageError, match="segments"):
        heard.keywords("segment")
    with pytest.raises(UsageError, match="not by colour"):
        heard.keywords("colour")


def test_a_query_narrows(heard: Workspace) -> None:
    """Only what it finds is read; an order is refused."""
    assert [part.short for part in heard.keywords(query="plan:free").parts] == ["p2"]
    with pytest.raises(UsageError, match="no order"):
        heard.rising("sort:people")


def test_what_rises(heard: Workspace) -> None:
    """Words of the last four weeks that were said by nobody before rise."""
    found = heard.rising()
    words = {one.shift.words: one for one in found.words}
    assert words["large pdf"].shift.g2 > 0
    assert (words["large pdf"].shift.people, words["large pdf"].shift.before) == (6, 0)
    assert len(words["large pdf"].feedback) == 5
    assert (found.people, found.before) == (6, 16)


def test_what_goes_together(heard: Workspace) -> None:
    """Pains of the same five people are told with what they said of either."""
    for pain, prefix in ((1, "x"), (2, "y")):
        told = [
            an_incoming(
                f"{prefix}{n}", f"{prefix} says more, number {n}",
                email=f"both{n}@acme.example", received_at=NOW - timedelta(days=n),
            )
            for n in range(5)
        ]  # fmt: skip
        imported(heard, told, group=False)
        found = told_as(heard, *(one.external_id for one in told))
        heard.accept(found, pain)
    found_pairs = heard.together()
    assert (found_pairs.people, found_pairs.compared) == (17, 1)
    assert found_pairs.quotes == 22
    assert found_pairs.pairs == ()
    assert heard.together("plan:team").people == 6
