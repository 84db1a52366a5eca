"""Verbs are pure: from what is to a step a person recognises, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from factories import NOON
from triage.errors import UsageError
from triage.model import (
    Channel,
    Disposition,
    Evidence,
    Extent,
    Feedback,
    Horizon,
    Importance,
    Kind,
    PainPoint,
    Priority,
    RoadmapItem,
    RoadmapLink,
    RoadmapStatus,
    Ruling,
    State,
    Verdict,
)
from triage.operations import groups, labels, pain_points, roadmap, triage
from triage.operations.changes import edited
from triage.operations.pain_points import Span


def a_feedback(
    number: int = 1, body: str = "the export loses tags", title: str = ""
) -> Feedback:
    return Feedback(
        id=number * 10, number=number, source="mail", external_id=str(number),
        channel=Channel.EMAIL, kind=Kind.FEEDBACK, title=title, body=body,
        received_at=NOON,
    )  # fmt: skip


ONE, OTHER, THIRD = a_feedback(1), a_feedback(2), a_feedback(3)
POINT = PainPoint(id=7, title="Exports lose tags")
DECLINED = Disposition(feedback_id=10, state=State.DECLINED, reason="not planned")


# Where feedback stands


def test_from_the_inbox_a_row_is_made() -> None:
    """What was in the inbox has no row; deciding makes one, for each of them."""
    step = triage.decline([ONE, OTHER], {}, "not planned")
    assert step.verb == "decline"
    assert step.label == "Declined f1 “the export loses tags” and 1 more: not planned"
    assert [(c.table, c.row, c.before) for c in step.changes] == [
        ("disposition", 10, None), ("disposition", 20, None),
    ]  # fmt: skip
    assert step.changes[0].after == {
        "state": "declined", "reason": "not planned", "until": None,
        "wakes_after": None,
    }  # fmt: skip


def test_only_what_changes_is_changed() -> None:
    """Who stands there already is left out; who stands elsewhere is moved."""
    step = triage.decline([ONE, OTHER], {10: DECLINED}, "not planned")
    assert [change.row for change in step.changes] == [20]
    (change,) = triage.archive([ONE], {10: DECLINED}).changes
    assert change.before == {
        "state": "declined",
        "reason": "not planned",
        "until": None,
        "wakes_after": None,
    }
    assert change.after == {
        "state": "archived",
        "reason": "",
        "until": None,
        "wakes_after": None,
    }


def test_reopening_takes_the_row_away() -> None:
    """Back to the inbox is no row again; who is there stays."""
    (change,) = triage.reopen([ONE, OTHER], {10: DECLINED}).changes
    assert (change.row, change.after) == (10, None)


def test_a_reason_and_a_moment_are_kept() -> None:
    """A decline needs a reason; a snooze keeps its moment to the microsecond."""
    with pytest.raises(UsageError, match="needs a reason"):
        triage.decline([ONE], {}, "  ")
    until = datetime(2026, 7, 8, 9, 0, 0, 5, tzinfo=UTC)
    (change,) = triage.snooze([ONE], {}, until).changes
    assert (change.after or {})["until"] == "2026-07-08T09:00:00.000005Z"


def test_the_same_again() -> None:
    """Those who joined later get the decision the others have, reason included."""
    step = triage.same_again([OTHER], {}, DECLINED)
    assert step.verb == "declined"
    assert (step.changes[0].after or {})["reason"] == "not planned"


# What says the same


def ruling(
    number: int, left: int, right: int, verdict: Verdict
) -> dict[tuple[int, int], Ruling]:
    return {
        (left, right): Ruling(id=number, left_id=left, right_id=right, verdict=verdict)
    }


def test_a_merge_withdraws_what_was_different() -> None:
    """Saying the same takes back every earlier “different” or “related” between them."""
    now = ruling(4, 10, 20, Verdict.DIFFERENT) | ruling(5, 10, 30, Verdict.RELATED)
    step = groups.merge([[ONE]], [OTHER, THIRD], now, 9)
    kinds = {(change.row, change.after is None) for change in step.changes}
    assert kinds == {(4, True), (5, True), (9, False)}
    assert step.changes[-1].after == {"left_id": 10, "right_id": 20, "verdict": "same"}


def test_a_split_rules_every_pair() -> None:
    """Each taken is different from each left; those taken stay together."""
    step = groups.split([OTHER, THIRD], [ONE], {}, 1)
    found = {
        (after["left_id"], after["right_id"]): after["verdict"]
        for change in step.changes
        if (after := change.after)
    }
    assert found == {(10, 20): "different", (10, 30): "different", (20, 30): "same"}
    assert len(step.changes) <= groups.rulings_needed(2, 1)
    assert [change.row for change in step.changes] == [1, 2, 3]


def test_a_ruling_is_turned_round() -> None:
    """Where a pair was ruled before, that ruling changes; there is never a second."""
    now = ruling(4, 10, 20, Verdict.SAME)
    (change,) = groups.split([OTHER], [ONE], now, 9).changes
    assert (change.row, change.before, change.after) == (
        4, {"verdict": "same"}, {"verdict": "different"},
    )  # fmt: skip
    assert (
        groups.set_apart(
            [ONE], [OTHER], ruling(4, 10, 20, Verdict.DIFFERENT), 9
        ).changes
        == ()
    )


def test_one_group_is_not_two() -> None:
    """A feedback cannot be on both sides, and neither side may be empty."""
    for some, others in (([ONE], [ONE, OTHER]), ([], [ONE]), ([ONE], [])):
        with pytest.raises(UsageError):
            groups.split(some, others, {}, 1)
        with pytest.raises(UsageError):
            groups.set_apart(some, others, {}, 1)


# What hurts


def quoted(said: Feedback, span: Span | None) -> Evidence:
    return pain_points.quote(
        1,
        said,
        7,
        span,
        importance=Importance.IMPORTANT,
        observed=True,
        at=NOON,
        by="Ann",
    )


def test_a_quote_is_the_customers_words() -> None:
    """A span of title and body, or all of it, copied letter for letter."""
    said = a_feedback(title="Tags", body="the éxport 🎉 loses")
    assert pain_points.text_of(said) == "Tags\n\nthe éxport 🎉 loses"
    assert quoted(said, Span(10, 18)).quote == "éxport 🎉"
    whole = quoted(said, None)
    assert (whole.start, whole.end, whole.quote) == (0, 24, pain_points.text_of(said))


@pytest.mark.parametrize("span", [Span(3, 3), Span(5, 4), Span(-1, 4), Span(0, 22)])
def test_a_quote_is_inside_the_text(span: Span) -> None:
    """A span that is empty, turned round or beyond the text is refused."""
    with pytest.raises(UsageError, match="are not in f1, which has 21"):
        quoted(ONE, span)


def test_without_words_there_is_no_quote() -> None:
    """A rating without words cannot be quoted, and the message says which."""
    with pytest.raises(UsageError, match="f4 has no words to quote"):
        quoted(a_feedback(4, body=""), None)


def test_accepting_is_one_step() -> None:
    """The pain point, its evidence and where the feedback stands change together."""
    evidence = quoted(ONE, Span(4, 10))
    step = pain_points.accept([ONE], {}, POINT, [evidence], is_new=True)
    assert [change.table for change in step.changes] == [
        "pain_point", "evidence", "disposition",
    ]  # fmt: skip
    assert (
        step.label == "Accepted f1 “the export loses tags” into p7 “Exports lose tags”"
    )
    step = pain_points.accept([ONE], {}, POINT, [evidence], is_new=False)
    assert [change.table for change in step.changes] == ["evidence", "disposition"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"title": " "}, "needs a title"),
        ({"severity": 0}, "severity is 0; it goes from 1 to 5"),
        ({"severity": 6}, "severity is 6"),
        ({"confidence": 1.5}, "confidence is 1.5; it goes from 0 to 1"),
        ({"effort": -1.0}, "effort is -1; it goes from 0 or more"),
        ({"effort": 0.0}, "effort is 0; give person-months"),
        ({"reach": -5.0}, "reach is -5"),
        ({"impact": -0.5}, "impact is -0.5"),
    ],
)
def test_what_a_pain_point_cannot_be(columns: Mapping[str, Any], message: str) -> None:
    """Values out of their range are refused with the range."""
    from dataclasses import replace

    with pytest.raises(UsageError, match=message):
        pain_points.edit(POINT, replace(POINT, **columns))


def test_an_edit_is_what_differs() -> None:
    """Only columns that differ are in the step, and its name tells which."""
    from dataclasses import replace

    step = pain_points.edit(POINT, replace(POINT, severity=4, tags=("a", "b")))
    assert step.label == "Edited p7 “Exports lose tags”: severity, tags"
    (change,) = step.changes
    assert change.before == {"severity": None, "tags": "[]"}
    assert change.after == {"severity": 4, "tags": '["a","b"]'}
    assert pain_points.edit(POINT, POINT).changes == ()
    assert pain_points.prioritise(POINT, Priority.NONE).changes == ()
    assert edited("x", 1, {"a": 1}, {"a": 1}) is None


def test_weighing_and_detaching() -> None:
    """How much it matters changes two columns; a quote taken out is kept in the step."""
    evidence = quoted(ONE, Span(4, 10))
    (change,) = pain_points.weigh(
        evidence, POINT, Importance.CRITICAL, observed=False
    ).changes
    assert change.after == {"importance": 3, "observed": 0}
    step = pain_points.detach(evidence, POINT)
    assert step.label == "Took “export” out of p7 “Exports lose tags”"
    assert (step.changes[0].before or {})["quote"] == "export"


# What is planned


def test_the_roadmap() -> None:
    """Planned, moved, linked and unlinked, each in words a person would use."""
    from dataclasses import replace

    item = RoadmapItem(id=2, title="Tags in exports", horizon=Horizon.NEXT)
    link = RoadmapLink(id=1, pain_point_id=7, roadmap_item_id=2, extent=Extent.PARTIAL)
    after = replace(item, status=RoadmapStatus.SHIPPED)
    steps = [
        roadmap.plan(item), roadmap.reschedule(item, after), roadmap.link(POINT, item, link),
        roadmap.unlink(POINT, item, link), roadmap.reschedule(item, item),
    ]  # fmt: skip
    assert [step.label for step in steps[:4]] == [
        "Planned r2 “Tags in exports” for next",
        "Changed r2 “Tags in exports”: next, shipped",
        "Linked p7 “Exports lose tags” to r2 “Tags in exports”",
        "Unlinked p7 “Exports lose tags” from r2 “Tags in exports”",
    ]
    assert [len(step.changes) for step in steps] == [1, 1, 1, 1, 0]
    assert steps[1].changes[0].after == {"status": "shipped"}
    with pytest.raises(UsageError, match="needs a title"):
        roadmap.plan(RoadmapItem(id=3, title=""))


# How steps are named


def test_labels_are_one_line() -> None:
    """However long or broken the words, a line of the history is one line of 200."""
    long = a_feedback(5, body="first line\n\tsecond " + "word " * 200)
    step = triage.decline([long], {}, "because " * 60)
    assert "\n" not in step.label
    assert len(step.label) == 200
    assert labels.naming([]) == "nothing"
    assert labels.naming([a_feedback(6, title="Title", body="body")]) == "f6 “Title”"


def test_moments_are_utc() -> None:
    """A moment told in another zone is kept as the same moment in UTC."""
    from datetime import timezone

    tokyo = datetime(2026, 7, 8, 9, tzinfo=timezone(timedelta(hours=9)))
    (change,) = triage.snooze([ONE], {}, tokyo).changes
    assert (change.after or {})["until"] == "2026-07-08T00:00:00.000000Z"
