"""Settings are read strictly, written carefully, and stay the person's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace
from triage import config
from triage.config import SourceSettings
from triage.errors import ConfigError
from triage.workspace import Workspace

BY_HAND = """\
# Our sources. Ask Ann before changing any.
by = "Ann"   # signs decisions

[sources.reviews]  # the store
connector = "jsonl"
path = "reviews.jsonl"   # nightly dump

[keys]
accept = "a"
"""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a workspace would be; the person's folder is beside it."""
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "work.db"


def written(database: Path, text: str) -> Path:
    path = config.settings_path(database)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_there_are_defaults(database: Path) -> None:
    """Nothing needs to be written before the first use."""
    found = config.load(database)
    assert found.path == database.with_name("work.toml")
    assert (found.sources, found.keys, found.theme) == ({}, {}, "")
    assert found.by


@pytest.mark.parametrize(
    ("name", "settings"),
    [("work.db", "work.toml"), ("work", "work.toml"), ("a.b.db", "a.b.toml"), (".db", ".db.toml")],
)  # fmt: skip
def test_settings_lie_beside_the_file(tmp_path: Path, name: str, settings: str) -> None:
    """A workspace's settings have its name."""
    assert config.settings_path(tmp_path / name) == tmp_path / settings


def test_the_workspace_goes_before_the_person(database: Path) -> None:
    """A person's keys and theme hold everywhere, but a workspace may say otherwise."""
    (config.person_folder() / "config.toml").write_text(
        'theme = "dusk"\nby = "Bo"\n[keys]\naccept = "x"\nundo = "u"\n'
    )
    assert config.load(database).theme == "dusk"
    written(database, BY_HAND)
    found = config.load(database)
    assert (found.theme, found.by) == ("dusk", "Ann")
    assert found.keys == {"accept": "a", "undo": "u"}
    assert found.sources == {
        "reviews": SourceSettings("reviews", "jsonl", {"path": "reviews.jsonl"})
    }


@pytest.mark.parametrize(
    ("text", "attaches"),
    [("", False), ("[grouping]", False), ("[grouping]\nattach = 'ask'", False),
     ("[grouping]\nattach = 'auto'", True)],
)  # fmt: skip
def test_attaching_is_off_unless_said(
    database: Path, text: str, attaches: bool
) -> None:
    """Nothing is attached unasked until a workspace's own settings say so."""
    (config.person_folder() / "config.toml").write_text("[grouping]\nattach = 'auto'\n")
    written(database, text)
    assert config.load(database).attaches is attaches


def test_adding_keeps_what_people_wrote(database: Path) -> None:
    """Comments, order and spacing of a settings file survive a source being added."""
    path = written(database, BY_HAND)
    config.add_source(
        path,
        SourceSettings("desk mail", "mbox", {"path": 'a "b".mbox', "columns": {"body": "x"}}),
    )  # fmt: skip
    text = path.read_text(encoding="utf-8")
    for line in BY_HAND.splitlines():
        assert line in text
    added = config.load(database).sources["desk mail"]
    assert added.connector == "mbox"
    assert added.settings == {"path": 'a "b".mbox', "columns": {"body": "x"}}


def test_removing_gives_back_what_was(database: Path) -> None:
    """Added and removed again, a source leaves the file as people wrote it."""
    path = written(database, BY_HAND)
    config.add_source(path, SourceSettings("more", "mbox", {"path": "x"}))
    config.remove_source(path, "more")
    assert path.read_text(encoding="utf-8").strip() == BY_HAND.strip()
    config.remove_source(path, "reviews")
    assert config.load(database).sources == {}
    assert "# signs decisions" in path.read_text(encoding="utf-8")


def test_a_settings_file_is_private_and_whole(database: Path) -> None:
    """It may name a place of secrets, so only its owner reads it; no half is left."""
    path = config.settings_path(database)
    config.add_source(path, SourceSettings("one", "mbox", {"path": "x"}))
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.glob("work*")] == ["work.toml"]


def test_names_are_used_once(database: Path) -> None:
    """A second source of the same name is refused, and the first stands."""
    path = written(database, BY_HAND)
    with pytest.raises(ConfigError, match="called reviews already"):
        config.add_source(path, SourceSettings("reviews", "mbox", {}))
    with pytest.raises(ConfigError, match="no source is called other"):
        config.remove_source(path, "other")
    assert path.read_text(encoding="utf-8") == BY_HAND


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sources = 3", "sources are tables"),
        ("[sources]\nreviews = 3", r"\[sources.reviews\] needs connector"),
        ("[sources.reviews]\npath = 'x'", r"\[sources.reviews\] needs connector"),
        ("[source.reviews]\nconnector = 'csv'", r"nothing is called \[source\]"),
        ("keys = 'vim'", "keys are a table"),
        ("[keys]\naccept = 3", "keys are a table"),
        ("grouping = 3", r"\[grouping\] holds strict and attach"),
        ("[grouping]\nthreshold = 3", r"\[grouping\] holds strict and attach"),
        ("[grouping]\nattach = 'always'", 'attach is "ask" or "auto"'),
        ("[grouping]\nattach = ['auto']", 'attach is "ask" or "auto"'),
        ("by = ", "is not TOML"),
        ("\udcff", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said(database: Path, text: str, message: str) -> None:
    """A settings file that makes no sense is refused by name, with what is wrong."""
    path = config.settings_path(database)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match=message) as refused:
        config.load(database)
    assert str(path) in str(refused.value)


def test_a_persons_file_is_checked_too(database: Path) -> None:
    """The person's own settings are refused by their own name."""
    path = config.person_folder() / "config.toml"
    path.write_text("keys = 3")
    with pytest.raises(ConfigError, match=r"config\.toml: keys are a table"):
        config.load(database)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Where a settings file cannot be, adding a source says so."""
    path = tmp_path / "none" / "work.toml"
    with pytest.raises(ConfigError, match="cannot be written"):
        config.add_source(path, SourceSettings("one", "mbox", {}))


@pytest.mark.parametrize("name", ["", " ", "a\nb", "[x]", "it's"])
def test_a_source_has_a_decent_name(workspace: Workspace, name: str) -> None:
    """A name that would break the settings file is refused before it is written."""
    with pytest.raises(Exception, match="is no name for a source"):
        workspace.add_source(name, "jsonl", {"path": "x"})
    assert not workspace.config.path.exists()


def test_a_source_that_does_not_fit_is_not_written(workspace: Workspace) -> None:
    """Settings are tried before they are kept."""
    for settings in ({}, {"path": "x", "clumns": {}}):
        with pytest.raises(ConfigError):
            workspace.add_source("reviews", "jsonl", settings)
    assert not workspace.config.path.exists()


def test_a_removed_source_keeps_its_feedback(tmp_path: Path) -> None:
    """What a source brought stays when it is pulled no more."""
    with a_workspace(tmp_path) as workspace:
        settings: dict[str, Any] = {"path": "x.jsonl"}
        workspace.add_source("reviews", "jsonl", settings)
        assert [view.configured for view in workspace.sources()] == [True]
        workspace.remove_source("reviews")
        assert workspace.sources() == []
