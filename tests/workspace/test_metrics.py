"""Metrics of a workspace: who counts, where, when, and after something shipped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import an_incoming, imported
from triage.connector import Channel, Incoming, Kind
from triage.errors import NotFound, UsageError
from triage.measures.figure import Figure, Origin
from triage.measures.net import Interval
from triage.measures.wave import waves
from triage.model import Extent, Horizon, RoadmapStatus
from triage.workspace import Workspace
from triage.workspace.measured import MeasuredPart

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Clock:
    """A moment that a test moves."""

    now = NOW

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """It is the end of June until a test says otherwise."""
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """Empty, with two segments in its settings."""
    (tmp_path / "work.toml").write_text(
        '[segments]\nbig = "plan:enterprise"\nsmall = "plan:free"\n'
    )
    with Workspace(tmp_path / "work.db", clock=clock) as made:
        yield made


def an_answer(number: int, rating: float, ago: float = 5, **told: Any) -> Incoming:
    """Somebody's answer to the question how likely they are to recommend us."""
    settings: dict[str, Any] = {
        "channel": Channel.SURVEY, "metric": "nps", "scale": "0-10",
        "email": f"a{number}@x.example", "received_at": NOW - ago * DAY,
    }  # fmt: skip
    return an_incoming(
        f"s{number}", f"words {number}", rating=rating, **settings | told
    )


def the(part: MeasuredPart | None, name: str) -> Figure:
    """The first figure with a name."""
    assert part is not None
    return next(one for one in part.figures if one.name == name)


def test_the_latest_answer_counts(workspace: Workspace) -> None:
    """Who answered a survey twice counts once, as they answered last; strangers each."""
    told = [an_answer(number, 3, ago=20) for number in range(12)]
    told += [
        an_answer(100 + number, 10, email=f"a{number}@x.example")
        for number in range(12)
    ]
    told += [an_answer(200 + number, 8, email="") for number in range(2)]
    imported(workspace, told)
    found = the(workspace.metrics().whole, "NPS")
    assert found.n == 14
    assert found.value == pytest.approx(100 * 12 / 14)
    earlier = workspace.metrics(
        waves=waves("2026-06-01..2026-06-15", "2026-06-16..2026-06-30")
    )
    assert [one.before.value for one in earlier.parts[0].changes] == [-100.0]
    assert [one.verdict for one in earlier.parts[0].changes] == ["higher"]


def test_what_one_survey_is(workspace: Workspace) -> None:
    """Another title, another conversation, another metric: answers of their own."""
    same: dict[str, Any] = {"email": "ann@x.example"}
    told = [
        an_answer(1, 9, **same), an_answer(2, 9, title="Spring", **same),
        an_answer(3, 9, thread="t1", **same), an_answer(4, 9, thread="t2", **same),
        an_answer(5, 5, metric="csat", scale="1-5", **same), an_answer(6, 0, **same),
    ]  # fmt: skip
    imported(workspace, told)
    part = workspace.metrics().whole
    assert (the(part, "NPS").n, the(part, "CSAT").n) == (4, 1)


def test_two_customers_who_are_one(workspace: Workspace) -> None:
    """Joined by a ruling, they answered twice."""
    imported(workspace, [an_answer(1, 0, ago=9), an_answer(2, 10)])
    assert the(workspace.metrics().whole, "NPS").n == 2
    people = [workspace.feedback(one).customer_id for one in ("f1", "f2")]
    assert people[0]
    assert people[1]
    workspace.join(people[0], people[1])
    assert the(workspace.metrics().whole, "NPS").n == 1


def test_reviews_stand_apart(workspace: Workspace) -> None:
    """Stars given unasked are no survey's, whatever they measure; each counts."""
    told = [
        an_answer(number, 5, channel=Channel.REVIEW, metric="csat", scale="1-5",
                  email="one@x.example")
        for number in range(10)
    ]  # fmt: skip
    told += [
        an_answer(50 + number, 1, metric="csat", scale="1-5") for number in range(10)
    ]
    imported(workspace, told)
    part = workspace.metrics().whole
    assert part
    assert [(one.origin, one.n, one.value) for one in part.figures] == [
        (Origin.SURVEY, 10, 0.0), (Origin.REVIEW, 10, 5.0),
    ]  # fmt: skip


