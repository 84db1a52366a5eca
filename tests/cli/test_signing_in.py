"""sources sign-in: at a terminal, against a server that gives tokens."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pexpect
import pytest

from cli.running import Run
from keyrings import InFile
from servers.oauth import OAuthServer, serving

if TYPE_CHECKING:
    from triage.transport.device import GoThere

pytestmark = pytest.mark.usefixtures("installed")

TOKEN = "triage/work:help:token"


@pytest.fixture
def server() -> Iterator[OAuthServer]:
    with serving() as made:
        yield made


@pytest.fixture
def desk(run: Run, server: OAuthServer) -> Run:
    """A source that signs in with OAuth, to nobody yet."""
    told = run(
        "sources", "add", "desk", "help", "host=x", "user=ann", "client_id=c1",
        f"issuer={server.url}",
    )  # fmt: skip
    assert told.code == 0
    assert "`triage sources sign-in help`" in told.err
    return run


def at_a_terminal(db: Path, installed: Path, *words: str) -> pexpect.spawn:
    path = os.pathsep.join([str(installed), *sys.path])
    env = os.environ | {"PYTHONPATH": path, "TERM": "dumb", "SSH_CONNECTION": "x"}
    return pexpect.spawn(
        sys.executable, ["-m", "triage", "--db", str(db), "sources", *words], env=env,
        timeout=20, encoding="utf-8", dimensions=(40, 400), echo=False,
    )  # fmt: skip


def address(child: pexpect.spawn) -> str:
    child.expect(r"\r\n(http://127\S+)\r\n")
    found: str = child.match.group(1)
    return found


def ended(child: pexpect.spawn) -> tuple[str, int]:
    seen: str = child.read()
    child.close()
    return seen, int(child.exitstatus)


def test_a_browser_here(desk: Run, ring: InFile, db: Path, installed: Path) -> None:
    """The address is printed; once a browser came back the token is kept, and works."""
    child = at_a_terminal(db, installed, "sign-in", "help")
    page = httpx.get(address(child), follow_redirects=True)
    seen, code = ended(child)
    assert code == 0, seen
    assert "close this page" in page.text
    assert f"the token is kept in keyring:{TOKEN}" in seen
    assert "refresh" not in seen
    assert ring.all()[TOKEN] == "refresh-1"
    assert desk("sources", "check", "help").code == 0


def test_a_browser_elsewhere(
    desk: Run, ring: InFile, db: Path, installed: Path
) -> None:
    """Over ssh the address the browser ended at is pasted; the code is not repeated."""
    child = at_a_terminal(db, installed, "sign-in", "help", "--no-browser", "--json")
    sent = httpx.get(address(child)).headers["location"]
    child.expect("press enter")
    child.sendline(sent)
    seen, code = ended(child)
    assert code == 0, seen
    assert '"token":"keyring:triage/work:help:token"' in seen
    assert ring.all()[TOKEN] == "refresh-1"
    assert desk("sources", "list").code == 0


def test_a_code_to_type(
    desk: Run, ring: InFile, server: OAuthServer, db: Path, installed: Path
) -> None:
    """Where the provider has codes, address and code stand on lines of their own."""
    desk("sources", "set", "help", "manner=device")
    child = at_a_terminal(db, installed, "sign-in", "help")
    seen, code = ended(child)
    assert code == 0, seen
    lines = [line.strip() for line in seen.splitlines()]
    assert f"{server.url}/go" in lines
    assert "WDJB-MJHT" in lines
    assert ring.all()[TOKEN] == "refresh-1"


def test_no_is_told(
    desk: Run, ring: InFile, server: OAuthServer, db: Path, installed: Path
) -> None:
    """Who says no in the browser finds exit code 1 and nothing kept."""
    server.redirects = {"error": "access_denied", "code": ""}
    child = at_a_terminal(db, installed, "sign-in", "help")
    httpx.get(address(child), follow_redirects=True)
    seen, code = ended(child)
    assert (code, "refused in the browser" in seen) == (1, True)
    assert ring.all() == {}
    assert (
        "`triage sources sign-in help` signs in again"
        in desk("sources", "check", "help").err
    )


def test_ctrl_c_stops_waiting(db: Path, installed: Path, desk: Run) -> None:
    """A person who changes their mind is not held."""
    child = at_a_terminal(db, installed, "sign-in", "help")
    address(child)
    child.expect("press enter")
    child.sendintr()
    seen, code = ended(child)
    assert (code, seen.strip()) == (130, "triage: stopped")
    assert "Traceback" not in seen
    del desk


def test_signing_in_again(desk: Run, ring: InFile, server: OAuthServer) -> None:
    """A revoked sign-in is renewed where it was kept, though its old token is gone."""
    ring.set_password("own", "ann", "revoked")
    desk("sources", "set", "help", "token=keyring:own/ann")
    assert "signs in again" in desk("sources", "check", "help").err
    ring.delete_password("own", "ann")
    assert "`keyring set own ann`" in desk("sources", "check", "help").err
    assert browsing(desk, "sources", "sign-in", "help", "--json") == 0
    assert ring.all() == {"own/ann": "refresh-1"}
    assert desk("sources", "check", "help").code == 0
    del server


def test_a_renewed_token_is_kept(desk: Run, ring: InFile, server: OAuthServer) -> None:
    """Where each use of a token gives another one, the next run has that."""
    server.rotates = True
    assert browsing(desk, "sources", "sign-in", "help") == 0
    for _ in range(3):
        assert desk("sync").code == 0
    assert ring.all()[TOKEN] == "refresh-4"


@pytest.mark.parametrize(
    ("words", "says"),
    [(("other",), "no source is called"), (("plain",), "not set up for OAuth")],
)
def test_nothing_to_sign_in_to(desk: Run, words: Sequence[str], says: str) -> None:
    """A source that is not there, or signs in otherwise, is told."""
    desk("sources", "add", "desk", "plain", "host=x", "user=ann")
    told = desk("sources", "sign-in", *words)
    assert (told.code, says in told.err) == (2, True)


def browsing(run: Run, *words: str) -> int:
    """The exit code of a sign-in, while somebody at this machine agrees."""
    import triage.cli.signing_in as here

    def agree(there: GoThere, *, opens: bool) -> None:
        del opens
        threading.Thread(
            target=httpx.get,
            args=(there.address,),
            kwargs={"follow_redirects": True},
        ).start()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(here, "_tell", agree)
        told = run(*words)
    assert "refresh" not in told.out + told.err
    return told.code
