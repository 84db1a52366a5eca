"""Where a JMAP account was left: a state, and how far its backfill has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from triage.connector import Cursor
from triage_connectors.saved import count, damaged, moment, parsed, text, texts, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """
    Mails that were there already, gone through from the oldest on.

    Attributes:
        boxes: Ids of the mailboxes it goes through.
        last: Id of the last mail that was taken; "" before the first.
        at: When that one was received, as the server wrote it.
        done: Mails gone through.
        total: Mails there are, as the server counted at the beginning.
    """

    boxes: tuple[str, ...]
    last: str = ""
    at: str = ""
    done: int = 0
    total: int = 0

    @property
    def progress(self) -> float | None:
        """The share that is done; None where nobody counted."""
        return min(1.0, self.done / self.total) if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """
    A place to resume.

    Attributes:
        account: The id of the account; ids of mails mean nothing in another.
        boxes: Ids of the mailboxes that are read.
        state: The account's state, taken before the backfill began; changes since are
            asked for once it is over.
        backfill: None once it is over.
        since: Where the first pull began; "" at the beginning of all mail.
    """

    account: str
    boxes: tuple[str, ...]
    state: str
    backfill: Backfill | None = None
    since: str = ""

    def cursor(self) -> Cursor:
        """Return this place as text."""
        told: dict[str, Any] = {
            "account": self.account,
            "boxes": list(self.boxes),
            "state": self.state,
            "backfill": None,
            "since": self.since,
        }
        if self.backfill:
            one = self.backfill
            told["backfill"] = {
                "boxes": list(one.boxes),
                "last": one.last,
                "at": one.at,
                "done": one.done,
                "total": one.total,
            }
        return written(told)


def left(cursor: Cursor) -> Left:
    """Return the place a cursor names; SourceError where it is not one of ours."""
    saved = parsed(cursor, ("account", "boxes", "state", "backfill", "since"))
    backfill = saved["backfill"]
    if not isinstance(backfill, (dict, type(None))):
        raise damaged("backfill")
    return Left(
        account=text(saved, "account"),
        boxes=texts(saved, "boxes"),
        state=text(saved, "state"),
        since=_since(saved),
        backfill=None
        if backfill is None
        else Backfill(
            boxes=texts(backfill, "boxes"),
            last=text(backfill, "last"),
            at=text(backfill, "at"),
            done=count(backfill, "done"),
            total=count(backfill, "total"),
        ),
    )


def _since(saved: dict[str, Any]) -> str:
    """As the account's server writes times, which are compared as text."""
    moment(saved, "since")
    return text(saved, "since")