def test_an_answer_without_a_word(workspace: Workspace) -> None:
    """A number is an answer, under a survey's title too; one that says not of what is left out."""
    told = [
        an_answer(number, 10, title="Our survey", kind=Kind.AUTO)
        for number in range(10)
    ]
    told = [Incoming(**{**_fields(one), "body": ""}) for one in told]
    told.append(an_answer(99, 3, metric=""))
    imported(workspace, told)
    found = workspace.metrics()
    assert the(found.whole, "NPS").n == 10
    assert found.unnamed == 1
    (rated,) = workspace.numbers(52).scales()[:1]
    assert rated == ("nps", "0-10")


def _fields(one: Incoming) -> dict[str, Any]:
    return {name: getattr(one, name) for name in type(one).__slots__}


def test_segments_are_people(workspace: Workspace) -> None:
    """Whom a saved query finds by any word is in it with every answer."""
    told = [an_answer(number, 10 if number < 12 else 2) for number in range(30)]
    told += [
        an_incoming(f"m{number}", f"my plan {number}", email=f"a{number}@x.example",
                    received_at=NOW - 40 * DAY,
                    attributes={"plan": "enterprise" if number < 12 else "free"})
        for number in range(24)
    ]  # fmt: skip
    imported(workspace, told)
    found = workspace.metrics(by="segment")
    assert [(part.name, the(part, "NPS").n, the(part, "NPS").value) for part in found.parts] == [
        ("big", 12, 100.0), ("small", 12, -100.0), ("", 6, None),
    ]  # fmt: skip
    own = workspace.metrics(
        by="persona", named=[("Ann", "from:a1@x.example"), ("Nobody", "xyz")]
    )
    assert [(part.name, part.n) for part in own.parts] == [
        ("Ann", 1),
        ("Nobody", 0),
        ("", 29),
    ]


def test_parts_told_by_sources(workspace: Workspace) -> None:
    """Versions newest first, months and weeks in order, spelling aside, then the untold."""
    told = [
        an_answer(
            number, 9, ago=number, app_version=("5.10", "5.9", "5.9 ", "")[number % 4]
        )
        for number in range(40)
    ]
    imported(workspace, told)

    def names(by: str) -> list[tuple[str, int]]:
        return [(part.name, part.n) for part in workspace.metrics(by=by, weeks=9).parts]

    assert names("version") == [("5.10", 10), ("5.9", 20), ("", 10)]
    assert (
        names("month") == [("2026-05", 9), ("2026-06", 31)]
        or names("month")[0][0] == "2026-05"
    )
    assert names("week")[-1] == ("2026-06-29", 2)
    assert names("source") == [("mail", 40)]
    with pytest.raises(UsageError, match="metrics are told by segment"):
        workspace.metrics(by="colour")


def test_a_query_and_a_method(workspace: Workspace) -> None:
    """What is asked for narrows it; the plain interval is another."""
    imported(
        workspace, [an_answer(number, 10 if number % 3 else 1) for number in range(30)]
    )
    wide = the(workspace.metrics().whole, "NPS")
    plain = the(workspace.metrics(way=Interval.PLAIN).whole, "NPS")
    assert wide.value == plain.value
    assert wide.interval != plain.interval
    assert (wide.method, plain.method) == ("adjusted Wald", "plain Wald")
    assert the(workspace.metrics("rating:>=9").whole, "NPS").value == 100.0
    assert workspace.metrics("rating:<0").parts[0].n == 0
    with pytest.raises(UsageError, match="no order"):
        workspace.metrics("sort:oldest")


def test_who_stayed_and_who_managed(workspace: Workspace) -> None:
    """A customer's latest word on staying counts; of tasks every one."""
    told = [
        an_answer(number, 9, context={"renewed": "yes" if number else "no"})
        for number in range(20)
    ]
    told.append(
        an_answer(
            50, 9, ago=2, email="a1@x.example", context={"churned_at": "2026-06-01"}
        )
    )
    told += [
        an_answer(60 + number, 9, email="a1@x.example",
                  context={"task_success": number > 0, "time_on_task": 30 + number})
        for number in range(7)
    ]  # fmt: skip
    imported(workspace, told)
    part = workspace.metrics().whole
    kept, done, took = (
        the(part, name) for name in ("retention", "task done", "time on task")
    )
    assert (kept.n, kept.value) == (20, 0.9)
    assert done.n == 7
    assert done.value == pytest.approx(6 / 7)
    assert (took.n, took.scale) == (6, "")


