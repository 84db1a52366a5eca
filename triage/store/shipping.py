"""When what is planned shipped."""

from __future__ import annotations

import json
from datetime import datetime

from triage.model import RoadmapStatus
from triage.store import codec
from triage.store.driver import sqlite3

_SHIPPED = RoadmapStatus.SHIPPED.value


def shipped(read: sqlite3.Connection, until: datetime) -> dict[int, datetime]:
    """
    When each roadmap item shipped, by id: the last time it became so before ``until``.

    What a tracker tracks ships when it was first seen to have; all else when somebody
    said so in a step that still holds.
    """
    found: dict[int, datetime] = {}
    before = codec.to_text(until)
    for row in read.execute(
        "SELECT c.row_id, c.after, s.at FROM change c JOIN step s ON s.id = c.step_id"
        " WHERE c.table_name = 'roadmap_item' AND s.state = 'done' AND s.at < ?"
        " ORDER BY s.id",
        (before,),
    ):
        status = json.loads(row["after"] or "{}").get("status")
        if status == _SHIPPED:
            found[row["row_id"]] = codec.must_be_time(row["at"])
        elif status is not None:
            found.pop(row["row_id"], None)
    found.update(_tracked(read, before))
    return found


def _tracked(read: sqlite3.Connection, before: str | None) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for row in read.execute(
        "SELECT i.id, t.status, t.at FROM tracked_state t"
        " JOIN roadmap_item i ON i.tracker = t.source AND i.key = t.key"
        " WHERE t.at < ? ORDER BY t.id",
        (before,),
    ):
        if row["status"] == _SHIPPED:
            found.setdefault(row["id"], codec.must_be_time(row["at"]))
        else:
            found.pop(row["id"], None)
    return found
