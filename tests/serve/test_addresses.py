"""Names are exact, and what other machines reach is asked for by name."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli.program import program
from triage.errors import UsageError
from triage.serve.addresses import allowed


def serve(database: Path, *words: str) -> Result:
    """What `triage serve` says before it serves."""
    return CliRunner().invoke(program, ["--db", str(database), "serve", *words])


def test_loopback_is_called_by_two_names() -> None:
    """On its own machine a server has its address and localhost, with the port."""
    assert allowed("127.0.0.1", 8000, ()) == {
        "127.0.0.1:8000": "http://127.0.0.1:8000",
        "localhost:8000": "http://localhost:8000",
    }
    assert set(allowed("::1", 8000, ())) == {"[::1]:8000", "localhost:8000"}
    assert set(allowed("127.0.0.1", 80, ())) == {"127.0.0.1", "localhost"}


def test_every_address_is_none_by_itself() -> None:
    """Listening everywhere, only what was named is answered to."""
    assert allowed("0.0.0.0", 8000, ["https://Triage.Example:443/"]) == {
        "triage.example": "https://triage.example"
    }


@pytest.mark.parametrize(
    "origin",
    ["localhost:9000", "ftp://x", "http://", "http://a/b", "http://a?b", "*",
     "http://u:p@a", "http://a:b", "http://a:99999", "http://[::1"],
)  # fmt: skip
def test_an_origin_is_a_whole_address(origin: str) -> None:
    """What no browser shows as an origin is refused, and said."""
    with pytest.raises(UsageError, match="check --origin"):
        allowed("127.0.0.1", 8000, [origin])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1"])
def test_other_machines_are_asked_for(database: Path, host: str) -> None:
    """An address others reach is refused, with what to do instead."""
    told = serve(database, "--host", host)
    assert told.exit_code == 2
    assert "can be reached by other machines" in told.stderr
    assert "--beyond-this-machine" in told.stderr


def test_everywhere_needs_a_name(database: Path) -> None:
    """Beyond this machine, browsers' own address of it must be said."""
    told = serve(database, "--host", "0.0.0.0", "--beyond-this-machine")
    assert told.exit_code == 2
    assert "say with --origin" in told.stderr


def test_beyond_this_machine_warns(database: Path) -> None:
    """Whoever insists is told what it means, before anything listens."""
    told = serve(
        database, "--host", "192.0.2.1", "--beyond-this-machine", "--port", "0"
    )
    assert "warning: other machines reach this" in told.stderr
    assert told.exit_code == 2, "it is no address of this machine"


def test_a_taken_port_is_said(database: Path) -> None:
    """A port somebody else has is no riddle."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = serve(database, "--port", str(taken.getsockname()[1]))
    assert told.exit_code == 2
    assert "choose another with --port" in told.stderr


def test_a_wrong_origin_is_said(database: Path) -> None:
    """What no browser shows is refused before anything listens."""
    told = serve(database, "--port", "0", "--origin", "localhost:9000")
    assert told.exit_code == 2
    assert "check --origin" in told.stderr


def test_a_name_is_no_address_to_listen_at(database: Path) -> None:
    """Names may mean several addresses; one is asked for."""
    told = serve(database, "--host", "triage.example")
    assert told.exit_code == 2
    assert "--origin" in told.stderr


def test_what_is_missing_is_named(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra packages, the sentence says how to get them."""
    monkeypatch.setitem(sys.modules, "triage.serve.server", None)
    told = serve(database)
    assert told.exit_code == 2
    assert "pip install 'feedback-triage[serve]'" in told.stderr
