"""One list of columns stands behind the files and the manual."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from export.backlogs import AS_OF, backlog, decide, quoted, said, view
from triage import plugins
from triage.errors import ConfigError, UsageError
from triage.export import COLUMNS, Exporter, backlog_of
from triage.model import Importance, PainPoint, RoadmapItem
from triage.workspace import Workspace

MANUAL = Path(__file__).parents[2] / "docs/EXPORTS.md"

SPECIFIED = (
    "rank", "id", "title", "kind", "status", "moscow", "score", "score_low",
    "score_high", "formula", "formula_hash", "reach", "impact", "confidence", "effort",
    "importance_sum", "people", "accounts", "mrr", "items", "first_seen", "last_seen",
    "trend", "segments", "personas", "tags", "roadmap_ref", "story", "acceptance",
    "quotes_top3", "url", "as_of",
)  # fmt: skip

STRANGER = """
class Titles:
    name = "titles"
    suffix = ".txt"

    def write(self, backlog, out):
        out.writelines(f"{row.rank}. {row.view.pain_point.title}\\n" for row in backlog.rows)
"""


def test_the_columns_keep_their_places() -> None:
    """The first columns are those promised, in that order; newer ones follow."""
    names = [column.name for column in COLUMNS]
    assert tuple(names[: len(SPECIFIED)]) == SPECIFIED
    assert len(set(names)) == len(names)


def test_the_manual_lists_every_column() -> None:
    """The table in the manual is the list in the code, word for word."""
    table = "\n".join(f"| `{column.name}` | {column.says} |" for column in COLUMNS)
    text = MANUAL.read_text()
    assert f"| Column | What it holds |\n|---|---|\n{table}\n\n" in text


def test_our_formats_are_found_by_entry_point() -> None:
    """Each is called by the name it is found under, and takes no required options."""
    loaded, broken = plugins.every(plugins.EXPORTS)
    assert not broken
    for name in ("json", "ndjson", "csv", "markdown"):
        exporter: Exporter = loaded[name]()
        assert exporter.name == name
        assert exporter.suffix.startswith(".")


def test_a_stranger_adds_a_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file and one line of metadata, and the workspace exports to it."""
    (tmp_path / "triage_titles.py").write_text(
        f"from dataclasses import dataclass\n@dataclass(frozen=True){STRANGER}"
    )
    metadata = tmp_path / "triage_titles-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: triage-titles\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[triage.exports]\ntitles = triage_titles:Titles\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with Workspace(tmp_path / "a.db") as workspace:
        workspace.capture("Export loses rows")
        out = io.StringIO()
        workspace.export("titles", out)
    assert out.getvalue() == "1. Export loses rows\n"


def test_an_unknown_format_or_option_is_explained(tmp_path: Path) -> None:
    """The message names the nearest one that exists; nothing is written."""
    with Workspace(tmp_path / "a.db") as workspace:
        wrong: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("did you mean json", "jsno", {}),
            ("did you mean bom", "csv", {"bim": "yes"}),
            ("say yes or no", "csv", {"bom": "maybe"}),
        )
        for complaint, to, options in wrong:
            with pytest.raises(ConfigError, match=complaint):
                workspace.export(to, tmp_path / "out", **options)
        with pytest.raises(UsageError, match="no moment"):
            workspace.export("json", tmp_path / "out", as_of="yesterday")
    assert not (tmp_path / "out").exists()


def test_a_file_says_when_it_was_taken(tmp_path: Path) -> None:
    """The moment may be given as text; it stands in every row."""
    with Workspace(tmp_path / "a.db") as workspace:
        decide(workspace)
        workspace.export("csv", tmp_path / "out", as_of="2026-01-31T09:00:00+01:00")
        assert (tmp_path / "out").read_text().count('"2026-01-31T08:00:00Z"') == 3
        assert workspace.backlog(AS_OF).as_of == AS_OF
        assert workspace.backlog().as_of > AS_OF


def test_the_trend_counts_feedback_by_week() -> None:
    """Nine weeks, the last one ending at the moment of the backlog; none counted twice."""
    early = said(1)
    late = said(29)
    quotes = [quoted(early), quoted(late), quoted(late, id=77)]
    [row] = backlog(view(PainPoint(id=1, title="x"), quotes)).rows
    assert row.trend == (0, 0, 0, 0, 1, 0, 0, 0, 1)
    assert row.usual == 0


def test_top_quotes_come_from_different_people() -> None:
    """The most important first, then said before inferred, then newest; people first."""
    quotes = [
        quoted(said(1, customer_id=1), importance=Importance.CRITICAL),
        quoted(said(2, customer_id=1), importance=Importance.CRITICAL),
        quoted(said(3, customer_id=3), observed=False),
        quoted(said(4, customer_id=4)),
        quoted(said(5, customer_id=5), importance=Importance.NOT_IMPORTANT),
    ]
    [row] = backlog(view(PainPoint(id=1, title="x"), quotes)).rows
    assert [quote.feedback.id for quote in row.top_quotes(9)] == [2, 4, 3, 5, 1]


def test_nothing_that_is_planned_is_left_out() -> None:
    """Roadmap items are there by id, linked to a pain point or not."""
    items = [RoadmapItem(id=2, title="b"), RoadmapItem(id=1, title="a")]
    assert [item.id for item in backlog_of([], items, AS_OF).roadmap_items] == [1, 2]
