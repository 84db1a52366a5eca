"""One pull of a JMAP account: what was there, then what has changed since."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Page
from triage_connectors.jmap_api import TOO_LARGE, Answer, Api, Call, by_id, reference
from triage_connectors.jmap_mails import LISTED, Listed, Mails, groups, listed
from triage_connectors.jmap_place import Backfill, Left
from triage_connectors.jmap_session import Limits
from triage_connectors.jmap_values import number, text, texts

if TYPE_CHECKING:
    from triage.transport import Pages

CHANGES: Final = 200
"""Changes asked for at once: what a crash among them may ask for again."""
_FORGOTTEN: Final = frozenset({"cannotCalculateChanges", "invalidArguments"})
_WANTED: Final = {"properties": list(LISTED)}


@dataclass(slots=True, kw_only=True)
class Pull:
    """
    One pull, and where it stands.

    The account's state is taken before the backfill, and what has changed since is
    asked for after it: what arrives or moves meanwhile is seen by one or the other.

    Attributes:
        guard: Makes what notices a server that leads in circles.
        boxes: Ids of the mailboxes whose mail is wanted.
        here: Where this pull stands.
        is_new: Whether ``here`` was taken a moment ago.
    """

    api: Api
    mails: Mails
    limits: Limits
    guard: Callable[[], Pages]
    boxes: tuple[str, ...]
    here: Left
    is_new: bool
    _seen: set[str] = field(default_factory=set)
    _is_forgotten: bool = False

    async def pages(self) -> AsyncIterator[Page]:
        """Yield what is new; where the server forgot what changed, all of it again."""
        self.here = replace(self.here, boxes=self.boxes, backfill=self._going())
        while True:
            turns = self.guard()
            async for page in self._backfill(turns):
                yield page
            async for page in self._changes(turns):
                yield page
            # Where even a state of this moment is unknown, none is ever known.
            if self.is_new or not self._is_forgotten:
                return
            self.here = await anew(self.api, self.boxes, self.here.since)
            self.is_new, self._is_forgotten = True, False

    def _going(self) -> Backfill | None:
        """Return the backfill as the settings are now: of added mailboxes as well."""
        going = self.here.backfill
        begun = going.boxes if going else ()
        added = tuple(box for box in self.boxes if box not in self.here.boxes)
        boxes = tuple(box for box in begun if box in self.boxes) + added
        # An order by time leads through all of them together, so it begins again.
        if added:
            return Backfill(boxes=boxes)
        return replace(going, boxes=boxes) if going and boxes else None

    async def _backfill(self, turns: Pages) -> AsyncIterator[Page]:
        """Yield the mails that are there, the oldest first."""
        while (going := self.here.backfill) is not None:
            turns.turn(f"after {going.last} of {' '.join(going.boxes)}")
            ids, told, total = await self._next(going)
            turns.saw("\n".join(ids).encode())
            going = replace(going, total=going.total or total)
            fresh = [
                mail for one in ids if (mail := told.get(one)) and one not in self._seen
            ]
            for group in groups(fresh):
                last = group[-1]
                going = replace(
                    going, last=last.id, at=last.at, done=going.done + len(group)
                )
                yield await self._page(group, going)
            if ids:
                # Past those that are gone or were taken before, too.
                self._stand(replace(going, last=ids[-1]))
            else:
                self._stand(None)
                yield Page((), self.here.cursor(), progress=1.0)

    async def _page(self, group: Sequence[Listed], going: Backfill) -> Page:
        found = await self.mails.read(group)
        self._seen |= {mail.id for mail in group}
        self._stand(going)
        return Page(tuple(found), self.here.cursor(), progress=going.progress)

    def _stand(self, going: Backfill | None) -> None:
        self.here = replace(self.here, backfill=going)

    async def _next(self, going: Backfill) -> tuple[list[str], dict[str, Listed], int]:
        """
        Return the ids behind the last one, the mails they name, and how many there are.

        The last one is the anchor: where it has gone meanwhile, its time takes its
        place, and mails of that moment are met twice.
        """
        size = self.limits.objects
        since = self.here.since
        place: dict[str, Any] = {"anchor": going.last, "anchorOffset": 1}
        if not going.last:
            place = {"position": 0, "calculateTotal": True}
        while True:
            query: dict[str, Any] = {
                "filter": _lying_in(going.boxes, since),
                "sort": [{"property": "receivedAt", "isAscending": True}],
                "limit": size,
                **place,
            }
            allow = TOO_LARGE if size > 1 else frozenset[str]()
            if "anchor" in place:
                allow |= {"anchorNotFound"}
            found, mails = await self._listing(query, allow)
            if found.error == "anchorNotFound":
                place, since = {"position": 0}, max(going.at, since)
            elif found.error:
                size //= 2
            else:
                total = number(found.values, "total", 0)
                return texts(found.values, "ids"), mails, total

    async def _listing(
        self, query: dict[str, Any], allow: frozenset[str]
    ) -> tuple[Answer, dict[str, Listed]]:
        """Return what a query answers and the mails it names, both in one request."""
        calls: list[Call] = [("Email/query", query)]
        if self.limits.calls > 1:
            ids = reference(0, "Email/query", "/ids")
            calls.append(("Email/get", {"#ids": ids, **_WANTED}))
        found, *got = await self.api.ask(*calls, allow=allow)
        if failed := found.error or next((one.error for one in got), ""):
            return Answer({}, failed), {}
        if got:
            told = by_id(got[0].values)
        else:
            told = await self._told(texts(found.values, "ids"))
        return found, {name: listed(one) for name, one in told.items()}

    async def _told(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        return await self.api.emails(ids, self.limits.objects, **_WANTED)

    async def _changes(self, turns: Pages) -> AsyncIterator[Page]:
        """Yield what came, and what went, since the account's state was taken."""
        has_more = True
        while has_more:
            before = turns.turn(f"since {self.here.state}")
            answer = await self._changed()
            if answer.error:
                self._is_forgotten = True
                return
            values = answer.values
            self.here = replace(self.here, state=text(values, "newState"))
            has_more = values.get("hasMoreChanges") is True
            gone = texts(values, "destroyed")
            # A message never changes: an update is a flag, or a move that may bring it.
            names = dict.fromkeys(texts(values, "created") + texts(values, "updated"))
            told = await self._told([one for one in names if one not in self._seen])
            mine = [mail for mail in map(listed, told.values()) if self._is_mine(mail)]
            *begun, last = list(groups(mine)) or [[]]
            for group in begun:
                self._seen |= {mail.id for mail in group}
                yield Page(tuple(await self.mails.read(group)), None)
            self._seen |= {mail.id for mail in last}
            found = await self.mails.read(last)
            if found or gone or before != f"since {self.here.state}":
                yield Page(tuple(found), self.here.cursor(), gone=tuple(gone))

    async def _changed(self) -> Answer:
        size = CHANGES
        while True:
            answer = await self.api.one(
                "Email/changes",
                allow=_FORGOTTEN | TOO_LARGE,
                sinceState=self.here.state,
                maxChanges=size,
            )
            if answer.error not in TOO_LARGE or size == 1:
                return answer
            size //= 2

    def _is_mine(self, mail: Listed) -> bool:
        """Whether a mail lies where it is wanted, and is not too old."""
        since, at = self.here.since, mail.received_at
        is_late = not since or at is None or at >= datetime.fromisoformat(since)
        return is_late and not mail.boxes.isdisjoint(self.boxes)


