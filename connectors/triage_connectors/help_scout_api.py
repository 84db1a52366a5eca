"""What is asked of Help Scout, with a token that is fetched anew when it ends."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Secret, SignInFailed, SourceError, SourceUnavailable
from triage.text.display import one_line
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response

HOME: Final = "https://api.helpscout.net/v2"
AT_ONCE: Final = 25
"""Conversations in one page, which nobody can ask to be larger."""

_TOKEN: Final = re.compile(r"[\x21-\x7e]{1,4000}")
_ID: Final = re.compile(r"[0-9]{1,20}")
_APPS: Final = "Your Profile → My apps, at secure.helpscout.net"


@dataclass(slots=True)
class Access:
    """The token a client has now; kept nowhere but here."""

    token: Secret | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HelpScouts:
    """
    An account at Help Scout and the client that reads it.

    Attributes:
        http: A client of the API's address.
        inboxes: Ids of those that are read; all of them where there is none.
    """

    http: Http
    client_id: str
    client_secret: Secret
    access: Access
    inboxes: tuple[str, ...] = ()

    async def conversations(
        self, since: datetime | None, page: int, *, threads: bool = True
    ) -> Response:
        """One page of what changed since, by the time of its change."""
        params: dict[str, str | int] = {
            "status": "all",
            "sortField": "modifiedAt",
            "sortOrder": "asc",
            "page": page,
        }
        if threads:
            params["embed"] = "threads"
        if since is not None:
            params["modifiedSince"] = stamp(since)
        if self.inboxes:
            params["mailbox"] = ",".join(self.inboxes)
        return await self._ask("conversations", params)

    async def conversation(self, name: str) -> dict[str, Any] | None:
        """One with its threads; None where it is no more."""
        path = f"conversations/{_part(name)}"
        answer = await self._ask(path, {"embed": "threads"}, allow={404})
        return None if answer.status == 404 else payload.found(answer)

    async def threads(self, name: str) -> list[dict[str, Any]]:
        """All that was said in one, whole, where its row holds it cut or in part."""
        found: list[dict[str, Any]] = []
        path, page, last = f"conversations/{_part(name)}/threads", 1, 1
        turns = self.http.pages()
        while page <= last:
            turns.turn(f"{page}")
            answer = await self._ask(path, {"page": page}, allow={404})
            if answer.status == 404:
                break
            turns.saw(answer.content)
            rows, last = paged(payload.found(answer), "threads")
            found += rows
            page += 1
        return found

    async def ratings(self, start: datetime, end: datetime, page: int) -> Response:
        """One page of how customers rated answers, by the time of it."""
        params: dict[str, str | int] = {
            "start": stamp(start),
            "end": stamp(end),
            "rating": "all",
            "sortField": "modifiedAt",
            "sortOrder": "ASC",
            "page": page,
        }
        if self.inboxes:
            params["mailboxes"] = ",".join(self.inboxes)
        return await self._ask("reports/happiness/ratings", params)

    async def rating(self, name: str) -> dict[str, Any] | None:
        """One rating; None where it is no more."""
        answer = await self._ask(f"ratings/{_part(name)}", allow={404})
        return None if answer.status == 404 else payload.found(answer)

    async def email(self, customer: str) -> str:
        """The first address of a customer; "" where there is none."""
        path = f"customers/{_part(customer)}/emails"
        answer = await self._ask(path, allow={404})
        if answer.status == 404:
            return ""
        told = payload.found(answer)
        held = told.get("_embedded")
        if held is None and "_links" in told:
            return ""
        if not isinstance(held, dict):
            raise SourceUnavailable("Help Scout told no addresses; try again later")
        emails = payload.rows(held, "emails")
        return next((payload.text(one, "value") for one in emails), "")

    async def me(self) -> Response:
        """Whose client it is."""
        return await self._ask("users/me")

    async def _ask(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        """Ask with a token; one that ended is asked for anew, once."""
        for is_last in (False, True):
            answer = await self.http.get(
                path,
                params=params,
                auth=await self._token(),
                allow={401, 403, *allow},
            )
            if answer.status != 401 or is_last:
                break
            self.access.token = None
        if answer.status in {401, 403}:
            raise self._refused(answer, path)
        return answer

    async def _token(self) -> Secret:
        if self.access.token is not None:
            return self.access.token
        answer = await self.http.post(
            "oauth2/token",
            form={
                "grant_type": "client_credentials",
                "client_id": self.client_id,
                "client_secret": self.client_secret,
            },
            allow={400, 401, 403},
            idempotent=True,
        )
        if answer.status >= 400:
            raise SignInFailed(
                f"Help Scout does not take this client ({answer.status}); check the"
                " settings client_id and client_secret (the app's ID and secret, under"
                f" {_APPS}), and that the account of who made the app is active"
            )
        token = payload.text(payload.found(answer), "access_token")
        if not _TOKEN.fullmatch(token):
            raise SourceUnavailable(f"{answer.where} gave no token; try again later")
        self.access.token = Secret(token)
        return self.access.token

    def _refused(self, answer: Response, path: str) -> SourceError:
        if answer.status == 401:
            return SignInFailed(
                "Help Scout took the token it had just given for none (401); check that"
                " the account of who made the app is active, and client_id and"
                " client_secret"
            )
        if path.startswith("reports/"):
            return SignInFailed(
                "this account may not read Help Scout's reports, where ratings are"
                " (403): they belong to the Plus and Pro plans, and to users with the"
                " right to reports. Set ratings=no to go without"
            )
        what = path.partition("/")[0]
        return SignInFailed(
            f"this account may not read Help Scout's {what} (403); give who made the"
            " app the right to the inboxes"
        )


def paged(told: payload.Values, name: str) -> tuple[list[dict[str, Any]], int]:
    """What a page embeds, which is left out where it is nothing, and the last page."""
    page = told.get("page")
    pages = payload.number(page, "totalPages") if isinstance(page, dict) else None
    if not isinstance(page, dict) or pages is None:
        raise SourceUnavailable(
            f"Help Scout told {name} without saying how many pages; try again later"
        )
    held = told.get("_embedded")
    total = payload.number(page, "totalElements")
    number = payload.number(page, "number") or 1
    if held is None and (not total or number > pages):
        return [], int(pages)
    if not isinstance(held, dict):
        raise SourceUnavailable(f"Help Scout told no {name}; try again later")
    return payload.rows(held, name), int(pages)


def stamp(at: datetime) -> str:
    """A time as Help Scout takes it, in whole seconds."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def is_name(value: str) -> bool:
    """Whether it can be an id."""
    return _ID.fullmatch(value) is not None


def _part(name: str) -> str:
    if not is_name(name):
        raise SourceUnavailable(
            f"Help Scout told an id that cannot be one ({one_line(name, 40)}); try"
            " again later"
        )
    return name
