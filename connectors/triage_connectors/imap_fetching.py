"""Mail of an open folder, a batch at a time: measured, then fetched, then read."""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from imapclient.datetime_util import parse_to_datetime

from triage.connector import Channel, Incoming, SourceUnavailable, Unreadable
from triage_connectors import mail_incoming
from triage_connectors.imap_rows import Row
from triage_connectors.imap_session import Session

MOST: Final = 200
"""Messages of one batch."""
_BATCH: Final = 8 * 1024 * 1024
"""Bytes of one batch, as the server announced them."""
_SLACK: Final = 4 * 1024 * 1024
LISTED: Final = 1000
"""Messages measured at a time."""
_DRAFT, _SENT, _INBOX = rb"\Draft", rb"\Sent", rb"\Inbox"
_RECEIVED: Final = re.compile(rb"^received:", re.IGNORECASE | re.MULTILINE)
_HEADER: Final = re.compile(rb"\r?\n\r?\n")

Seen: TypeAlias = Incoming | Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    How mail is read.

    Attributes:
        most: Bytes of a message that is fetched whole; of a larger one the beginning.
        since: What arrived before this is left alone.
    """

    own_domains: tuple[str, ...]
    most: int
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    What a server says of a message before it is fetched.

    Attributes:
        size: Bytes, as the server believes; some are a little wrong.
        arrived: When the server took it in (INTERNALDATE); None if it does not say.
        name: Gmail's own name for it; "" elsewhere.
        thread: Gmail's own name for its conversation; "" elsewhere.
        is_ours: Whether it is a draft, or was sent from this very account.
    """

    uid: int
    size: int = 0
    arrived: datetime | None = None
    name: str = ""
    thread: str = ""
    is_ours: bool = False


def listed(session: Session, uids: Sequence[int]) -> list[Listed]:
    """Return what the server says of these messages, in their order."""
    parts = "(UID RFC822.SIZE INTERNALDATE)"
    if "X-GM-EXT-1" in session.can:
        parts = "(UID RFC822.SIZE INTERNALDATE X-GM-MSGID X-GM-THRID X-GM-LABELS)"
    rows, _ = session.fetch(uids, parts)
    # One it says nothing of may still be there: whether it is shows when it is fetched.
    return [_listed(uid, rows.get(uid, {})) for uid in uids]


def _listed(uid: int, row: Row) -> Listed:
    size, name, thread = (
        row.get(part) for part in (b"RFC822.SIZE", b"X-GM-MSGID", b"X-GM-THRID")
    )
    labels = row.get(b"X-GM-LABELS")
    held = set(labels) if isinstance(labels, tuple) else set()
    return Listed(
        uid=uid,
        size=size if isinstance(size, int) else 0,
        arrived=_moment(row.get(b"INTERNALDATE")),
        name=f"gm:{name}" if isinstance(name, int) else "",
        thread=f"gm:{thread}" if isinstance(thread, int) else "",
        is_ours=_DRAFT in held or (_SENT in held and _INBOX not in held),
    )


def _moment(told: Any) -> datetime | None:
    if not isinstance(told, bytes):
        return None
    try:
        found: datetime = parse_to_datetime(told, normalise=False)
        return found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def batches(waiting: Sequence[Listed], rules: Rules) -> Iterator[list[Listed]]:
    """Yield what is fetched at once: few enough, small enough, a huge one alone."""
    batch: list[Listed] = []
    weight = 0
    for one in waiting:
        is_over = one.size > rules.most
        if batch and (is_over or len(batch) >= MOST or weight + one.size > _BATCH):
            yield batch
            batch, weight = [], 0
        batch.append(one)
        weight += one.size
        if is_over:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def read(
    session: Session, folder: str, batch: Sequence[Listed], rules: Rules
) -> list[Seen]:
    """Return the messages of a batch that are still there, as feedback."""
    bodies = _bodies(session, folder, batch, rules)
    with _uncollected():
        return [
            _incoming(session, folder, one, bodies[one.uid], rules)
            for one in batch
            if one.uid in bodies
        ]


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """
    Look for no cycles meanwhile: a mail that is read leaves none.

    Looking took a seventh of the time it takes to read one.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _bodies(
    session: Session, folder: str, batch: Sequence[Listed], rules: Rules
) -> dict[int, bytes | None]:
    """
    Return what could be had of each message: its bytes, or None where it has none.

    A message that is gone by now is in none of it.
    """
    bodies, why = _asked(session, batch, rules)
    missing = [one for one in batch if one.uid not in bodies]
    if missing:
        # Refused, left out, or deleted meanwhile: each is asked for by itself.
        for one in missing:
            again, why_now = _asked(session, [one], rules)
            bodies.update(again)
            why = why_now or why
        lost = session.still_there(one.uid for one in missing) - bodies.keys()
        if lost and not bodies:
            raise SourceUnavailable(
                f"{session.account.host} lists {len(lost)} messages in {folder} and"
                f" gives none of them ({why or 'without saying why'}); try again later"
            )
        bodies.update(dict.fromkeys(lost))
    return bodies


def _asked(
    session: Session, batch: Sequence[Listed], rules: Rules
) -> tuple[dict[int, bytes | None], str]:
    announced = sum(one.size for one in batch)
    part, most = b"BODY[]", _SLACK + 4 * announced
    asked = "(UID BODY.PEEK[])"
    if len(batch) == 1 and batch[0].size > rules.most:
        length = min(mail_incoming.BEGINNING, rules.most)
        asked = f"(UID BODY.PEEK[]<0.{length}>)"
        part, most = b"BODY[]<0>", _SLACK + length
    rows, why = session.fetch([one.uid for one in batch], asked, most)
    found = {uid: row[part] for uid, row in rows.items() if part in row}
    return {
        uid: body if isinstance(body, bytes) else None for uid, body in found.items()
    }, why


def _incoming(
    session: Session, folder: str, one: Listed, raw: bytes | None, rules: Rules
) -> Seen:
    if raw is None:
        host = session.account.host
        return Unreadable(
            external_id=one.name or f"{folder}/{session.valid}/{one.uid}",
            raw=f"{host} {folder} {one.uid}".encode(),
            why=f"{host} lists this message in {folder} and gives nothing of it",
            channel=Channel.EMAIL,
        )
    item = mail_incoming.incoming(
        raw, rules.own_domains,
        external_id=one.name, cut=one.size > rules.most, thread=one.thread,
    )  # fmt: skip
    if isinstance(item, Unreadable):
        return item
    if one.arrived and not _says_when_received(raw):
        # The server's own clock, where only the sender's would be left.
        item = replace(item, received_at=one.arrived)
    return item


def _says_when_received(raw: bytes) -> bool:
    end = _HEADER.search(raw, 0, 1024 * 1024)
    head = raw[: end.start() if end else 1024 * 1024]
    # As nearly every server writes it; the expression looks at each line there is.
    return b"\nReceived:" in head or _RECEIVED.search(head) is not None
