"""A secret shows nowhere, whatever refers to it and whatever goes wrong with it."""

from __future__ import annotations

import base64
import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.running import Run
from keyrings import InFile
from servers.oauth import serving
from triage.workspace import Workspace

CANARY = "c4nary/+7f&=3a91"

pytestmark = pytest.mark.usefixtures("installed")

KINDS = ("env", "keyring", "file", "command", "typed", "plain")


def referred(
    kind: str, folder: Path, ring: InFile, monkeypatch: pytest.MonkeyPatch
) -> str:
    """What is typed after ``password=`` for each kind of reference."""
    match kind:
        case "env":
            monkeypatch.setenv("DESK_PW", CANARY)
            return "env:DESK_PW"
        case "keyring":
            ring.set_password("desk", "ann", CANARY)
            return "keyring:desk/ann"
        case "file" | "command":
            (folder / "pw").write_text(CANARY)
            (folder / "pw").chmod(0o600)
            return "file:pw" if kind == "file" else f"command:cat {folder}/pw"
    return CANARY


def spellings() -> list[bytes]:
    """The canary as it may be written in JSON, an address or a header."""
    plain = CANARY.encode()
    return [
        plain, plain.replace(b"/", b"\\/"), b"c4nary%2F%2B7f", b"c4nary/%2B7f",
        base64.b64encode(plain), base64.b64encode(b"ann:" + plain)[5:],
    ]  # fmt: skip


def assert_nowhere(told: str | bytes, where: object) -> None:
    data = told.encode() if isinstance(told, str) else told
    for spelling in spellings():
        assert spelling not in data, (where, spelling)


def commands(adding: tuple[str, ...], text: str) -> Iterator[tuple[str, ...]]:
    """All that is done with a source, well and badly."""
    yield adding
    yield ("sources", "add", "desk", "odd", *adding[4:], "port=x")
    yield ("sources", "set", "help", text)
    for manner in ("well", "down", "spill", "crash"):
        yield ("sources", "set", "help", f"manner={manner}")
        yield ("sources", "list")
        yield ("sources", "check", "help")
        yield ("sources", "check", "help", "--rows", "--json")
        yield ("sync", "help")
        yield ("sync", "help", "--json")
        yield ("doctor", "--json")
        yield ("log", "--json")
        yield ("sources", "list", "--json")
        yield ("sources", "imports", "--json")
        yield ("export", "--to", "json")


@pytest.mark.parametrize("setting", ["password", "token"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_shows_nowhere(
    run: Run, ring: InFile, db: Path, tmp_path: Path, kind: str, setting: str,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """Added, listed, tried, pulled, failing, crashing, exported: it is not to be found."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.chdir(tmp_path)
    text = f"{setting}={referred(kind, tmp_path, ring, monkeypatch)}"
    with serving() as tokens, contextlib.ExitStack() as open_till_the_end:
        adding = (
            "sources", "add", "desk", "help", "host=desk.example", "user=ann",
            f"issuer={tokens.url}", "client_id=c1" if setting == "token" else "port=1",
            text,
        )  # fmt: skip
        assert run(*adding).code == 0
        # While somebody has it open, what was written last is in a file beside it.
        workspace = open_till_the_end.enter_context(Workspace(db))
        assert workspace.sources()
        synced = []
        for words in commands(adding, text):
            if kind == "plain":
                make_plain(db, setting)
            told = run(*words)
            assert_nowhere(told.out + told.err, (words, told))
            synced += [told] if words[0] == "sync" else []
        assert {told.code for told in synced} == {1}
        assert "a bug in the connector " in synced[-1].err
        assert "ZeroDivisionError" in synced[-1].err
        files = list(db.parent.glob(f"{db.name}*"))
        assert len(files) == 3
        for path in files:
            assert_nowhere(path.read_bytes(), path)
        assert_nowhere(repr(workspace.config), "config")
    assert_nowhere(caplog.text, "log")
    settings = db.with_suffix(".toml").read_bytes()
    told = run("sources", "remove", "help", "--json")
    assert_nowhere(told.out + told.err, "remove")
    if kind != "plain":  # what somebody wrote over is theirs to take away
        assert_nowhere(settings, "settings")
        assert not any(name.startswith("triage/") for name in ring.all())


def make_plain(db: Path, setting: str) -> None:
    """Somebody writes the secret itself into the settings."""
    toml = db.with_suffix(".toml")
    lines = [
        f'{setting} = "{CANARY}"' if line.startswith(f"{setting} = ") else line
        for line in toml.read_text().splitlines()
    ]
    toml.write_text("\n".join(lines) + "\n")
