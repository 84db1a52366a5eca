"""Mails of a JMAP account, whole where they can be had whole."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from triage.connector import Incoming, SourceUnavailable, Unreadable
from triage.text.headers import moment
from triage_connectors import jmap_rebuilt, mail_incoming
from triage_connectors.jmap_api import Api
from triage_connectors.jmap_session import filled
from triage_connectors.jmap_values import number, text, within

if TYPE_CHECKING:
    from triage.transport import Http

LARGEST: Final = 10_000_000
"""Bytes of a mail that is fetched whole: the transport takes no more at once."""
LISTED: Final = ("id", "blobId", "threadId", "mailboxIds", "size", "receivedAt")
WEIGHT: Final = 8_000_000
"""Bytes of mail in one page, where it is more than one."""
COUNT: Final = 200
"""Mails in one page."""
_TEXTS: Final = 1_500_000  # bytes asked for at once; JSON may need six for each
TEXTS_AT_ONCE: Final = 100
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    A mail as a list tells of it.

    Attributes:
        blob: What its bytes are asked for by.
        at: When the server received it, as the server wrote it.
    """

    id: str
    blob: str
    thread: str
    boxes: frozenset[str]
    size: int
    at: str

    @property
    def received_at(self) -> datetime | None:
        """When the server received it; None where it says so in no known way."""
        try:
            told = datetime.fromisoformat(self.at)
        except ValueError:
            return moment(self.at[:60])
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)


def listed(told: Mapping[str, Any]) -> Listed:
    """Return what one entry of an ``Email/get`` says."""
    boxes = within(told, "mailboxIds")
    return Listed(
        id=text(told, "id"),
        blob=text(told, "blobId"),
        thread=str(told.get("threadId") or ""),
        boxes=frozenset(box for box, lies in boxes.items() if lies),
        size=number(told, "size", 0),
        at=text(told, "receivedAt"),
    )


def groups(
    mails: Iterable[Listed],
    weight: int = WEIGHT,
    count: int = COUNT,
    *,
    each: int = LARGEST,
) -> Iterator[list[Listed]]:
    """
    Yield mails in lists of at most so many, and of about so many bytes.

    ``each`` is the most that is fetched of one.
    """
    group: list[Listed] = []
    held = 0
    for mail in mails:
        size = min(mail.size, each)
        if group and (held + size > weight or len(group) >= count):
            yield group
            group, held = [], 0
        group.append(mail)
        held += size
    if group:
        yield group


@dataclass(frozen=True, slots=True, kw_only=True)
class Mails:
    """
    Reads mails of one account.

    Attributes:
        downloads: A client of the origin messages are downloaded from; None where the
            settings name no such origin, and texts alone are asked for.
        template: The address of a message, its ``{names}`` to be filled in.
        lanes: Downloads at a time.
        objects: Ids in one call.
    """

    api: Api
    downloads: Http | None
    template: str
    lanes: int
    objects: int
    own_domains: tuple[str, ...]

    async def read(self, mails: Sequence[Listed]) -> list[Incoming | Unreadable]:
        """Return these mails in their order; those destroyed meanwhile are left out."""
        whole = [mail for mail in mails if self.downloads and mail.size <= LARGEST]
        found: dict[str, Incoming | Unreadable] = {}
        lane = asyncio.Semaphore(self.lanes)
        raws = await _together([self._raw(mail, lane) for mail in whole])
        for mail, raw in zip(whole, raws, strict=True):
            if raw is not None:
                cut = len(raw) < mail.size
                found[mail.id] = self._incoming(mail, raw, cut=cut)
        rest = [mail for mail in mails if mail.id not in found]
        for some in groups(rest, _TEXTS, TEXTS_AT_ONCE, each=2 * jmap_rebuilt.TEXT):
            ids = [mail.id for mail in some]
            told = await self.api.emails(ids, self.objects, **jmap_rebuilt.WANTED)
            found |= {
                mail.id: self._rebuilt(mail, told[mail.id])
                for mail in some
                if mail.id in told
            }
        return [found[mail.id] for mail in mails if mail.id in found]

    async def _raw(self, mail: Listed, lane: asyncio.Semaphore) -> bytes | None:
        """Return a message's bytes; None where there are none under that name."""
        assert self.downloads
        url = filled(
            self.template,
            accountId=self.api.account,
            blobId=mail.blob,
            type="message/rfc822",
            name="message.eml",
        )
        async with lane:
            answer = await self.downloads.get(url, auth=self.api.auth, allow={404})
        if answer.status == 404:
            return None
        if answer.is_page:
            raise SourceUnavailable(
                f"{answer.where} answered a web page where a mail was expected; what"
                " came before is kept, try again later"
            )
        return answer.content

    def _rebuilt(self, mail: Listed, told: Mapping[str, Any]) -> Incoming | Unreadable:
        one = jmap_rebuilt.message(told)
        found = self._incoming(mail, one.raw, cut=one.truncated)
        if isinstance(found, Unreadable):
            return found
        context = dict(found.context)
        marks = {"rebuilt"} | ({"guessed"} if one.guessed else set())
        context["flags"] = sorted(marks | set(context.get("flags", ())))
        if files := [*context.get("attachments", ()), *one.attachments]:
            context["attachments"] = files
        return replace(found, context=context)

    def _incoming(
        self, mail: Listed, raw: bytes, *, cut: bool
    ) -> Incoming | Unreadable:
        found = mail_incoming.incoming(
            raw,
            self.own_domains,
            external_id=mail.id,
            cut=cut,
            thread=f"jmap:{mail.thread}" if mail.thread else "",
        )
        if isinstance(found, Unreadable):
            return found
        return replace(found, received_at=mail.received_at or found.received_at)


async def _together(asked: Sequence[Awaitable[_T]]) -> list[_T]:
    """Return every answer; with the first that fails the others are called off."""
    running = [asyncio.ensure_future(one) for one in asked]
    try:
        return await asyncio.gather(*running)
    finally:
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)
