"""A file that is not a whole backlog is refused in one sentence, and changes nothing."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.backlogs import decide, exported
from triage.errors import UsageError
from triage.export import is_backlog
from triage.export.reading import read
from triage.workspace import Workspace

Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A whole export."""
    with Workspace(tmp_path_factory.mktemp("whole") / "a.db") as workspace:
        decide(workspace)
        return exported(workspace)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with nothing in it."""
    with Workspace(tmp_path / "empty.db") as workspace:
        yield workspace


def nothing_in(workspace: Workspace) -> bool:
    return not any(workspace.counts().values())


def changed(text: str, path: Path_, value: Any) -> str:
    """The document with one value put elsewhere; ``...`` takes the key away."""
    document = json.loads(text)
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return json.dumps(document)


def test_our_backlogs_are_known_by_their_head(text: str, tmp_path: Path) -> None:
    """Indented or not, with a mark or not, of any version; nothing else."""
    compact = json.dumps(json.loads(text), separators=(",", ":"))
    for ours in (
        text,
        compact,
        "\ufeff" + text,
        text[:5000],
        text.replace("/1", "/2", 1),
    ):
        (tmp_path / "a").write_text(ours)
        assert is_backlog(tmp_path / "a")
    for theirs in (
        "", "{}", "[]", "{", '{"a": 1, "schema": "triage.backlog/1"}', "\x00" * 5000,
        '{"schema":"triage.pain_point/1"}', '{"schema": "other/1"}', '"schema"', "a,b\n",
    ):  # fmt: skip
        (tmp_path / "a").write_text(theirs)
        assert not is_backlog(tmp_path / "a")
    assert not is_backlog(tmp_path)
    assert not is_backlog(tmp_path / "none")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "broken at line 1"),
        (b"\xff\xfe{}", "no JSON in UTF-8"),
        (b"[]", "no Triage backlog"),
        (b"null", "no Triage backlog"),
        (b"{}", "no Triage backlog"),
        (b'{"schema": 1}', "no Triage backlog"),
        (b'{"schema": "triage.backlog/x"}', "no Triage backlog"),
        (b'{"schema": "triage.pain_point/1"}', "no Triage backlog"),
        (b'{"schema": "triage.backlog/2"}', "format 2, this Triage knows 1"),
        (b'{"schema": "triage.backlog/0"}', "format 0, this Triage knows 1"),
        (b"[" * 200_000, "no JSON we can read"),
        (b'{"schema": NaN}', "no JSON we can read"),
        (b'{"schema": ' + b"1" * 5000 + b"}", "no JSON we can read"),
        (
            b'{"schema": "triage.backlog/1", "pain_points": {}}',
            "pain_points is not a list",
        ),
        (
            b'{"schema": "triage.backlog/1", "pain_points": [1]}',
            "pain_points.0. is no JSON",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused(
    content: bytes, complaint: str, empty: Workspace, tmp_path: Path
) -> None:
    """Whatever it is, one sentence says so and the workspace stays empty."""
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(UsageError, match=complaint):
        empty.restore(tmp_path / "a.json")
    assert nothing_in(empty)


def test_a_missing_file_is_explained(empty: Workspace, tmp_path: Path) -> None:
    """The system's reason is told."""
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            empty.restore(path)


def test_a_file_cut_anywhere_is_refused(text: str, tmp_path: Path) -> None:
    """However much is missing at its end, it is not taken for whole."""
    whole = text.rstrip()
    for end in range(0, len(whole), 97):
        (tmp_path / "a.json").write_text(whole[:end])
        with pytest.raises(UsageError, match="cut off"):
            read(tmp_path / "a.json")


