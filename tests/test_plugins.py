"""Connectors and exports are found by entry point, a stranger's like our own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace
from triage import plugins
from triage.connector import Channel, Secret
from triage.errors import ConfigError, UsageError

OURS = {"csv", "jsonl", "mbox", "maildir", "eml"}


@pytest.fixture
def strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Installed beside ours: a good connector, one that breaks, one that is missing."""
    folder = tmp_path / "installed"
    info = folder / "stranger-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n"
    )
    (info / "entry_points.txt").write_text(
        "[triage.connectors]\n"
        "notebook = stranger_good:Notebook\n"
        "broken = stranger_bad:Broken\n"
        "missing = stranger_gone:Gone\n"
        "script = stranger_script:Script\n"
        "poem = stranger_good:Poem\n"
    )
    (folder / "stranger_bad.py").write_text("raise ZeroDivisionError('on import')\n")
    (folder / "stranger_script.py").write_text("raise SystemExit(3)\n")
    (folder / "stranger_good.py").write_text(
        "from dataclasses import dataclass\n"
        "from pathlib import Path\n"
        "@dataclass(frozen=True)\n"
        "class Notebook:\n"
        "    summary = 'A notebook'\n"
        "    path: Path\n"
        "    @classmethod\n"
        "    def recognises(cls, path, head):\n"
        "        return 99 if path.suffix == '.notebook' else 0\n"
        "    async def pull(self, http, cursor):\n"
        "        raise RuntimeError('a page is torn')\n"
        "        yield\n"
        "class Poem:\n"
        "    summary = 'A poem'\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in ("stranger_good", "stranger_bad", "stranger_script"):
        sys.modules.pop(name, None)


def test_ours_are_installed() -> None:
    """The connectors and exports the manual names are there, and all of them load."""
    assert set(plugins.names(plugins.CONNECTORS)) >= OURS
    assert set(plugins.names(plugins.EXPORTS)) >= {"json", "ndjson", "csv", "markdown"}
    for group in (plugins.CONNECTORS, plugins.EXPORTS):
        loaded, broken = plugins.every(group)
        assert set(loaded) == set(plugins.names(group))
        assert broken == {}


@pytest.mark.usefixtures("strangers")
def test_a_broken_stranger_breaks_nothing(tmp_path: Path) -> None:
    """One that does not load is told, with its package; the others work as before."""
    loaded, broken = plugins.every(plugins.CONNECTORS)
    assert set(loaded) >= OURS | {"notebook"}
    assert set(broken) == {"broken", "missing", "script", "poem"}
    assert "from stranger" in broken["broken"]
    assert "ZeroDivisionError: on import" in broken["broken"]
    assert "ModuleNotFoundError" in broken["missing"]
    assert "SystemExit: 3" in broken["script"]
    assert "poem (from stranger) is no connector" in broken["poem"]
    file = tmp_path / "my.notebook"
    file.write_text("x")
    with a_workspace(tmp_path) as workspace:
        assert workspace.recognise(file) == "notebook"


@pytest.mark.usefixtures("strangers")
def test_a_broken_one_that_is_asked_for_is_an_error() -> None:
    """Who asks for it by name is told why it does not load."""
    assert plugins.one(plugins.CONNECTORS, "notebook").__name__ == "Notebook"
    with pytest.raises(ConfigError, match=r"broken \(from stranger\) does not load"):
        plugins.one(plugins.CONNECTORS, "broken")


@pytest.mark.usefixtures("strangers")
async def test_a_bug_of_a_stranger_is_told_as_theirs(tmp_path: Path) -> None:
    """A bug names the connector it is in and its package, and is none of ours."""
    notebook = plugins.one(plugins.CONNECTORS, "notebook")(tmp_path)
    with pytest.raises(RuntimeError) as theirs:
        await anext(notebook.pull(None, None))
    assert plugins.whose(theirs.value) == "the connector notebook (from stranger)"
    assert plugins.whose(RuntimeError("ours")) == ""


@pytest.mark.usefixtures("strangers")
def test_names_load_nothing() -> None:
    """Listing what is installed imports none of it."""
    assert {"notebook", "broken"} <= set(plugins.names(plugins.CONNECTORS))
    assert "stranger_good" not in sys.modules


def test_did_you_mean() -> None:
    """A name nearly right is answered with the right one, any other with all there are."""
    with pytest.raises(
        ConfigError, match="no connector is called 'jsnl'; did you mean jsonl"
    ):
        plugins.one(plugins.CONNECTORS, "jsnl")
    with pytest.raises(ConfigError, match=r"there are .*csv.*jsonl"):
        plugins.one(plugins.CONNECTORS, "qqqqq")
    with pytest.raises(
        ConfigError, match="no format is called 'markdwn'; did you mean markdown"
    ):
        plugins.one(plugins.EXPORTS, "markdwn")


def test_a_file_of_no_known_kind(tmp_path: Path) -> None:
    """What nobody recognises is asked about, naming what there is; nothing is guessed."""
    (tmp_path / "blob.bin").write_bytes(bytes(range(256)))
    with a_workspace(tmp_path) as workspace:
        with pytest.raises(UsageError, match=r"say which with --as \(.*csv"):
            workspace.recognise(tmp_path / "blob.bin")
        with pytest.raises(UsageError, match="is not there"):
            workspace.recognise(tmp_path / "none.csv")


@dataclass(frozen=True, slots=True)
class Settings:
    """A connector with a field of every kind."""

    path: Path
    name: str = ""
    pages: int = 3
    share: float = 0.5
    fast: bool = False
    channel: Channel = Channel.NOTE
    token: Secret = field(default_factory=lambda: Secret(""))
    tags: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    limit: int | None = None


def built(**settings: Any) -> Settings:
    made = plugins.build(Settings, {"path": "x", **settings}, Path("/base"))
    assert isinstance(made, Settings)
    return made


@pytest.mark.parametrize(
    ("name", "given", "wanted"),
    [
        ("path", "x/y.csv", Path("/base/x/y.csv")), ("path", "/z", Path("/z")),
        ("name", "plain", "plain"), ("pages", "7", 7), ("pages", 7, 7),
        ("share", "0.25", 0.25), ("fast", "yes", True), ("fast", "OFF", False),
        ("fast", True, True), ("channel", "review", Channel.REVIEW),
        ("token", "s3cret", Secret("s3cret")), ("tags", "a, b ,,c", ("a", "b", "c")),
        ("tags", ["a", "b"], ("a", "b")), ("columns", {"body": "text"}, {"body": "text"}),
        ("limit", "9", 9), ("limit", None, None),
    ],
)  # fmt: skip
def test_settings_become_what_fields_want(name: str, given: Any, wanted: Any) -> None:
    """Text from a command line or a file turns into the type a setting has."""
    assert getattr(built(**{name: given}), name) == wanted


@pytest.mark.parametrize(
    ("name", "given"),
    [("pages", "many"), ("share", "half"), ("fast", "perhaps"), ("channel", "pigeon"),
     ("columns", "body"), ("tags", 7), ("pages", None)],
)  # fmt: skip
def test_what_does_not_fit_is_said(name: str, given: Any) -> None:
    """A value of the wrong kind is refused with its setting and itself."""
    with pytest.raises(ConfigError, match=f"the setting {name}={given!r} does not fit"):
        built(**{name: given})


def test_unknown_and_missing_settings() -> None:
    """A setting nearly right is answered with the right one; a missing one is named."""
    with pytest.raises(ConfigError, match="no setting 'colums'; did you mean columns"):
        built(colums={})
    with pytest.raises(ConfigError, match="known: path, name, pages"):
        built(zzz=1)
    with pytest.raises(ConfigError, match="'path' is missing; add path="):
        plugins.build(Settings, {}, Path("/base"))


def test_a_home_is_a_home() -> None:
    """A path from the home folder is understood."""
    assert built(path="~/x.csv").path == Path.home() / "x.csv"