async def anew(api: Api, boxes: tuple[str, ...], since: str) -> Left:
    """Return the place from which everything is read, from a moment on."""
    return Left(
        account=api.account,
        boxes=boxes,
        state=await state(api),
        backfill=Backfill(boxes=boxes),
        since=since,
    )


async def state(api: Api) -> str:
    """Return the state of an account's mail: another one whenever any of it changed."""
    answer = await api.one("Email/get", ids=[], properties=["id"])
    return text(answer.values, "state")


async def count(api: Api, boxes: Sequence[str], since: str) -> int:
    """Return how many mails a first pull would bring."""
    answer = await api.one(
        "Email/query",
        filter=_lying_in(boxes, since),
        limit=1,
        calculateTotal=True,
    )
    return number(answer.values, "total", 0)


def moment(at: datetime | None) -> str:
    """Return a time as JMAP writes it; "" for none."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""


def _lying_in(boxes: Sequence[str], since: str) -> dict[str, Any]:
    """Return the filter for mails in any of these mailboxes, from a moment on."""
    places: list[dict[str, Any]] = [{"inMailbox": box} for box in boxes]
    found = places[0] if len(places) == 1 else {"operator": "OR", "conditions": places}
    if not since:
        return found
    return {"operator": "AND", "conditions": [found, {"after": since}]}