def test_how_long_they_waited(workspace: Workspace) -> None:
    """First answers as `numbers --answers` has them, in whichever part they began."""
    told = []
    for number in range(12):
        at, where = (
            NOW - (20 - number) * DAY,
            {"thread": f"t{number}", "channel": Channel.TICKET},
        )
        told.append(
            an_incoming(
                f"q{number}",
                f"help {number}",
                received_at=at,
                app_version="1.0" if number < 11 else "2.0",
                **where,
            )
        )
        told.append(an_incoming(f"r{number}", f"here {number}", kind=Kind.AGENT,
                                received_at=at + timedelta(hours=3), **where))  # fmt: skip
    imported(workspace, told, source="desk")
    found = the(workspace.metrics().whole, "first answer")
    assert (found.n, found.value, found.spelt) == (12, 10_800.0, "3 h")
    assert found.value == workspace.answers(13).whole.first_response.value
    parts = workspace.metrics(by="version").parts
    assert [(part.name, the(part, "first answer").n) for part in parts] == [
        ("2.0", 1),
        ("1.0", 11),
    ]


def test_prices(workspace: Workspace) -> None:
    """Each person's latest four prices, a currency at a time."""

    def said(number: int, times: float, **told: Any) -> Incoming:
        low = 10 + number
        context = {"too_cheap": low / 2, "cheap": low, "expensive": 1.5 * low,
                   "too_expensive": str(2.0 * low), **told.pop("context", {})}  # fmt: skip
        context = {
            k: v * times if isinstance(v, float) else v for k, v in context.items()
        }
        return an_answer(number, 9, context=context, **told)

    told = [said(number, 1.0, context={"currency": "eur"}) for number in range(12)]
    told += [said(100, 1.0, email="a1@x.example", ago=1, context={"currency": "EUR"})]
    told += [
        said(200 + number, 1.0, context={"currency": "USD"}) for number in range(3)
    ]
    told += [an_answer(300, 5, context={"cheap": 4})]
    imported(workspace, [one for one in told if one])
    euro, dollar = workspace.prices()
    assert (euro.currency, euro.found.n, dollar.currency, dollar.found.n) == (
        "EUR",
        12,
        "USD",
        3,
    )
    assert all(point.value for point in euro.found.points)
    assert workspace.prices("rating:5") == ()


def test_after_it_shipped(workspace: Workspace, clock: Clock) -> None:
    """As long before as after: the pain, the people quoted on it, and everybody."""
    clock.now = NOW - 35 * DAY
    told = []
    for number in range(12):
        for ago, rating in ((50, 3), (10, 9)):
            told.append(
                an_answer(
                    1000 * ago + number, rating, ago=ago, email=f"a{number}@x.example"
                )
            )
            told.append(
                an_answer(3000 * ago + number, 8, ago=ago, email=f"b{number}@x.example")
            )
    imported(workspace, told)
    point = workspace.capture("It is slow")
    quoted = [one for one in (f"f{number}" for number in range(1, 49, 1))
              if workspace.feedback(one).email.startswith("a")]  # fmt: skip
    early = [one for one in quoted if workspace.feedback(one).rating == 3]
    workspace.accept([workspace.feedback(one) for one in early], point.id)
    item = workspace.plan("Make it fast", Horizon.NOW)
    with pytest.raises(UsageError, match="has not shipped"):
        workspace.shipped_metrics("r1")
    with pytest.raises(NotFound):
        workspace.shipped_metrics("r9")
    workspace.link(point, item, Extent.FULL)
    workspace.reschedule(item, status=RoadmapStatus.SHIPPED)
    assert workspace.shipped_metrics("r1").effect.days == 0
    clock.now = NOW
    found = workspace.shipped_metrics("r1")
    assert (found.effect.days, found.effect.before, found.effect.after) == (35, 12, 0)
    assert [one.name for one in found.waves] == ["before", "after"]
    assert found.quoted
    assert found.everybody
    (change,) = found.quoted.changes
    assert (change.before.value, change.now.value, change.verdict) == (
        -100.0,
        100.0,
        "higher",
    )
    (change,) = found.everybody.changes
    assert (change.before.n, change.now.n, change.before.value) == (24, 24, -50.0)
