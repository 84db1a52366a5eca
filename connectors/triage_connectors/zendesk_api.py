"""Zendesk as the connector asks it: exports within their budget, people in bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import (
    Budget,
    ConfigError,
    Secret,
    SignInFailed,
    SourceUnavailable,
)
from triage_connectors import payload
from triage_connectors.together import together

if TYPE_CHECKING:
    from triage.transport import Http, Response

BULK: Final = 100
"""Ids a question may name, and rows of a page outside of the exports."""
EXPORTED: Final = 1000
"""Rows of a page of an export."""
A_MINUTE: Final = 10
"""Questions to the exports in a minute; a paid add-on allows thirty."""
SIDELOADS: Final = "users,organizations,metric_sets,comment_count"

_EXPORTS: Final = "incremental/"


@dataclass(frozen=True, slots=True)
class Api:
    """
    One help desk, signed in to.

    Attributes:
        host: What a person calls it: "acme.zendesk.com".
        plain: For all but the exports.
        exports: For the exports, which have a limit of their own.
    """

    host: str
    plain: Http
    exports: Http
    auth: Secret | tuple[str, Secret]

    @classmethod
    def at(cls, http: Http, host: str, email: str, token: Secret) -> Api:
        """The desk of that host; without an email the token is one of OAuth."""
        home = f"https://{host}/api/v2"
        budget = Budget(name=f"zendesk exports of {host}", calls=A_MINUTE, seconds=60)
        auth = (f"{email}/token", token) if email else token
        return cls(host, http.at(home), http.at(home, budget), auth)

    async def me(self) -> dict[str, Any]:
        """
        Whose key it is.

        Raises:
            SignInFailed: Nobody's.
            ConfigError: There is no such desk.
        """
        user = payload.within(await self.asked("users/me"), "user")
        if not payload.key(user):
            # Zendesk takes a wrong key for a visitor, who has no id.
            raise SignInFailed(
                f"{self.host} does not know this key; check the settings token and"
                " email, and that the Admin Center allows API tokens"
            )
        return user

    async def asked(
        self, path: str, params: Mapping[str, str | int] | None = None
    ) -> dict[str, Any]:
        """Return the object at a path of the API."""
        return payload.found(await self.answered(path, params))

    async def answered(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        """Return the answer to a question, with refusals told in Zendesk's terms."""
        http = self.exports if path.startswith(_EXPORTS) else self.plain
        answer = await http.get(
            path, params=params, auth=self.auth, allow={403, 404, *allow}
        )
        if answer.status == 403 and 403 not in allow:
            raise SignInFailed(
                f"{self.host} does not let this key read {path} (403): the exports are"
                " for administrators; give the token of one, with the right to read"
            )
        if answer.status == 404 and 404 not in allow:
            raise ConfigError(
                f"{self.host} has no {path} (404); check the setting subdomain, which"
                " is what stands before .zendesk.com"
            )
        return answer

    async def people(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """Those users that are still there, a hundred a question."""
        found = await self._many("users/show_many", "users", ids, {})
        return [row for answer in found for row in payload.rows(answer, "users")]

    async def tickets(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """
        Answers with those tickets that are still there, and what belongs to them.

        Deleted tickets are not told.
        """
        return await self._many(
            "tickets/show_many", "tickets", ids, {"include": SIDELOADS}
        )

    async def comments(self, ticket: str) -> list[dict[str, Any]]:
        """All comments of a ticket, the first one first; none where it is gone."""
        path = f"tickets/{ticket}/comments"
        turns = self.plain.pages()
        found: list[dict[str, Any]] = []
        after = ""
        while True:
            params: dict[str, str | int] = {"page[size]": BULK}
            if after:
                params["page[after]"] = after
            turns.turn(after or "first")
            answer = await self.answered(path, params, allow={404})
            if answer.status == 404:
                return []
            told = payload.found(answer)
            turns.saw(answer.content)
            found += payload.rows(told, "comments")
            after = following(told)
            if not after:
                return found

    async def _many(
        self, path: str, name: str, ids: Iterable[str], more: Mapping[str, str | int]
    ) -> list[dict[str, Any]]:
        wanted = sorted(set(ids))
        return await together(
            partial(self._some, path, name, wanted[first : first + BULK], more)
            for first in range(0, len(wanted), BULK)
        )

    async def _some(
        self, path: str, name: str, ids: Sequence[str], more: Mapping[str, str | int]
    ) -> dict[str, Any]:
        told = await self.asked(path, {"ids": ",".join(ids), **more})
        if not {payload.key(row) for row in payload.rows(told, name)} <= set(ids):
            raise SourceUnavailable(
                f"{self.host} told {name} nobody asked for; try again later"
            )
        return told


def following(told: payload.Values) -> str:
    """The cursor of the next page of a list; "" at its end."""
    meta = payload.within(told, "meta")
    more = meta.get("has_more")
    if not isinstance(more, bool):
        raise SourceUnavailable(
            "the service told a page without saying whether more follows; try again"
            " later"
        )
    return payload.must_be_key(meta, "after_cursor") if more else ""


def sideloaded(told: payload.Values, name: str) -> list[dict[str, Any]]:
    """What came along with a page; nothing where none of it belongs to the page."""
    return payload.rows(told, name) if told.get(name) is not None else []
