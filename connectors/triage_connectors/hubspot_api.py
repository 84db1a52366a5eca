"""What HubSpot is asked: searches, batches of what they name, threads, messages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Budget, Secret, SignInFailed, SourceUnavailable
from triage_connectors.hubspot_window import Window
from triage_connectors.payload import found, key, must_be_key, rows, text, within
from triage_connectors.together import together
from triage_connectors.tokens import shared_by

if TYPE_CHECKING:
    from triage.transport import Http, Response

PAGE: Final = 100
"""Rows of a list, and objects in a batch."""
LINKED: Final = 1000
"""Objects whose associations are told in one answer, at most."""
SCOPES: Final[Mapping[str, str]] = {
    "tickets": "tickets",
    "contacts": "crm.objects.contacts.read",
    "companies": "crm.objects.companies.read",
    "feedback_submissions": "crm.objects.feedback_submissions.read",
    "threads": "conversations.read",
}
"""The scope that lets a key read each."""
_SETTINGS: Final = {
    "feedback_submissions": "surveys=no",
    "threads": "conversations=no",
}
_CALLS: Final = 600
"""A minute: of 100 in ten seconds, which every plan has."""
_SEARCHES: Final = 240
"""A minute: of four a second, which a key has for all its searches."""
_THREADS: Final = "conversations/v3/conversations/threads"


def budgets(token: Secret) -> tuple[Budget, Budget]:
    """How often a key may ask, and how often it may search."""
    mark = shared_by(token)
    return (
        Budget(name=f"hubspot {mark}", calls=_CALLS, seconds=60),
        Budget(name=f"hubspot searches {mark}", calls=_SEARCHES, seconds=60),
    )


@dataclass(frozen=True, slots=True)
class HubSpotApi:
    """
    HubSpot's API, with a key.

    Attributes:
        http: For all but searches, which are counted apart.
        searches: For those.
    """

    http: Http
    searches: Http
    token: Secret

    @classmethod
    def at(cls, http: Http, url: str, token: Secret) -> HubSpotApi:
        """The API at an origin."""
        calls, searches = budgets(token)
        return cls(http.at(url, calls), http.at(url, searches), token)

    async def account(self) -> dict[str, Any]:
        """Whose key it is."""
        answer = await self.http.get("account-info/v3/details", auth=self.token)
        return found(answer)

    async def stages(self) -> dict[str, dict[str, Any]]:
        """Every stage a ticket can be in, by pipeline and id as "0/4"."""
        answer = await self._get("crm/v3/pipelines/tickets", "tickets")
        return {
            f"{key(pipeline)}/{key(stage)}": stage
            for pipeline in rows(found(answer), "results")
            for stage in rows(pipeline, "stages")
        }

    async def search(
        self, kind: str, window: Window, properties: Sequence[str], **more: Any
    ) -> Response:
        """A page of tickets or feedback submissions, in order of change."""
        body = {**window.asked(), "properties": list(properties), **more}
        answer = await self.searches.post(
            f"crm/v3/objects/{kind}/search",
            json=body,
            auth=self.token,
            allow={403},
            idempotent=True,
        )
        return _let_in(answer, kind)

    async def archived(self, kind: str, page: str) -> Response:
        """Tickets or feedback submissions that were deleted; 400 as for threads."""
        asked = {"archived": "true", "limit": str(PAGE)}
        if page:
            asked["after"] = page
        allow = {400} if page else ()
        return await self._get(f"crm/v3/objects/{kind}", kind, asked, allow)

    async def threads(
        self, since: str, page: str, *, archived: bool = False, count: int = PAGE
    ) -> Response:
        """
        A page of threads by their latest message; status 400 for an unknown page.

        Args:
            since: A time in ISO 8601: those with no message after it are left out.
        """
        asked = {
            "sort": "latestMessageTimestamp",
            "latestMessageTimestampAfter": since,
            "limit": str(count),
            "association": "TICKET",
        }
        if archived:
            asked = {"archived": "true", "limit": str(count), "association": "TICKET"}
        if page:
            asked["after"] = page
        return await self._get(_THREADS, "threads", asked, {400} if page else ())

    async def messages(self, thread: str) -> list[dict[str, Any]]:
        """Everything in a thread, in whatever order."""
        told: list[dict[str, Any]] = []
        turns, page = self.http.pages(), ""
        while True:
            asked = {"limit": str(PAGE)}
            if turns.turn(page):
                asked["after"] = page
            answer = await self._get(f"{_THREADS}/{thread}/messages", "threads", asked)
            turns.saw(answer.content)
            values = found(answer)
            told += rows(values, "results")
            page = next_page(values)
            if not page:
                return told

    async def original(self, thread: str, message: str) -> dict[str, Any]:
        """The words of a message that is told cut short."""
        path = f"{_THREADS}/{thread}/messages/{message}/original-content"
        return found(await self._get(path, "threads"))

    async def read(
        self, kind: str, ids: Iterable[str], properties: Sequence[str]
    ) -> dict[str, dict[str, Any]]:
        """The properties of objects, by id; those that are no more are left out."""
        parts = list(_parts(list(dict.fromkeys(ids)), PAGE))
        asked = [partial(self._read, kind, part, properties) for part in parts]
        return {
            must_be_key(one): within(one, "properties")
            for part in await together(asked)
            for one in part
        }

    async def associated(
        self, kind: str, other: str, ids: Sequence[str]
    ) -> dict[str, str]:
        """By id of an object, the first of another kind it is associated with."""
        if not ids:
            return {}
        answer = await self._post(
            f"crm/v4/associations/{kind}/{other}/batch/read", other, _inputs(ids)
        )
        told: dict[str, str] = {}
        for one in rows(found(answer), "results"):
            others = rows(one, "to")
            name = _asked_for(must_be_key(within(one, "from")), ids)
            if others:
                told[name] = must_be_key(others[0], "toObjectId")
        return told

    async def _read(
        self, kind: str, ids: Sequence[str], properties: Sequence[str]
    ) -> list[dict[str, Any]]:
        answer = await self._post(
            f"crm/v3/objects/{kind}/batch/read",
            kind,
            {**_inputs(ids), "properties": list(properties)},
        )
        there = rows(found(answer), "results")
        for one in there:
            _asked_for(must_be_key(one), ids)
        return there

    async def _post(self, path: str, kind: str, body: dict[str, Any]) -> Response:
        answer = await self.http.post(
            path, json=body, auth=self.token, allow={403}, idempotent=True
        )
        return _let_in(answer, kind)

    async def _get(
        self,
        path: str,
        kind: str,
        asked: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        answer = await self.http.get(
            path, params=asked, auth=self.token, allow={403, *allow}
        )
        return _let_in(answer, kind)


def next_page(values: Mapping[str, Any]) -> str:
    """The token of the page after an answer; "" after the last."""
    return text(within(values, "paging", "next"), "after")


def _let_in(answer: Response, kind: str) -> Response:
    if answer.status != 403:
        return answer
    other = f", or set {_SETTINGS[kind]}" if kind in _SETTINGS else ""
    raise SignInFailed(
        f"HubSpot does not let this key read {kind.replace('_', ' ')} (403): give the"
        f" private app the scope {SCOPES[kind]}{other}"
    )


def _asked_for(name: str, ids: Sequence[str]) -> str:
    if name not in ids:
        raise SourceUnavailable(
            "HubSpot answered about others than it was asked for; try again later"
        )
    return name


def _inputs(ids: Sequence[str]) -> dict[str, Any]:
    return {"inputs": [{"id": one} for one in ids]}


def _parts(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
