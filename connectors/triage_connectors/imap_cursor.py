"""Where each folder of an account was left: the one place that knows how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from triage.connector import Cursor
from triage_connectors.imap_session import Standing
from triage_connectors.saved import damaged, parsed, written


@dataclass(frozen=True, slots=True)
class Left:
    """
    Where one folder was left.

    Attributes:
        valid: Its UIDVALIDITY; where that is another one now, uids mean nothing.
        last: The highest uid that was read.
        next: The uid that was to come when all was read; 0 while some is left.
        since: The moment before which nothing was read, in ISO form; "" for none.
    """

    valid: int
    last: int = 0
    next: int = 0
    since: str = ""

    def is_unchanged(self, now: Standing) -> bool:
        """
        Tell whether no mail can have come since.

        UIDNEXT moves with every new message and with nothing else, so it says exactly
        what is asked here, on every server. HIGHESTMODSEQ (CONDSTORE) moves with each
        flag somebody sets as well, and would send us looking for nothing.
        """
        return (
            now.valid == self.valid
            and min(now.next, self.next) > 0
            and now.next in {self.next, self.last + 1}
        )

    @property
    def begun(self) -> datetime | None:
        """The moment before which nothing was read."""
        return datetime.fromisoformat(self.since) if self.since else None

    def fits(self, valid: int, since: datetime | None) -> bool:
        """
        Tell whether to go on from here; else the folder is read from its start.

        Where a first pull begins is said once: saying nothing, or a later moment,
        changes nothing. After an earlier one, what lies between is still to be read.
        """
        if valid != self.valid:
            return False
        return since is None or self.begun is None or since >= self.begun


@dataclass(frozen=True, slots=True)
class Places:
    """Where every folder of an account was left."""

    account: str
    folders: Mapping[str, Left] = field(default_factory=dict)

    def with_folder(self, name: str, left: Left) -> Places:
        """Return the same with one folder left elsewhere."""
        return replace(self, folders={**self.folders, name: left})

    def cursor(self) -> Cursor:
        """Return them as a cursor."""
        folders = {
            name: {
                "uidvalidity": left.valid,
                "last_uid": left.last,
                "uidnext": left.next,
                "since": left.since,
            }
            for name, left in self.folders.items()
        }
        return written({"account": self.account, "folders": folders})


def places(cursor: Cursor | None, account: str) -> Places:
    """Return what a cursor says; of another account's nothing is left."""
    if cursor is None:
        return Places(account)
    saved = parsed(cursor, ("account", "folders"))
    folders = saved["folders"]
    if not isinstance(folders, dict):
        raise damaged("folders")
    if saved["account"] != account:
        return Places(account)
    return Places(account, {name: _left(told) for name, told in folders.items()})


def _left(told: Any) -> Left:
    try:
        numbers = [told[name] for name in ("uidvalidity", "last_uid", "uidnext")]
        since = told["since"]
        if since:
            datetime.fromisoformat(since)
    except (TypeError, KeyError, ValueError):
        raise damaged("folders") from None
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise damaged("folders")
    valid, last, following = numbers
    return Left(valid, last, following, since)
