"""A secret is where its reference says, or the person is told what to do."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest

import keyrings
from keyrings import InFile
from triage import secrets
from triage.connector import Secret
from triage.errors import ConfigError

CANARY = "c4nary-p4ss"


def found(text: str, folder: Path) -> Secret:
    return secrets.resolve("password", text, folder)


def put(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("env:X", True), ("keyring:a/b", True), ("file:/x", True), ("command:x", True),
        ("hunter2", False), ("https://x", False), ("ENV:X", False), ("env", False),
        ("", False), ("environment:x", False),
    ],
)  # fmt: skip
def test_what_is_a_reference(text: str, whether: bool) -> None:
    """Four words before a colon, and nothing else, are references."""
    assert secrets.is_reference(text) is whether


def test_a_plain_secret_is_itself(tmp_path: Path) -> None:
    """What refers to nothing is the secret."""
    assert found("hunter2", tmp_path) == Secret("hunter2")


def test_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """env: is a variable; one that is unset or empty is told by its name."""
    monkeypatch.setenv("MAIL_PW", f" {CANARY}\n")
    assert found("env:MAIL_PW", tmp_path) == Secret(CANARY)
    monkeypatch.setenv("MAIL_PW", "")
    for name in ("MAIL_PW", "NOT_THERE_AT_ALL"):
        with pytest.raises(ConfigError, match=f"setting password: .*'{name}'; set it"):
            found(f"env:{name}", tmp_path)


def test_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """file: is all of a file, its path from the settings' folder or from home."""
    put(tmp_path / "pw", f"{CANARY}\n")
    put(tmp_path / "key", "-----BEGIN-----\nabc\n-----END-----\n")
    assert found("file:pw", tmp_path) == Secret(CANARY)
    assert found(f"file:{tmp_path}/pw", Path("/nowhere")) == Secret(CANARY)
    assert found("file:key", tmp_path).reveal().count("\n") == 2
    monkeypatch.setenv("HOME", str(tmp_path))
    assert found("file:~/pw", Path("/nowhere")) == Secret(CANARY)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    """A secret others may read is none; the cure is told."""
    path = put(tmp_path / "pw", CANARY, mode)
    with pytest.raises(ConfigError, match=f"chmod 600 {path}") as caught:
        found("file:pw", tmp_path)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "holds no secret"), (b" \n", "holds no secret"), (b"\xff\xfe", "no secret"),
     (b"x" * 70_000, "holds no secret")],
)  # fmt: skip
def test_a_file_without_a_secret(tmp_path: Path, content: bytes, says: str) -> None:
    """What is empty, large or no text is refused."""
    path = put(tmp_path / "pw", "")
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=says):
        found("file:pw", tmp_path)


