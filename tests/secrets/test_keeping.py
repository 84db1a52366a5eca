"""A secret somebody typed is kept where only they find it, and taken away again."""

from __future__ import annotations

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


def place(folder: Path, name: str = "work:mail:password") -> secrets.Place:
    return secrets.Place(name, folder / "secrets")


def test_the_keyring_comes_first(ring: InFile, tmp_path: Path) -> None:
    """Where there is a keyring it has the secret, and no file is made."""
    assert place(tmp_path).keep("pw1") == "keyring:triage/work:mail:password"
    assert ring.all() == {"triage/work:mail:password": "pw1"}
    assert not (tmp_path / "secrets").exists()


def test_another_workspace_of_that_name(ring: InFile, tmp_path: Path) -> None:
    """What is under the name already is another's, and stays."""
    first, second = place(tmp_path).keep("pw1"), place(tmp_path).keep("pw2")
    assert second == "keyring:triage/work:mail:password-2"
    assert place(tmp_path).forget(second)
    assert secrets.resolve("x", first, tmp_path) == Secret("pw1")
    assert list(ring.all().values()) == ["pw1"]


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.fail.Keyring, keyring.backends.null.Keyring, keyrings.Locked,
        keyrings.Broken,
    ],
)  # fmt: skip
@pytest.mark.usefixtures("ring")
def test_without_one_it_is_a_file(tmp_path: Path, backend: type[InFile]) -> None:
    """No keyring, or one that keeps nothing: a file for its owner alone."""
    keyring.set_keyring(backend())
    here = place(tmp_path, "work:a/b ../c:password")
    reference, again = here.keep("pw1"), here.keep("pw2")
    path = Path(reference.removeprefix("file:"))
    assert path == tmp_path / "secrets" / "work-a-b-..-c-password"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert secrets.resolve("x", reference, tmp_path) == Secret("pw1")
    assert here.replace(reference, "pw3")
    assert secrets.resolve("x", reference, tmp_path) == Secret("pw3")
    assert here.forget(reference)
    assert not path.exists()
    assert secrets.resolve("x", again, tmp_path) == Secret("pw2")


def test_what_we_did_not_put_there_stays(ring: InFile, tmp_path: Path) -> None:
    """A keyring entry, file or variable of the person's own is neither changed nor lost."""
    ring.set_password("mail", "ann", "own")
    ring.set_password("triage", "other:mail:password", "own")
    own = tmp_path / "own"
    own.write_text("own")
    for reference in (
        "keyring:mail/ann", "keyring:triage/other:mail:password", f"file:{own}",
        "env:HOME", "command:echo x", "plain", "",
    ):  # fmt: skip
        assert not place(tmp_path).replace(reference, "new")
        assert not place(tmp_path).forget(reference)
    assert set(ring.all().values()) == {"own"}
    assert own.read_text() == "own"


def test_an_empty_secret_is_none(tmp_path: Path) -> None:
    """Nothing is kept where nothing was typed."""
    with pytest.raises(ConfigError, match="it is empty"):
        place(tmp_path).keep("")
