"""
Every error a person can cause or meet.

::

    TriageError                  exit 1: ours; says what happened and what to do
    ├── UsageError               exit 2: the words of a command were off
    │   └── ConfigError          a setting is missing or wrong
    ├── SourceError              a source could not be read
    │   ├── SignInFailed         the account or key was refused
    │   ├── RateLimited          asked too often; ``until`` says when to return
    │   ├── SourceUnavailable    the other side is down, slow or answers nonsense
    │   │   └── NotTaken         and has surely taken nothing of what it was told
    │   └── Held                 another process is pulling it, or sending the draft
    ├── StoreError               the workspace file
    │   ├── Conflict             the row moved since it was read
    │   ├── ReadOnly             opened to be read; nothing may be written
    │   └── TooNew               written by a newer Triage
    ├── NotFound                 exit 2: no such feedback, group, pain point …
    └── Cancelled                nobody waits for the answer any more

A connector reports one unreadable item by yielding ``Unreadable`` in its page, so a
single bad row never ends a pull. A bug is none of these and is never caught.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class TriageError(Exception):
    """Something Triage can explain; the message says what to do next."""

    exit_code = 1


class UsageError(TriageError):
    """The words of a command were off; nothing was changed."""

    exit_code = 2


class ConfigError(UsageError):
    """
    A setting is missing or wrong.

    Attributes:
        missing: The setting that is missing, so that a person can be asked for it.
    """

    def __init__(self, message: str, *, missing: str = "") -> None:
        super().__init__(message)
        self.missing = missing


class NotFound(UsageError):
    """Nothing has that id."""


class Cancelled(TriageError):
    """Nobody waits for the answer any more."""


class SourceError(TriageError):
    """A source could not be read."""


class SignInFailed(SourceError):
    """The source refused the account or key."""


class RateLimited(SourceError):
    """
    The source asks us to come back later.

    Attributes:
        until: When it will answer again, if it said so; aware.
    """

    def __init__(self, message: str, until: datetime | None = None) -> None:
        super().__init__(message)
        self.until = until


class SourceUnavailable(SourceError):
    """The other side is down, too slow, or answers something it never promised."""


class NotTaken(SourceUnavailable):
    """It has surely taken nothing of what it was told; telling it again is safe."""


class Held(SourceError):
    """Another process is pulling it, or sending the draft; nothing was changed."""


class StoreError(TriageError):
    """The workspace file cannot do what was asked."""


class Conflict(StoreError):
    """The row is no longer as it was when the decision was made; nothing changed."""


class ReadOnly(StoreError):
    """The workspace was opened to be read; nothing was changed."""


class TooNew(StoreError):
    """The workspace was written by a newer Triage and is left untouched."""
