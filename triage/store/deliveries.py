"""What became of a draft: written before anything is sent, and after; never undone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from triage.errors import Conflict, Held
from triage.step import Change
from triage.store import codec, leases, persons
from triage.store.driver import sqlite3

if TYPE_CHECKING:
    # Only what is sent brings it; a first frame reads.
    from triage.connector import Receipt
    from triage.draft import Draft

_HOLDER = "holder"
"""Who is sending stands in the receipt until there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """
    What became of a draft.

    Attributes:
        state: sending, sent or failed; one that broke off stays "sending".
        sent: The text, exactly as it was or is to be told.
        tries: How often it was tried.
        by: Who sent it.
        receipt: What the service made of it: external_id, at, url, state, text; empty
            until it was sent.
        failure: Why it failed or broke off, in a sentence.
        holder: The process that is sending it now; "" for none.
    """

    state: str
    sent: str
    tries: int
    started_at: datetime
    ended_at: datetime | None = None
    by: str = ""
    receipt: Mapping[str, Any] = field(default_factory=dict)
    failure: str = ""
    holder: str = ""


def delivery(row: codec.Row, now: datetime) -> Delivery:
    """From a row of ``delivery``."""
    receipt: dict[str, Any] = json.loads(row["receipt"])
    lease = {
        "lease_holder": receipt.pop(_HOLDER, ""), "lease_at": row["started_at"]
    }  # fmt: skip
    is_over = row["ended_at"] is not None
    return Delivery(
        state=row["state"],
        sent=row["sent"],
        tries=row["tries"],
        started_at=codec.must_be_time(row["started_at"]),
        ended_at=codec.to_time(row["ended_at"]),
        by=row["by"],
        receipt=receipt,
        failure=row["failure"],
        holder="" if is_over else leases.held_by(lease, now),
    )


def of_draft(read: sqlite3.Connection, draft_id: int, now: datetime) -> Delivery | None:
    """What became of the draft with this id; None before anything did."""
    row = read.execute(
        "SELECT * FROM delivery WHERE draft_id = ?", (draft_id,)
    ).fetchone()
    return None if row is None else delivery(row, now)


def begin(
    write: sqlite3.Connection,
    draft: Draft,
    by: str,
    now: datetime,
    *,
    sure: bool,
    again: bool = False,
) -> Delivery | None:
    """
    Say that a draft is being sent from now on; what had become of it before.

    One that was sent already is left as it is.

    Args:
        sure: Whether one that broke off may be tried: its service can be asked what is
            there, or a person says so.
        again: Whether it is sent even to somebody whom another draft told meanwhile.

    Raises:
        Held: Another process is sending it.
        Conflict: It is no longer what the person has seen, it is not known whether it
            arrived, or whom it tells has heard of it from another draft.
    """
    row = write.execute("SELECT * FROM draft WHERE id = ?", (draft.id,)).fetchone()
    if row is None or codec.draft(row) != draft:
        raise Conflict(
            f"{draft.short} has changed meanwhile, and was not sent; look at it again"
        )
    if draft.dropped:
        raise Conflict(f"{draft.short} was dropped, and is not sent")
    before = of_draft(write, draft.id, now)
    if before and before.state == "sent":
        return before
    if before and before.holder:
        raise Held(f"{draft.short} is being sent by {before.holder} already")
    if before and before.state == "sending" and not sure:
        raise Conflict(
            f"{draft.short} may have been sent on {before.started_at:%F %R} UTC, and"
            f" {draft.source} cannot be asked; look there, then"
            f" `triage outbox send {draft.short} --again` or"
            f" `triage outbox drop {draft.short}`"
        )
    if not again and (why := told_twice(write, draft)):
        raise Conflict(why)
    write.execute(
        "INSERT INTO delivery (draft_id, state, sent, started_at, by, receipt)"
        " VALUES (?, 'sending', ?, ?, ?, ?) ON CONFLICT (draft_id) DO UPDATE SET"
        " state = 'sending', sent = excluded.sent, tries = tries + 1,"
        " started_at = excluded.started_at, ended_at = NULL, by = excluded.by,"
        " receipt = excluded.receipt, failure = ''",
        (
            draft.id, draft.text, codec.to_text(now), by,
            codec.to_json({_HOLDER: leases.holder()}),
        ),
    )  # fmt: skip
    return before