FIRST: Path_ = ("pain_points", 0)
QUOTE: Path_ = (*FIRST, "evidence", 0)
SAID: Path_ = (*QUOTE, "feedback")


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ((*FIRST, "id"), "x1", r"pain_points\[0\].id is not an id like p3"),
        ((*FIRST, "id"), "p0", "id is not an id"),
        ((*FIRST, "id"), "p²", "id is not an id"),
        ((*FIRST, "id"), "p" + "9" * 30, "id is not an id we could have given"),
        ((*FIRST, "id"), 3, "id is not text"),
        ((*FIRST, "id"), "p1", "p1 is there twice"),
        ((*FIRST, "title"), " ", "title is not text that is not blank"),
        ((*FIRST, "title"), ..., "title is missing"),
        ((*FIRST, "title"), "\ud800", "title is not whole characters"),
        (
            (*FIRST, "status"),
            "closed",
            "status is not one of open, resolved, dismissed",
        ),
        ((*FIRST, "priority"), 1, "priority is not text"),
        ((*FIRST, "priority"), "asap", "priority is not one of none, urgent"),
        ((*FIRST, "effort"), "two", "effort is not a number"),
        ((*FIRST, "effort"), True, "effort is not a number"),
        ((*FIRST, "effort"), 10**400, "effort is not a number of sane size"),
        ((*FIRST, "severity"), 2.5, "severity is not a whole number"),
        ((*FIRST, "severity"), 2**63, "severity is not a whole number"),
        ((*FIRST, "tags"), "a", "tags is not a list"),
        ((*FIRST, "tags"), [1], r"tags\[0\].text is not text"),
        ((*FIRST, "created_at"), None, "created_at is not a moment"),
        (
            (*FIRST, "created_at"),
            "2026-01-01T00:00:00",
            "created_at is not a moment with",
        ),
        (
            (*FIRST, "created_at"),
            "0001-01-01T00:00:00+14:00",
            "created_at is not a moment",
        ),
        ((*FIRST, "evidence"), None, "evidence is not a list"),
        ((*QUOTE, "id"), "e1", "e1 is there twice"),
        ((*QUOTE, "start"), -1, "start is not where a quote can begin"),
        ((*QUOTE, "end"), -1, "end is not where this quote can end"),
        ((*QUOTE, "importance"), 4, "importance is not 0, 1, 2 or 3"),
        ((*QUOTE, "observed"), 1, "observed is not true or false"),
        ((*QUOTE, "feedback"), None, "feedback is no JSON object"),
        ((*SAID, "external_id"), "", "external_id is not text that is not blank"),
        ((*SAID, "channel"), "fax", "channel is not one of email, review"),
        ((*SAID, "context"), [], "context is not a JSON object"),
        ((*SAID, "received_at"), ..., "received_at is missing"),
        (
            ("pain_points", 1, "roadmap", 0, "extent"),
            "half",
            "extent is not one of full",
        ),
        (
            ("roadmap_items", 0, "horizon"),
            "soon",
            "horizon is not one of now, next, later",
        ),
        (("roadmap_items", 0, "id"), "r2", "r2 is there twice"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    path: Path_, value: Any, complaint: str, text: str, empty: Workspace, tmp_path: Path
) -> None:
    """The message says where in the file and what was expected; nothing is stored."""
    (tmp_path / "a.json").write_text(changed(text, path, value))
    with pytest.raises(UsageError, match=complaint):
        empty.restore(tmp_path / "a.json")
    assert nothing_in(empty)


def test_keys_we_do_not_know_are_passed_over(text: str, tmp_path: Path) -> None:
    """A file with more in it than we write is read all the same."""
    (tmp_path / "a.json").write_text(text)
    (tmp_path / "b.json").write_text(changed(text, (*FIRST, "mood"), "grim"))
    assert read(tmp_path / "a.json") == read(tmp_path / "b.json")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_value_is_read_or_refused(
    data: st.DataObject, text: str, tmp_path: Path
) -> None:
    """Whatever stands in whichever place, the answer is a backlog or a ``UsageError``."""
    document = json.loads(text)
    inner, key = document, data.draw(st.sampled_from(sorted(document)))
    while (
        isinstance(inner[key], dict | list) and inner[key] and data.draw(st.booleans())
    ):
        inner = inner[key]
        keys = sorted(inner) if isinstance(inner, dict) else range(len(inner))
        key = data.draw(st.sampled_from(list(keys)))
    inner[key] = data.draw(values)
    (tmp_path / "a.json").write_text(json.dumps(document))
    with contextlib.suppress(UsageError):
        read(tmp_path / "a.json")
