"""How long customers waited is told of those who began, each figure with its n."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import NOON, an_incoming, imported
from triage.connector import Channel, Incoming, Kind
from triage.measures import FEW, median
from triage.workspace import Workspace

HOUR = timedelta(hours=1)


def talk(
    number: int, *, wait: float | None, solved: float | None = None
) -> list[Incoming]:
    """A conversation: its first words, an answer after so many hours."""
    began = NOON + timedelta(minutes=number)
    context = (
        {} if solved is None else {"solved_at": (began + solved * HOUR).isoformat()}
    )
    told = [
        an_incoming(
            f"{number}/1", f"thing {number} broke", thread=str(number), context=context,
            channel=Channel.TICKET, received_at=began,
        )
    ]  # fmt: skip
    if wait is not None:
        told.append(
            an_incoming(
                f"{number}/2", "We look into it", thread=str(number), kind=Kind.AGENT,
                channel=Channel.TICKET, received_at=began + wait * HOUR,
            )
        )  # fmt: skip
    return told


def test_the_first_answer_after_the_first_words_counts(workspace: Workspace) -> None:
    """Later answers, later questions and what we wrote before nobody asked count not."""
    told = talk(1, wait=2, solved=5)
    told += [
        an_incoming(
            "1/0", "Welcome!", thread="1", kind=Kind.AGENT, received_at=NOON - HOUR
        ),
        an_incoming("1/3", "And this?", thread="1", received_at=NOON + 3 * HOUR),
        an_incoming(
            "1/4", "So.", thread="1", kind=Kind.AGENT, received_at=NOON + 9 * HOUR
        ),
    ]
    imported(workspace, told, source="desk")
    found = workspace.answers()
    assert found.whole.n == 1
    assert found.whole.first_response.value == pytest.approx(2 * 3600)
    assert found.whole.resolution.value == pytest.approx(5 * 3600)


def test_answers_are_found_by_their_thread(workspace: Workspace) -> None:
    """A source with a hundred thousand messages is not gone through for each of them."""
    imported(workspace, talk(1, wait=2), source="desk")
    read = workspace.db.read()
    asked: list[str] = []
    read.set_trace_callback(asked.append)
    workspace.answers()
    read.set_trace_callback(None)
    (statement,) = [one for one in asked if "AS answered" in one]
    plan = [row[3] for row in read.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert sum("feedback_thread" in step for step in plan) == 2


def test_who_still_waits_is_counted_and_is_no_time(workspace: Workspace) -> None:
    """A conversation without an answer makes no median shorter or longer."""
    imported(workspace, [*talk(1, wait=1), *talk(2, wait=None)], source="desk")
    whole = workspace.answers().whole
    assert (whole.n, whole.first_response.n) == (2, 1)
    assert whole.first_response.value == pytest.approx(3600)


def test_a_source_that_tells_no_answers_is_left_out(workspace: Workspace) -> None:
    """Where our side's words are never told, nobody seems to answer."""
    imported(workspace, talk(1, wait=1), source="desk")
    imported(workspace, talk(2, wait=None), source="mail")
    found = workspace.answers()
    assert [name for name, _ in found.sources] == ["desk"]
    assert found.whole.n == 1


def test_a_query_narrows_by_the_first_words(workspace: Workspace) -> None:
    """What is asked of is what the conversation began with."""
    imported(workspace, [*talk(1, wait=1), *talk(2, wait=3)], source="desk")
    found = workspace.answers(query='"thing 2"')
    assert found.whole.first_response.value == pytest.approx(3 * 3600)
    assert found.whole.n == 1


def test_weeks_are_told_without_a_hole(workspace: Workspace) -> None:
    """A week in which nobody began anything is there, with nothing in it."""
    imported(workspace, talk(1, wait=1), source="desk")
    late = an_incoming(
        "9", "late", thread="9", received_at=NOON + timedelta(weeks=2, hours=1)
    )
    imported(workspace, [late], source="desk")
    counts = [week.waits.n for week in workspace.answers().weeks]
    assert counts[0] == 1
    assert counts[1:3] == [0, 1]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_the_interval_of_a_median_holds_it(values: list[float]) -> None:
    """Median, interval and nine of ten are values there are, and in order."""
    told = median(values)
    assert told.value is not None
    assert min(values) <= told.value <= max(values)
    if len(values) < FEW:
        assert (told.interval, told.most) == (None, None)
        return
    assert told.interval
    assert told.most is not None
    assert told.interval[0] <= told.value <= told.interval[1]
    assert told.most in values
    assert sum(one <= told.most for one in values) >= 0.9 * len(values)


def test_the_interval_is_that_of_the_source() -> None:
    """Ranks for n = 100 are 40 and 61 (Campbell and Gardner 1988)."""
    told = median(float(rank) for rank in range(1, 101))
    assert told.interval == (40.0, 61.0)