def told_twice(read: sqlite3.Connection, draft: Draft) -> str:
    """
    Why a draft would tell somebody who knows by now; "" where it does not.

    Another draft was sent after this one was written, or may have been, or a person
    has said since that they know or are not to be told: whoever writes to somebody who
    was told before means to.
    """
    row = read.execute(
        "SELECT y.*, other.pain_point_id, other.how, other.at FROM told mine"
        " JOIN told other ON other.pain_point_id = mine.pain_point_id"
        " AND other.id <> mine.id"
        " JOIN feedback f ON f.id = mine.feedback_id"
        " JOIN feedback g ON g.id = other.feedback_id"
        " LEFT JOIN draft d ON d.id = other.draft_id"
        " LEFT JOIN delivery y ON y.draft_id = other.draft_id"
        " WHERE mine.draft_id = :draft"
        f" AND {persons.counted('f')} = {persons.counted('g')}"
        " AND (y.state = 'sent' AND y.ended_at > :written"
        " OR y.state = 'sending' AND NOT d.dropped"
        " OR other.draft_id IS NULL AND other.at > :written)"
        " ORDER BY other.id DESC LIMIT 1",
        {"draft": draft.id, "written": codec.to_text(draft.at) or ""},
    ).fetchone()
    if row is None:
        return ""
    at = codec.must_be_time(row["ended_at"] or row["started_at"] or row["at"])
    if row["draft_id"] is None:
        what = f"“{row['how']}” was noted of the same person and"
    else:
        was = "has told" if row["state"] == "sent" else "may have told"
        what = f"d{row['draft_id']} {was} the same person of"
    return (
        f"{what} p{row['pain_point_id']} on {at:%F %R} UTC;"
        f" `triage outbox drop {draft.short}` drops this one,"
        f" `triage outbox send {draft.short} --again` sends it all the same"
    )


def keep(
    write: sqlite3.Connection, draft_id: int, receipt: Receipt, now: datetime
) -> None:
    """It is there: what the service says of it stays for good."""
    told = {
        "external_id": receipt.external_id,
        "at": codec.to_text(receipt.at),
        "url": receipt.url,
        "state": receipt.state,
        "text": receipt.text,
    }
    _end(write, draft_id, "sent", now, receipt=codec.to_json(told))


def fail(write: sqlite3.Connection, draft_id: int, why: str, now: datetime) -> None:
    """It was not sent; the draft waits on."""
    _end(write, draft_id, "failed", now, failure=why)


def break_off(
    write: sqlite3.Connection, draft_id: int, why: str, now: datetime
) -> None:
    """Nobody knows whether it arrived; anybody may find out."""
    _end(write, draft_id, "sending", now, failure=why)


def stuck(read: sqlite3.Connection, now: datetime) -> int:
    """How many broke off, so that it is not known whether they arrived."""
    rows = read.execute(
        "SELECT y.* FROM delivery y JOIN draft d ON d.id = y.draft_id"
        " WHERE y.state = 'sending' AND NOT d.dropped"
    )
    return sum(not delivery(row, now).holder for row in rows)


def settled(read: sqlite3.Connection, changes: Sequence[Change]) -> str:
    """Why drafts cannot be changed so: what is sent stays; "" where they can."""
    for change in changes:
        if change.table != "draft" or change.before is None:
            continue
        found = of_draft(read, change.row, datetime.now(UTC))
        if found is None or found.state == "failed":
            continue
        name = f"d{change.row}"
        if found.state == "sent":
            at = found.ended_at or found.started_at
            return (
                f"{name} was sent on {at:%F %R} UTC, and what is sent cannot be unsaid;"
                " write another reply, which replaces it where the service lets it"
            )
        if found.holder:
            return f"{name} is being sent by {found.holder}; wait for it"
        # Whoever has looked there may want to be rid of it.
        if set(change.after or ()) != {"dropped"}:
            return (
                f"{name} may have been sent; `triage outbox send {name}` finds out,"
                f" `triage outbox drop {name}` drops it"
            )
    return ""


def _end(
    write: sqlite3.Connection,
    draft_id: int,
    state: str,
    now: datetime,
    *,
    receipt: str = "{}",
    failure: str = "",
) -> None:
    write.execute(
        "UPDATE delivery SET state = ?, ended_at = ?, receipt = ?, failure = ?"
        " WHERE draft_id = ?",
        (state, codec.to_text(now), receipt, failure, draft_id),
    )
