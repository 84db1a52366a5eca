"""
One draft told to its service, so that it is told once.

What is to be said is stored before anybody is asked; then the service is asked what is
there already; only then it is told, once; and what it made of it is stored. Whatever
breaks off in between is found by the second of these the next time.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from triage import secrets
from triage.connector import Act, Outgoing, Receipt
from triage.draft import Draft
from triage.errors import (
    ConfigError,
    Conflict,
    Held,
    NotTaken,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
    TriageError,
)
from triage.store import deliveries
from triage.store.database import Database
from triage.store.deliveries import Delivery

if TYPE_CHECKING:
    from triage.transport import Http

PATIENCE = 300.0
"""Seconds one draft may take; well below the lease it is held by."""

_NOT_TOLD = (ConfigError, NotTaken, SignInFailed, RateLimited)
"""A service that says any of these has taken nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """
    It was told just now.

    Attributes:
        receipt: Its ``text`` is what stands there, where that differs from the draft.
    """

    draft: Draft
    receipt: Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyThere:
    """It had been told before, and was not told again."""

    draft: Draft
    receipt: Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldSend:
    """
    Nothing was told: this is what would be.

    Attributes:
        why: Why it was not: a dry run, or how to allow it.
        replaces: What stands there now and would be replaced; "" if nothing.
    """

    draft: Draft
    why: str
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFailed:
    """
    It was not told, or nobody knows; the draft waits on.

    Attributes:
        error: Ours, or the bug of a connector, which is raised once all is over.
    """

    draft: Draft
    error: Exception

    @property
    def why(self) -> str:
        """The failure in a sentence."""
        return _in_words(self.error)

    @property
    def is_bug(self) -> bool:
        """Whether it is none of the errors Triage can explain."""
        return not isinstance(self.error, TriageError)

    @property
    def until(self) -> datetime | None:
        """When its service will listen again, where it said so."""
        return self.error.until if isinstance(self.error, RateLimited) else None


SendEvent = Sent | AlreadyThere | WouldSend | SendFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """
    What one draft is sent with.

    Attributes:
        connector: What it is told through; ``None`` for ``http`` where it needs none.
        again: Whether it is told whatever stands there and whoever heard of it.
    """

    db: Database
    connector: Any
    http: Http | None
    act: Act
    outgoing: Outgoing
    by: str
    clock: Callable[[], datetime]
    again: bool = False

    @property
    def can_ask(self) -> bool:
        """Whether the service can be asked what is there."""
        return hasattr(self.connector, "sent")

    async def send(self, draft: Draft) -> Sent | AlreadyThere | SendFailed:
        """
        Tell a draft, unless it is there; what became of it is stored either way.

        A bug of a connector is noted and raised; being cancelled as well.
        """
        try:
            with self.db.write() as write:
                before = deliveries.begin(
                    write, draft, self.by, self.clock(),
                    sure=self.can_ask or self.again, again=self.again,
                )  # fmt: skip
        except (Held, Conflict) as error:
            return SendFailed(draft=draft, error=error)
        if before and before.state == "sent":
            return AlreadyThere(draft=draft, receipt=receipt_of(before))
        is_told = False

        async def tell() -> Receipt:
            nonlocal is_told
            is_told = True
            made: Receipt = await self.connector.send(self.http, self.outgoing)
            return made

        try:
            async with asyncio.timeout(PATIENCE):
                there = await self._there(draft, before)
                receipt = there or await tell()
        except TimeoutError:
            failure: TriageError = SourceUnavailable(
                f"{draft.source} did not answer within {PATIENCE / 60:.0f} minutes;"
                " try again later"
            )
        except TriageError as error:
            failure = error
        except BaseException as bug:
            # Raised on once it is noted: whoever sends it next must not be held up.
            self._end(draft, deliveries.break_off, _in_words(bug))
            raise
        else:
            with self.db.write() as write:
                deliveries.keep(write, draft.id, receipt, self.clock())
            made = AlreadyThere if there else Sent
            return made(draft=draft, receipt=receipt)
        is_unsure = is_told and not self.can_ask and not isinstance(failure, _NOT_TOLD)
        end = deliveries.break_off if is_unsure else deliveries.fail
        self._end(draft, end, _in_words(failure))
        return SendFailed(draft=draft, error=failure)

    async def _there(self, draft: Draft, before: Delivery | None) -> Receipt | None:
        """
        What is there of it already; None where it is to be told.

        Raises:
            Conflict: Something else is there, which the person who wrote it never saw.
        """
        if not self.can_ask:
            return None
        found: Receipt | None = await self.connector.sent(self.http, self.outgoing)
        if found is None:
            return None
        # A telling that replaces none was found by its own key.
        if not self.act.replaces or not found.text or alike(found.text, draft.text):
            return found
        seen = [str(draft.details.get("answered", "")), before.sent if before else ""]
        if self.again or any(one and alike(one, found.text) for one in seen):
            return None
        raise Conflict(
            f"something else stands there, which was not known when {draft.short} was"
            f" written: “{_short(found.text)}”; `triage outbox send {draft.short}"
            " --again` replaces it"
        )

    def _end(
        self,
        draft: Draft,
        end: Callable[[Any, int, str, datetime], None],
        why: str,
    ) -> None:
        with self.db.write() as write:
            end(write, draft.id, why, self.clock())


def refused(
    db: Database, draft: Draft, error: TriageError, *, by: str, now: datetime
) -> SendFailed:
    """A draft whose source could not even be asked; noted where nothing else is."""
    try:
        with db.write() as write:
            before = deliveries.of_draft(write, draft.id, now)
            if before is None or before.state == "failed":
                deliveries.begin(write, draft, by, now, sure=False)
                deliveries.fail(write, draft.id, _in_words(error), now)
    except Conflict as other:
        return SendFailed(draft=draft, error=other)
    return SendFailed(draft=draft, error=error)


def receipt_of(delivery: Delivery) -> Receipt:
    """What the service said when it was told."""
    told = dict(delivery.receipt)
    at = told.pop("at", None)
    return Receipt(**told, at=datetime.fromisoformat(at) if at else None)


def alike(one: str, other: str) -> bool:
    """Whether two texts are one, however a service spaces them."""
    return _spaced(one) == _spaced(other)


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _short(text: str) -> str:
    line = _spaced(text)
    return line if len(line) <= 80 else line[:79] + "…"


def _in_words(error: BaseException) -> str:
    if isinstance(error, TriageError):
        # A connector may be a stranger's, and quote what it was given.
        return secrets.hidden(str(error))
    if isinstance(error, asyncio.CancelledError):
        return "it was stopped while it was being sent"
    # A bug may hold anything, a key among it.
    return f"its connector has a fault ({type(error).__name__})"
