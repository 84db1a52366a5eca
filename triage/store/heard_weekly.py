"""
What trends count: who was heard of each pain point, and how much came, week by week.

Heard is what was quoted, and whatever is in a group of which half the quotes were for
the same: a group says one thing, so newcomers that wait in the inbox are heard before
anybody has decided on them, and those decided long ago otherwise are heard beside them;
counting newcomers alone would make a surge of every week that is not triaged yet. Spam
is nobody's voice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import NamedTuple

from triage.measures import resent
from triage.model import State
from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.counted import PERSON, SAID
from triage.store.driver import plain, sqlite3
from triage.store.queries import STATE_NOW

_ROW = f"f.id, f.number, f.source_id, {PERSON}, f.customer_id IS NOT NULL, f.thread"

_QUOTED = (
    f"SELECT e.pain_point_id, {_ROW}, m.feedback_id IS NOT NULL, 0 FROM evidence e"
    " JOIN feedback f ON f.id = e.feedback_id"
    " LEFT JOIN membership m ON m.feedback_id = f.id"
    f" WHERE {SAID}"
)
_GROUPED = (
    f"SELECT m.group_id, {_ROW}, 1, {STATE_NOW} = '{State.INBOX}'"
    " FROM membership m JOIN feedback f ON f.id = m.feedback_id"
    " LEFT JOIN disposition d ON d.feedback_id = f.id"
    " WHERE m.group_id IN (SELECT value FROM json_each(:groups)) AND f.id >= :begin"
    f" AND {SAID} AND {STATE_NOW} <> '{State.SPAM}'"
)

_TELLING = 0.5
"""How much of what was quoted of a group must be for a pain point to be told by it."""


class Heard(NamedTuple):
    """
    One feedback that tells of one pain point.

    Attributes:
        person: Who counts as one.
        is_known: Whether anybody knows who that is.
        is_grouped: Whether others say the same.
        is_waiting: In the inbox, and quoted for it by nobody yet.
    """

    pain_point_id: int
    feedback_id: int
    number: int
    source_id: int
    person: int
    is_known: bool
    thread: str
    is_grouped: bool
    is_waiting: bool


class Came(NamedTuple):
    """How much came from a source in a week, and how much of it was looked at."""

    source_id: int
    week: int
    many: int
    looked_at: int


def heard(read: sqlite3.Connection, begin: int, now: datetime) -> list[Heard]:
    """
    Whatever was heard, the earliest first; what is sent again, once.

    Args:
        begin: The first key that is wanted of what nobody quoted.
    """
    found: dict[tuple[int, int], Heard] = {}
    for row in plain(read).execute(_QUOTED):
        found.setdefault((row[0], row[1]), Heard._make(row))
    groups = _telling(read)
    bound = {
        "now": codec.to_text(now), "begin": begin,
        "groups": codec.to_json(sorted(groups)),
    }  # fmt: skip
    for group, *row in plain(read).execute(_GROUPED, bound):
        for point in groups[group]:
            found.setdefault((point, row[0]), Heard(point, *row))
    told = sorted(found.values(), key=lambda one: (one.pain_point_id, one.number))
    again = _again(read, told)
    return [one for one in told if (one.pain_point_id, one.feedback_id) not in again]


def _telling(read: sqlite3.Connection) -> dict[int, list[int]]:
    """The pain points each group tells of: half of its quotes and more are for it."""
    quoted: dict[int, set[int]] = defaultdict(set)
    points: dict[int, Counter[int]] = defaultdict(Counter)
    for group, point, key in read.execute(
        "SELECT DISTINCT m.group_id, e.pain_point_id, e.feedback_id FROM evidence e"
        " JOIN membership m ON m.feedback_id = e.feedback_id"
    ):
        quoted[group].add(key)
        points[group][point] += 1
    found = {
        group: [
            point
            for point, times in told.items()
            if times >= _TELLING * len(quoted[group])
        ]
        for group, told in points.items()
    }
    return {group: told for group, told in found.items() if told}


def _again(read: sqlite3.Connection, told: list[Heard]) -> set[tuple[int, int]]:
    """What somebody had sent before, as pain point and feedback."""
    by_person: dict[tuple[int, int, int], list[Heard]] = {}
    for one in told:
        if one.is_known:
            whose = (one.pain_point_id, one.person, one.source_id)
            by_person.setdefault(whose, []).append(one)
    several = [those for those in by_person.values() if len(those) > 1]
    words = _words(read, [one.feedback_id for those in several for one in those])
    return {
        (one.pain_point_id, one.feedback_id)
        for those in several
        for one, is_again in zip(
            those,
            resent((one.thread, *words[one.feedback_id]) for one in those),
            strict=True,
        )
        if is_again
    }


def _words(read: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for chunk in chunks(sorted(set(ids))):
        for key, title, body in read.execute(
            f"SELECT id, title, body FROM feedback WHERE id IN ({marks(chunk)})", chunk
        ):
            found[key] = (title, body)
    return found


def came(
    read: sqlite3.Connection, *, begin: int, width: int, weeks: int, now: datetime
) -> list[Came]:
    """
    What came in each of so many weeks.

    Looked at is what was quoted or does not wait in the inbox.

    Args:
        begin: The first key of the first of them; each is ``width`` wide.
    """
    return [
        Came._make(row)
        for row in read.execute(
            "SELECT f.source_id, (f.id - :begin) / :width, count(*),"
            f" sum({STATE_NOW} <> '{State.INBOX}' OR e.feedback_id IS NOT NULL)"
            " FROM feedback f LEFT JOIN disposition d ON d.feedback_id = f.id"
            " LEFT JOIN (SELECT DISTINCT feedback_id FROM evidence) e"
            " ON e.feedback_id = f.id"
            f" WHERE f.id >= :begin AND f.id < :end AND {SAID} GROUP BY 1, 2",
            {
                "begin": begin, "width": width, "end": begin + weeks * width,
                "now": codec.to_text(now),
            },
        )
    ]  # fmt: skip
