"""A CSV of ours comes back as the rows it holds, and as no more."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from export.backlogs import AS_OF, decide, exported
from triage.errors import UsageError
from triage.export import COLUMNS, is_backlog
from triage.export.lists import BAR, SEMICOLON, joined, parted
from triage.export.to_csv import read_rows
from triage.model import Extent, Horizon, PainStatus, Priority
from triage.workspace import Workspace

COUNTED = {
    "score", "score_low", "score_high", "importance_sum", "people", "accounts", "mrr",
    "items", "first_seen", "last_seen", "trend", "segments", "url", "quotes_top3",
    "rank",
}  # fmt: skip
"""What follows from evidence, which a CSV has little of."""


def rows(workspace: Workspace) -> list[dict[str, str]]:
    """What it exports, without what is counted anew, by id."""
    told = read_rows(io.StringIO(exported(workspace, "csv"), newline=""))
    told.sort(key=lambda row: row["id"])
    return [{name: row[name] for name in row if name not in COUNTED} for row in told]


def written(path: Path, workspace: Workspace) -> Path:
    workspace.export("csv", path, as_of=AS_OF, force=True)
    return path


@given(st.lists(st.text("a;|\\ é", max_size=6).map(lambda text: " ".join(text.split())).filter(bool), max_size=4))  # fmt: skip
def test_a_list_in_a_cell_is_told_apart(parts: list[str]) -> None:
    """Whatever parts hold, joined in a cell they come apart as they were."""
    for between in (SEMICOLON, BAR):
        assert parted(joined(parts, between), between) == parts


def test_an_empty_workspace_has_the_same_rows(tmp_path: Path) -> None:
    """Titles, statuses, numbers, tags and roadmap are as they were; quotes are notes."""
    with Workspace(tmp_path / "a.db") as first, Workspace(tmp_path / "b.db") as second:
        decide(first)
        brought = second.restore(written(tmp_path / "x.csv", first))
        assert rows(second) == rows(first)
        assert (brought.pain_points, brought.evidence) == (3, 4)
        assert "counted anew" in brought.lacks
        assert {one.source for one in second.feedback_many(second.ids(None))} == {
            "backlog.csv"
        }
        assert second.restore(tmp_path / "x.csv").entry is None
        second.undo()
        assert not second.pain_points()


def test_where_it_came_from_nothing_changes(tmp_path: Path) -> None:
    """Its pain points keep their own quotes, its roadmap items are those meant."""
    with Workspace(tmp_path / "a.db") as first:
        decide(first)
        item = first.plan("Only here")
        first.link(first.pain_point("p2").pain_point, item, Extent.FULL)
        before = exported(first)
        assert first.restore(written(tmp_path / "x.csv", first)).entry is None
        assert exported(first) == before


def test_saved_by_a_spreadsheet_it_is_read(tmp_path: Path) -> None:
    """Unquoted, with semicolons, with a mark, columns in another order, one more."""
    with Workspace(tmp_path / "a.db") as first, Workspace(tmp_path / "b.db") as second:
        decide(first)
        [head, *told] = csv.reader(
            io.StringIO(exported(first, "csv"), newline=""), strict=True
        )
        out = io.StringIO(newline="")
        table = csv.writer(out, delimiter=";")
        table.writerow([*head, "mine"])
        table.writerows([*row, "x"] for row in told)
        path = tmp_path / "x.csv"
        path.write_text("\ufeff" + out.getvalue(), newline="")
        assert is_backlog(path)
        second.restore(path)
        assert rows(second) == rows(first)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"4"', '"four"', "severity is not a whole number"),
        ('"open"', '"closed"', "status is not one of"),
        ('"p2"', '"p1"', "p1 is there twice"),
        ('"created_at"', '"made"', "the column created_at is missing"),
        ('"pain_point",', "", "cells"),
        ('"Export loses rows"', '""', "title is not text"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    """One sentence names the row and the cell; nothing is changed."""
    with Workspace(tmp_path / "a.db") as first, Workspace(tmp_path / "b.db") as second:
        decide(first)
        text = exported(first, "csv")
        assert old in text
        (tmp_path / "x.csv").write_text(text.replace(old, new), newline="")
        with pytest.raises(UsageError, match=complaint):
            second.restore(tmp_path / "x.csv")
        assert not any(second.counts().values())


plain = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]),
    min_size=1,
    max_size=9,
)
numbers = st.none() | st.floats(0.01, 1000)
impacts = st.sampled_from([None, 3.0, 2.0, 1.0, 0.5, 0.25])


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_any_rows_come_back(data: st.DataObject) -> None:
    """Export, restore, export: the same rows, whatever was set on pain points."""
    draw = data.draw
    with tempfile.TemporaryDirectory() as folder:
        first = Workspace(Path(folder) / "a.db", clock=lambda: AS_OF)
        second = Workspace(Path(folder) / "b.db", clock=lambda: AS_OF)
        with first, second:
            for _ in range(draw(st.integers(1, 3))):
                told: dict[str, Any] = {
                    name: draw(st.just("") | plain)
                    for name in ("statement", "persona", "moscow", "owner")
                }
                made = first.capture(
                    draw(plain), tags=tuple(draw(st.lists(plain, max_size=3))),
                    effort=draw(numbers), reach=draw(numbers), impact=draw(impacts),
                    confidence=draw(st.none() | st.floats(0, 1)),
                    severity=draw(st.none() | st.integers(1, 5)),
                    status=draw(st.sampled_from(PainStatus)),
                    priority=draw(st.sampled_from(Priority)), **told,
                )  # fmt: skip
                if draw(st.booleans()):
                    item = first.plan("x", Horizon.NOW, key=draw(st.just("") | plain))
                    first.link(made, item, Extent.FULL)
            second.restore(written(Path(folder) / "x.csv", first))
            assert rows(second) == rows(first)
            assert second.restore(Path(folder) / "x.csv").entry is None


def test_every_column_is_settled() -> None:
    """Each column is counted anew or comes back: none is forgotten."""
    assert {column.name for column in COLUMNS} >= COUNTED
