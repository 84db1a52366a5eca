"""What a reference stands for, looked up now; no error tells what was found."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from triage.connector import Secret
from triage.errors import ConfigError
from triage.secrets import files, ring

KINDS = ("env", "keyring", "file", "command")

PATIENCE = 60.0
"""Seconds a command has: a person may have to touch a key or type a passphrase."""


_LEAST = 4  # characters: anything shorter is in every sentence
_followed: set[str] = set()


def hidden(text: str) -> str:
    """The text without any secret this process looked up, for words of others."""
    for value in sorted(_followed, key=len, reverse=True):
        text = text.replace(value, "***")
    return text


def is_reference(text: str) -> bool:
    """Whether a setting says where its secret is, rather than what."""
    return text.partition(":")[0] in KINDS and ":" in text


def resolve(setting: str, text: str, folder: Path) -> Secret:
    """
    The secret a setting refers to; a plain one is itself.

    It knows how to write a renewed value back to a keyring or file; for the other kinds
    it is logged that somebody has to.

    Args:
        setting: Its name, for messages.
        folder: Where relative paths begin.

    Raises:
        ConfigError: Nothing is there, or others may read it.
    """
    found = _resolved(setting, text, folder)
    if len(found.reveal()) >= _LEAST:
        _followed.add(found.reveal())
    return found


def _resolved(setting: str, text: str, folder: Path) -> Secret:
    if not is_reference(text):
        return Secret(text, _unkept(setting, "plain in its settings"))
    kind, _, place = text.partition(":")
    place = place.strip()
    try:
        return _looked_up(setting, kind, place, folder)
    except ConfigError as error:
        raise ConfigError(f"the setting {setting}: {error}") from None


def write_back(text: str, value: str, folder: Path) -> bool:
    """Put a value where a reference leads; False where nothing can be put."""
    kind, _, place = text.partition(":")
    match kind:
        case "keyring":
            ring.write(*ring.parts(place.strip()), value)
        case "file":
            files.write(folder / Path(place.strip()).expanduser(), value)
        case _:
            return False
    return True


def _looked_up(setting: str, kind: str, place: str, folder: Path) -> Secret:
    match kind:
        case "env":
            return Secret(_environment(place), _unkept(setting, f"in {kind}:{place}"))
        case "keyring":
            found = ring.read(*ring.parts(place))
        case "file":
            found = files.read(folder / Path(place).expanduser())
        case _:
            return Secret(_printed(place, folder), _unkept(setting, "from a command"))
    return Secret(found, lambda value: write_back(f"{kind}:{place}", value, folder))


def _environment(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ConfigError(
            f"nothing is in the environment under {name!r}; set it where Triage is"
            " started, or refer to keyring:, file: or command:"
        )
    return value


def _printed(words: str, folder: Path) -> str:
    """
    The first line of what a command prints.

    What it says on standard error may quote the secret, so none of it is shown.
    """
    import shlex

    try:
        argv = [os.path.expanduser(word) for word in shlex.split(words)]  # noqa: PTH111
    except ValueError as error:
        raise ConfigError(f"the words of command: do not fit ({error})") from None
    if not argv:
        raise ConfigError("command: needs the words of one, like command:pass show x")
    line, trouble = _first_line(argv, folder)
    if not line:
        raise ConfigError(f"`{argv[0]} …` {trouble}")
    return line


def _first_line(argv: list[str], folder: Path) -> tuple[str, str]:
    """What a command prints first, or the rest of a sentence that says why nothing."""
    import subprocess

    again = "run it in a shell to see why"
    try:
        done = subprocess.run(
            argv, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "", f"did not end within {PATIENCE:g} s; {again}"
    except OSError as error:
        return "", f"cannot be run: {error.strerror}"
    except ValueError:
        return "", "cannot be run: its words hold a null character"
    if done.returncode:
        return "", f"ended with {done.returncode}; {again}"
    line = done.stdout.decode("utf-8", "replace").partition("\n")[0].strip()
    return line, f"printed nothing on its first line; {again}"


def _unkept(setting: str, where: str) -> Callable[[str], object]:
    def told(_: str) -> None:
        import logging

        logging.getLogger("triage.secrets").warning(
            "the provider renewed the setting %s, which is %s and cannot be written"
            " there; keep it in keyring: or file:, else its old value may end",
            setting,
            where,
        )

    return told
