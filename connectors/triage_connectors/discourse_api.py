"""A Discourse forum as the connector asks it: by a key, or as any visitor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlsplit

from triage.connector import Budget, ConfigError, Secret, SignInFailed
from triage_connectors import payload
from triage_connectors.together import together

if TYPE_CHECKING:
    from triage.transport import Http, Response

A_MINUTE: Final = 60
"""Questions by a key in a minute, unless the forum's administrators changed that."""
OF_VISITORS: Final = 200
"""The same of one address without a key."""
POSTS: Final = 50
"""Posts of a page of the latest."""
TOPICS: Final = 100
"""Topics of a page, at most."""
BULK: Final = 30
"""Topics that may be asked for by name at once: older forums list no more."""
STREAM: Final = 20
"""Posts of a topic that come with it, and that may be asked for at once."""


Params: TypeAlias = Mapping[str, str | int | Sequence[str | int]]


@dataclass(frozen=True, slots=True)
class Api:
    """
    One forum.

    Attributes:
        home: Its address, without a slash at the end.
    """

    http: Http
    home: str
    key: Secret | None
    user: str

    @classmethod
    def at(cls, http: Http, address: str, key: Secret | None, user: str) -> Api:
        """The forum at that address; a key acts as the user it is told."""
        home = address.strip().rstrip("/")
        calls = A_MINUTE if key else OF_VISITORS
        name = f"discourse at {urlsplit(home).netloc}"
        budget = Budget(name=name, calls=calls, seconds=60)
        return cls(http.at(home, budget), home, key, user)

    async def answered(
        self,
        path: str,
        params: Params | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        """Return the answer to a question, with refusals told in Discourse's terms."""
        headers: dict[str, str | Secret] = {"Accept": "application/json"}
        if self.key:
            headers |= {"Api-Key": self.key, "Api-Username": self.user}
        answer = await self.http.get(
            path, params=params, headers=headers, allow={403, 404, *allow}
        )
        if answer.status == 403 and 403 not in allow:
            raise SignInFailed(
                f"{answer.where} does not let us read it (403); check that the key is"
                " right, belongs to api_username, and may read topics and posts: a"
                " forum behind a sign-in needs one"
            )
        if answer.status == 404 and 404 not in allow:
            raise ConfigError(
                f"{answer.where} is not there (404); check the address in the setting"
                " url, which is that of the forum's front page"
            )
        return answer

    async def asked(self, path: str, params: Params) -> dict[str, Any]:
        """Return the object at a path."""
        return payload.found(await self.answered(path, params))

    async def latest(self, page: int) -> list[dict[str, Any]]:
        """Topics, the one with the latest activity first; pinned ones before them."""
        params: dict[str, str | int] = {"order": "activity", "per_page": TOPICS}
        if page:
            params["page"] = page
        return _topics(await self.asked("latest.json", params))

    async def topics(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Those topics, as far as they are listed."""
        wanted = sorted(set(names))
        found = await together(
            partial(self._some, wanted[first : first + BULK])
            for first in range(0, len(wanted), BULK)
        )
        return [row for rows in found for row in rows]

    async def topic(self, name: str) -> dict[str, Any] | None:
        """A topic with its first posts; None where it is no more."""
        answer = await self.answered(f"t/{name}.json", allow={403, 404, 410})
        return payload.found(answer) if answer.status == 200 else None

    async def post(self, name: str) -> dict[str, Any] | None:
        """A post; None where it is no more, or not for our eyes."""
        answer = await self.answered(f"posts/{name}.json", allow={403, 404, 410})
        return payload.found(answer) if answer.status == 200 else None

    async def of_topic(self, name: str, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Those posts of a topic."""
        found = await together(
            partial(self._posts, name, ids[first : first + STREAM])
            for first in range(0, len(ids), STREAM)
        )
        return [row for rows in found for row in rows]

    async def _some(self, names: Sequence[str]) -> list[dict[str, Any]]:
        params: dict[str, str | int] = {
            "topic_ids": ",".join(names),
            "per_page": TOPICS,
        }
        wanted = set(names)
        rows = _topics(await self.asked("latest.json", params))
        return [row for row in rows if payload.must_be_key(row) in wanted]

    async def _posts(self, name: str, ids: Sequence[str]) -> list[dict[str, Any]]:
        told = await self.asked(f"t/{name}/posts.json", {"post_ids[]": list(ids)})
        return payload.rows(payload.within(told, "post_stream"), "posts")


def _topics(told: payload.Values) -> list[dict[str, Any]]:
    return payload.rows(payload.within(told, "topic_list"), "topics")
