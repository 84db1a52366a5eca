"""What is asked of Intercom, always of one version of its API, and its refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Secret, SignInFailed, SourceError, SourceUnavailable
from triage.text.display import one_line
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response

VERSION: Final = "2.15"
"""Of the API; without it each app answers in whatever version it was made with."""
SIZES: Final = {"conversations": 150, "tickets": 50, "contacts": 150}
"""Rows asked for at once; a ticket's row holds all its parts."""
REGIONS: Final = {
    "us": "https://api.intercom.io",
    "eu": "https://api.eu.intercom.io",
    "au": "https://api.au.intercom.io",
}

_ID: Final = re.compile(r"[\w-]{1,80}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Intercoms:
    """
    A workspace at Intercom and the key to it.

    Attributes:
        http: A client of the region's origin.
        region: For what a person is told when it is refused.
    """

    http: Http
    token: Secret
    region: str

    async def me(self) -> Response:
        """Whose key it is, and the workspace it is of."""
        return await self._ask("GET", "me")

    async def search(
        self,
        kind: str,
        since: datetime | None,
        until: datetime,
        after: str = "",
        size: int = 0,
    ) -> Response:
        """
        One page of what changed from ``since`` and before ``until``, oldest first.

        Args:
            kind: "conversations" or "tickets".
            after: The service's own name of the page; "" for the first.
        """
        # Only ">" and "<" are there, and are read with "or equal" at times: what comes
        # twice by that is known, what is left out never comes again.
        first = int(since.timestamp()) - 1 if since else 0
        last = int(until.timestamp())
        query = {
            "operator": "AND",
            "value": [
                {"field": "updated_at", "operator": ">", "value": first},
                {"field": "updated_at", "operator": "<", "value": last},
            ],
        }
        pages: dict[str, Any] = {"per_page": size or SIZES[kind]}
        if after:
            pages["starting_after"] = after
        told = {
            "query": query,
            "sort": {"field": "updated_at", "order": "ascending"},
            "pagination": pages,
        }
        return await self._ask("POST", f"{kind}/search", told)

    async def one(self, kind: str, name: str) -> dict[str, Any] | None:
        """A conversation or ticket with its parts; None where it is no more."""
        answer = await self._ask("GET", f"{kind}/{_part(name)}", gone=True)
        return None if answer.status == 404 else payload.found(answer)

    async def contacts(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Contacts by id, 150 in one question; those merged away are absent."""
        wanted = sorted({name for name in names if name})
        size = SIZES["contacts"]
        found: dict[str, dict[str, Any]] = {}
        for first in range(0, len(wanted), size):
            some = wanted[first : first + size]
            told = {
                "query": {"field": "id", "operator": "IN", "value": some},
                "pagination": {"per_page": size},
            }
            answer = await self._ask("POST", "contacts/search", told)
            for one in payload.rows(payload.found(answer), "data"):
                found[payload.must_be_key(one)] = one
            if strangers := found.keys() - set(wanted):
                raise SourceUnavailable(
                    f"Intercom told {len(strangers):,} contacts nobody asked for; try"
                    " again later"
                )
        return found

    async def _ask(
        self, method: str, path: str, told: Any = None, *, gone: bool = False
    ) -> Response:
        answer = await self.http.send(
            method,
            path,
            json=told,
            auth=self.token,
            headers={"Intercom-Version": VERSION, "Accept": "application/json"},
            allow={401, 403, 404} if gone else {401, 403},
            idempotent=True,
        )
        if answer.status in {401, 403}:
            raise self._refused(answer, path.partition("/")[0])
        return answer

    def _refused(self, answer: Response, kind: str) -> SourceError:
        code, said = _error(answer)
        quoted = f" ({answer.status}: “{said or code}”)" if said or code else (
            f" ({answer.status})"
        )  # fmt: skip
        if answer.status == 401:
            return SignInFailed(
                f"Intercom does not take this token in the region {self.region!r};"
                " check the setting token, and region= (us, eu or au: where the"
                f" workspace is){quoted}"
            )
        if code == "api_plan_restricted":
            return SignInFailed(
                "the plan of this Intercom workspace does not let its token read"
                f" {kind}{quoted}; see its subscription"
            )
        cure = ", or set tickets=no" if kind == "tickets" else ""
        return SignInFailed(
            f"the token may not read Intercom's {kind}{quoted}; give its app the right"
            f" to, in the Developer Hub under Authentication{cure}"
        )


def is_name(value: str) -> bool:
    """Whether it can be a conversation's or a ticket's id."""
    return _ID.fullmatch(value) is not None


def _part(name: str) -> str:
    """An id as one part of a path."""
    if not is_name(name):
        raise SourceUnavailable(
            f"Intercom told an id that cannot be one ({one_line(name, 40)}); try again"
            " later"
        )
    return name


def _error(answer: Response) -> tuple[str, str]:
    """The code and the sentence of a refusal; "" where it says none."""
    try:
        errors = payload.inside(payload.found(answer), "errors")
    except SourceUnavailable:
        return "", ""
    first = errors[0] if errors else {}
    return payload.text(first, "code")[:60], one_line(
        payload.text(first, "message"), 120
    )
