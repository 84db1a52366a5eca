"""JSON for scripts: ASCII, by its schema, the same bytes for the same backlog."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from export.backlogs import (
    backlog,
    decide,
    exported,
    filled_with,
    quoted,
    said,
    text_of,
    view,
)
from export.hostile import broken
from triage.export import COLUMNS
from triage.export.to_json import Json
from triage.export.to_ndjson import Ndjson
from triage.model import PainPoint
from triage.workspace import Workspace

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "docs/schemas/backlog-1.schema.json").read_text()
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, Any]:
    """What a workspace with decisions of every kind exports."""
    with Workspace(tmp_path / "a.db") as workspace:
        decide(workspace)
        found: dict[str, Any] = json.loads(exported(workspace))
    return found


def test_it_keeps_to_its_schema(whole: dict[str, Any]) -> None:
    """A workspace's export is valid, and says which schema it keeps to, first of all."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    VALIDATOR.validate(whole)
    assert next(iter(whole)) == "schema"
    assert whole["schema"] == "triage.backlog/1"


def test_the_schema_names_every_key(whole: dict[str, Any]) -> None:
    """No key is written that the schema does not describe, and none is missing."""
    [point, *_] = [one for one in whole["pain_points"] if one["roadmap"]]
    parts = SCHEMA["$defs"]
    for described, written in (
        (SCHEMA, whole),
        (parts["pain_point"], point),
        (parts["evidence"], point["evidence"][0]),
        (parts["feedback"], point["evidence"][0]["feedback"]),
        (parts["roadmap_item"], whole["roadmap_items"][0]),
        (parts["pain_point"]["properties"]["roadmap"]["items"], point["roadmap"][0]),
        (parts["pain_point"]["properties"]["inputs"]["items"], point["inputs"][0]),
    ):
        assert list(described["properties"]) == list(written)
        assert described["required"] == list(written)


def test_every_column_is_a_key(whole: dict[str, Any]) -> None:
    """A pain point has the columns of the CSV, in their order, before anything else."""
    for point in whole["pain_points"]:
        assert list(point)[: len(COLUMNS)] == [column.name for column in COLUMNS]


def test_it_tells_what_a_score_is_made_of(whole: dict[str, Any]) -> None:
    """The inputs, multiplied out by the formula, give the score."""
    for point in whole["pain_points"]:
        told = {one["name"]: one["value"] for one in point["inputs"]}
        demand, factor = told["demand"], told["severity"] * told["confidence"]
        assert math.isclose(point["score"], demand * factor / told["effort"])
    by_title = {point["title"]: point for point in whole["pain_points"]}
    assert [one["from"] for one in by_title["Export loses rows"]["inputs"]] == [
        "evidence", "person", "person", "person",
    ]  # fmt: skip
    assert [one["from"] for one in by_title["Nobody has said this yet"]["inputs"]] == [
        "evidence", "default", "default", "default",
    ]  # fmt: skip


def test_the_order_is_the_backlogs(whole: dict[str, Any]) -> None:
    """A person's priority first, then the score; ranks count from one."""
    assert [(one["rank"], one["id"]) for one in whole["pain_points"]] == [
        (1, "p2"), (2, "p1"), (3, "p3"),
    ]  # fmt: skip


@given(broken)
def test_any_text_survives(text: str) -> None:
    """Whatever a text holds, the file is ASCII and gives the text back."""
    written = text_of(Json(), filled_with(text))
    assert written.isascii()
    [point] = json.loads(written)["pain_points"]
    assert point["title"] == point["story"] == point["tags"][0] == text
    [evidence] = point["evidence"]
    assert evidence["quote"] == evidence["feedback"]["body"] == text
    assert evidence["feedback"]["context"] == {"segment": text, "plan": [text]}


def test_infinity_is_no_number() -> None:
    """What JSON has no word for is written as null."""
    whole = backlog(
        view(
            PainPoint(id=1, title="x", reach=math.inf),
            [quoted(said(1, rating=math.nan))],
        )
    )
    [point] = json.loads(text_of(Json(), whole), parse_constant=pytest.fail)[
        "pain_points"
    ]
    assert point["reach"] is None
    assert point["evidence"][0]["feedback"]["rating"] is None


def test_lines_are_the_pain_points_of_the_document() -> None:
    """Each line of NDJSON is a pain point of the JSON, with a schema of its own."""
    whole = backlog(*(view(PainPoint(id=n, title=f"a\u2028{n}\n")) for n in (1, 2, 3)))
    lines = [json.loads(line) for line in text_of(Ndjson(), whole).splitlines()]
    assert [line.pop("schema") for line in lines] == ["triage.pain_point/1"] * 3
    assert lines == json.loads(text_of(Json(), whole))["pain_points"]


def test_the_same_backlog_gives_the_same_bytes(tmp_path: Path) -> None:
    """Exporting twice, also from another process's view of the file, changes nothing."""
    with Workspace(tmp_path / "a.db") as workspace:
        decide(workspace)
        first = exported(workspace)
    with Workspace(tmp_path / "a.db") as workspace:
        assert exported(workspace) == first