def test_what_is_no_file(tmp_path: Path) -> None:
    """A folder, a pipe nobody writes to, and nothing at all are told; none is waited for."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name, says in (
        ("", "is no file|directory"),
        ("pipe", "no file"),
        ("x", "No such"),
    ):
        with pytest.raises(ConfigError, match=says):
            found(f"file:{name}", tmp_path)


def test_a_command(tmp_path: Path) -> None:
    """command: is the first line that is printed; no shell reads its words."""
    put(tmp_path / "pw", f"{CANARY}\nuser: ann\n")
    assert found("command:cat pw", tmp_path) == Secret(CANARY)
    assert found("command:echo '$HOME  x' ;", tmp_path) == Secret("$HOME  x ;")
    assert found("command: echo ~", tmp_path) == Secret(str(Path.home()))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (
            "print('{0}'); import sys; sys.exit('{0}')",
            "ended with 1; run it in a shell",
        ),
        ("import time; print('{0}', flush=True); time.sleep(30)", "did not end within"),
        ("import sys; sys.stderr.write('{0}')", "printed nothing"),
        ("print(); print('{0}')", "printed nothing"),
    ],
)
def test_a_command_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, says: str
) -> None:
    """One that fails, hangs or prints nothing is told without a word of what it said."""
    monkeypatch.setattr("triage.secrets.reference.PATIENCE", 1.0)
    script = put(tmp_path / "x.py", code.replace("{0}", CANARY))
    with pytest.raises(ConfigError, match=says) as caught:
        found(f"command:{sys.executable} {script}", tmp_path)
    told = traceback.TracebackException.from_exception(
        caught.value, capture_locals=True
    )
    assert CANARY not in "".join(told.format())


@pytest.mark.parametrize("words", ["", "  ", "'open", "/not/there", "\x00"])
def test_a_command_that_is_none(tmp_path: Path, words: str) -> None:
    """Words that name no program are refused."""
    with pytest.raises(ConfigError, match="the setting password: "):
        found(f"command:{words}", tmp_path)


def test_the_keyring(ring: InFile, tmp_path: Path) -> None:
    """keyring: is what it keeps for service and user; the user may hold slashes."""
    ring.set_password("mail", "acme/ann", CANARY)
    assert found("keyring:mail/acme/ann", tmp_path) == Secret(CANARY)
    with pytest.raises(ConfigError, match="`keyring set mail bob`"):
        found("keyring:mail/bob", tmp_path)
    for odd in ("mail", "/x", "mail/"):
        with pytest.raises(ConfigError, match="SERVICE/USER"):
            found(f"keyring:{odd}", tmp_path)


@pytest.mark.parametrize(
    ("backend", "says"),
    [
        (keyring.backends.fail.Keyring, "this machine has no keyring"),
        (keyring.backends.null.Keyring, "has nothing under"),
        (keyrings.Locked, "is locked; unlock it"),
        (keyrings.Broken, "does not answer .RuntimeError"),
    ],
)
@pytest.mark.usefixtures("ring")
def test_a_keyring_that_keeps_nothing(
    tmp_path: Path, backend: type[InFile], says: str
) -> None:
    """Without a keyring, the other ways are named."""
    keyring.set_keyring(backend())
    with pytest.raises(ConfigError, match=says) as caught:
        found("keyring:mail/ann", tmp_path)
    assert "file: or command:" in str(caught.value)


def test_a_renewed_secret_goes_back(ring: InFile, tmp_path: Path) -> None:
    """Into keyring or file, for its owner alone, and the one after it as well."""
    ring.set_password("mail", "ann", "old")
    path = put(tmp_path / "pw", "old")
    (tmp_path / "link").symlink_to(path)
    for text in ("keyring:mail/ann", "file:link"):
        found(text, tmp_path).renewed("new").renewed("newer")
        assert found(text, tmp_path) == Secret("newer")
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "link").is_symlink()
    assert {one.name for one in tmp_path.iterdir()} == {"pw", "link", "keyring.json"}


def test_a_renewed_secret_that_cannot_go_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nothing can be written the person is told, without the secret."""
    monkeypatch.setenv("MAIL_PW", "old")
    for text in ("env:MAIL_PW", "command:echo old", "old"):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert found(text, tmp_path).renewed(CANARY) == Secret(CANARY)
        assert "keep it in keyring: or file:" in caplog.text
        assert CANARY not in caplog.text


def test_nobody_refers_to_a_keyring_so_none_is_asked() -> None:
    """The library of keyrings is loaded by a reference to one, and by nothing else."""
    import subprocess

    code = (
        "import sys, triage.workspace; from triage import secrets; from pathlib import"
        " Path; secrets.resolve('x', 'plain', Path());"
        "print('keyring' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_what_was_looked_up_can_be_hidden(tmp_path: Path) -> None:
    """Words of others are rid of every secret this process followed a reference to."""
    put(tmp_path / "pw", "c4nary-one")
    found("file:pw", tmp_path)
    found("c4nary-one-longer", tmp_path)
    found("abc", tmp_path)
    told = secrets.hidden("abc c4nary-one-longer, c4nary-one, c4nary-two")
    assert told == "abc ***, ***, c4nary-two"
