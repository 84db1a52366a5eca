"""Every format is in the manual, takes any text, and writes the same bytes again."""

from __future__ import annotations

import io
import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given

from export.backlogs import (
    AS_OF,
    backlog,
    decide,
    filled_with,
    planned,
    view,
)
from export.hostile import broken
from triage import plugins
from triage.errors import ConfigError, UsageError
from triage.export.redacting import redacted
from triage.export.writing import ONLY, written
from triage.model import PainPoint, RoadmapItem
from triage.planning import Tracked
from triage.text.display import safe
from triage.workspace import Workspace

CHECKOUT = Path(__file__).parents[2]
OURS = list(
    tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["entry-points"][
        "triage.exports"
    ]
)
IMPORTERS = ["jira-csv", "linear-csv", "gitlab-csv", "asana-csv", "productboard"]


def build(name: str, **options: Any) -> Any:
    return plugins.one(plugins.EXPORTS, name)(**options)


def test_the_manual_lists_every_format() -> None:
    """The table of formats is the list of entry points, no more and no less."""
    manual = (CHECKOUT / "docs/EXPORTS.md").read_text()
    table = manual.partition("| Format | What it is for |")[2].partition("\n\n")[0]
    listed = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    assert sorted(listed) == sorted(OURS)


@pytest.mark.parametrize("name", OURS)
def test_it_can_be_written(name: str) -> None:
    """Each writes an empty backlog, and one with everything, twice the same."""
    for whole in (backlog(), filled_with("It hurts"), redacted(filled_with("Ada"))):
        files = written(build(name), whole)
        assert files
        assert files == written(build(name), whole)


@given(broken)
@example("\ud800")
def test_any_text_can_be_written(text: str) -> None:
    """Whatever a text holds, no format breaks, and redacting does not either."""
    whole = filled_with(text)
    for name in OURS:
        assert written(build(name), whole)
    assert written(build("json"), redacted(whole))


@given(broken)
def test_nothing_commands_a_terminal(text: str) -> None:
    """No text format lets a control through, line ends aside."""
    whole = filled_with(text)
    for name in OURS:
        for raw in written(build(name), whole).values():
            if name != "xlsx":
                told = raw.decode().replace("\r\n", "").replace("\n", "")
                assert safe(told, limit=10**6) == told


def test_a_stranger_writes_bytes_or_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger's format may be no text, or several files; one that is none is told."""
    (tmp_path / "triage_odd.py").write_text(
        "from dataclasses import dataclass\n"
        "@dataclass(frozen=True)\nclass Raw:\n"
        "    name = 'raw'\n    suffix = '.bin'\n"
        "    def write_bytes(self, backlog, out):\n        out.write(b'\\xff\\x00')\n"
        "@dataclass(frozen=True)\nclass Two:\n"
        "    name = 'two'\n    suffix = ''\n"
        "    def write_set(self, backlog):\n        return {'a': 'x', 'b': 'y'}\n"
        "@dataclass(frozen=True)\nclass None_:\n    name = 'none'\n    suffix = ''\n"
    )
    metadata = tmp_path / "triage_odd-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: triage-odd\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[triage.exports]\nraw = triage_odd:Raw\ntwo = triage_odd:Two\n"
        "none = triage_odd:None_\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with Workspace(tmp_path / "a.db") as workspace:
        workspace.export("raw", tmp_path / "out.bin")
        assert (tmp_path / "out.bin").read_bytes() == b"\xff\x00"
        done = workspace.export("two", tmp_path / "two")
        assert [file.name for file in done.files] == ["a", "b"]
        assert (tmp_path / "two" / "b").read_text() == "y"
        with pytest.raises(UsageError, match="exists"):
            workspace.export("two", tmp_path / "two")
        workspace.export("two", tmp_path / "two", force=True)
        with pytest.raises(UsageError, match="name a folder"):
            workspace.export("two", io.StringIO())
        with pytest.raises(ConfigError, match="has no write"):
            workspace.export("none", tmp_path / "x")


def test_a_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    """A format of several files makes its folder; a file or a link there is refused."""
    with Workspace(tmp_path / "a.db") as workspace:
        decide(workspace)
        workspace.export("quackback", tmp_path / "set", as_of=AS_OF)
        names = sorted(path.name for path in (tmp_path / "set").iterdir())
        assert names == ["notes.csv", "posts.csv", "votes.csv"]
        (tmp_path / "file").write_text("mine")
        (tmp_path / "link").symlink_to(tmp_path / "set")
        for name in ("file", "link"):
            with pytest.raises(UsageError):
                workspace.export("quackback", tmp_path / name, force=True)
    assert (tmp_path / "file").read_text() == "mine"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("name", OURS)
def test_looking_writes_nothing(name: str, tmp_path: Path) -> None:
    """A dry run tells the hashes of what would be written, and writes none of it."""
    with Workspace(tmp_path / "a.db") as workspace:
        decide(workspace)
        out = tmp_path / "out"
        would = workspace.export(name, out, as_of=AS_OF, dry_run=True)
        assert not out.exists()
        assert would == workspace.export(name, out, as_of=AS_OF)


@pytest.mark.parametrize(
    ("word", "told", "said"),
    [("shipped", "shipped", "shipped"), ("", None, "unmapped")],
)
def test_what_is_planned_is_told_as_its_tracker_says(
    word: str, told: str | None, said: str
) -> None:
    """Its own status stays beside it; a word that nobody mapped is guessed nowhere."""
    item = RoadmapItem(id=1, title="Rewrite", tracker="plan", key="K-1")
    there = Tracked(source="plan", key="K-1", title="x", state="Done", status=word)
    plan = replace(planned(item), tracked=there)
    one = backlog(
        view(PainPoint(id=1, title="x"), plans=[plan]), tracked={("plan", "K-1"): there}
    )
    texts = {
        name: written(build(name), one)[ONLY].decode()
        for name in ("json", "markdown", "html")
    }
    document = json.loads(texts["json"])
    for shown in (
        document["roadmap_items"][0],
        document["pain_points"][0]["roadmap"][0],
    ):
        assert (shown["status"], shown["own_status"]) == (told, "planned")
    assert f", {said}; settles it" in texts["markdown"]
    assert f", {said}; settles it" in texts["html"]
