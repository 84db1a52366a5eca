"""What is asked of Productboard: version 2 of its interface."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from triage.connector import Budget, Secret
from triage_connectors import payload
from triage_connectors.tokens import shared_by

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.productboard import Productboard as Settings

SYSTEM: Final = "triage"
"""What Productboard is told that our features and notes come from."""

_CALLS: Final = 50  # a second, of one token

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Productboard:
    """A Productboard, and the token that opens it."""

    http: Http
    token: Secret

    @classmethod
    def of(cls, http: Http, settings: Settings) -> Productboard:
        """The Productboard the settings sign in to."""
        name = f"productboard {shared_by(settings.token)}"
        budget = Budget(name=name, calls=_CALLS, seconds=1)
        home = f"{settings.url.strip().rstrip('/')}/v2"
        return cls(http.at(home, budget), settings.token)

    async def configuration(self) -> Row:
        """Which fields a feature has here."""
        return _data(await self._get("entities/configurations/feature"))

    async def entity(self, name: str) -> Row | None:
        """One of them; None where it is not there any more."""
        answer = await self._get(f"entities/{name}", allow={404})
        return None if answer.status == 404 else _data(answer)

    def features(self, **asked: str) -> AsyncIterator[Row]:
        """Every feature, or those that are called so."""
        return self._all("entities", {"type[]": "feature", **asked})

    async def ours(self, kind: str, key: str) -> Row | None:
        """
        The feature ("entities") or note ("notes") that a draft of ours became.

        Whatever the filter lets through, it is looked at again.
        """
        asked = {
            "metadata[source][system]": SYSTEM,
            "metadata[source][recordId]": key,
        }
        if kind == "entities":
            asked["type[]"] = "feature"
        async for row in self._all(kind, asked):
            source = payload.within(row, "metadata", "source")
            if (
                payload.text(source, "system") == SYSTEM
                and payload.key(source, "recordId") == key
            ):
                return row
        return None

    def links(self, note: str) -> AsyncIterator[Row]:
        """What a note is linked to."""
        return self._all(f"notes/{note}/relationships", {"type": "link"})

    async def make(self, kind: str, told: Mapping[str, Any]) -> Row:
        """Add a feature ("entities") or a note, whether or not it is there."""
        return _data(await self._post(kind, told))

    async def link(self, note: str, feature: str) -> None:
        """Link a note to a feature."""
        told = {"type": "link", "target": {"id": feature, "type": "link"}}
        await self._post(f"notes/{note}/relationships", told)

    async def _post(self, path: str, told: Mapping[str, Any]) -> Response:
        return await self.http.post(path, json={"data": told}, auth=self.token)

    async def _get(
        self,
        path: str,
        params: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        return await self.http.get(path, params=params, auth=self.token, allow=allow)

    async def _all(self, path: str, asked: Mapping[str, str]) -> AsyncIterator[Row]:
        """
        Every row of a list.

        The last page of version 1 led back to the first: a cursor that was there
        before is the end here.
        """
        cursor, seen = "", {""}
        while True:
            more = {"pageCursor": cursor} if cursor else {}
            told = payload.found(await self._get(path, {**asked, **more}))
            for row in payload.rows(told, "data"):
                yield row
            following = payload.text(payload.within(told, "links"), "next")
            cursor = parse_qs(urlsplit(following).query).get("pageCursor", [""])[0]
            if cursor in seen:
                return
            seen.add(cursor)


def _data(answer: Response) -> Row:
    return payload.within(payload.found(answer), "data")
