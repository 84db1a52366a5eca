"""Questions to App Store Connect, signed by a key, and what its refusals mean."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qs, urlsplit

from triage.connector import (
    Budget,
    ConfigError,
    Secret,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage.text.display import one_line
from triage_connectors.signing import signed

if TYPE_CHECKING:
    from triage.transport import Http
    from triage.transport.response import Response

HOME: Final = "https://api.appstoreconnect.apple.com"
CALLS: Final = 3_500
"""Calls a key has in any hour, until the header ``X-Rate-Limit`` says other."""
KEYS: Final = "Users and Access, Integrations, at appstoreconnect.apple.com"
"""Where a person makes and sees keys."""

_AUDIENCE: Final = "appstoreconnect-v1"
_MARGIN: Final = timedelta(minutes=1)  # its clock may be behind ours
_LASTS: Final = timedelta(minutes=18)  # with the margin less than the 20 it takes
_KEPT: Final = timedelta(minutes=15)
_YOUNG: Final = timedelta(minutes=5)
_CLOCK: Final = timedelta(minutes=3)
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_.]{1,80}")


@dataclass(slots=True, kw_only=True)
class Api:
    """
    One key at App Store Connect.

    Attributes:
        http: A client of the origin that the settings name, with the key's budget.
        issuer_id: "" for the key of one person.
    """

    http: Http
    key_id: str
    issuer_id: str
    key: Secret = field(repr=False)
    _token: Secret | None = field(default=None, repr=False)
    _made_at: datetime | None = None

    async def get(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        allow: Collection[int] = (),
    ) -> Answer:
        """What is there; a refusal is raised in plain words unless it is allowed."""
        return await self._ask("GET", path, params, None, allow)

    async def post(
        self, path: str, told: Mapping[str, Any], allow: Collection[int] = ()
    ) -> Answer:
        """What became of it; nothing is sent twice but with a new token."""
        return await self._ask("POST", path, None, told, allow)

    async def _ask(
        self,
        method: str,
        path: str,
        params: Mapping[str, str | int] | None,
        told: Mapping[str, Any] | None,
        allow: Collection[int],
    ) -> Answer:
        for is_last in (False, True):
            token = self._signed()
            answer = await self.http.send(
                method,
                path,
                params=params,
                json=told,
                auth=token,
                allow={401, 403, *allow},
                idempotent=method == "GET",
            )
            # A long wait for a call to be free outlasts the token it was to be made
            # with.
            if is_last or answer.status != 401 or not self._is_old():
                break
            self._token = None
        if answer.status in {401, 403} and answer.status not in allow:
            raise self._refused(answer)
        return Answer(answer)

    def _signed(self) -> Secret:
        now = self.http.now()
        if self._token and self._made_at and now - self._made_at < _KEPT:
            return self._token
        whose = {"iss": self.issuer_id} if self.issuer_id else {"sub": "user"}
        claims = {
            **whose,
            "iat": int((now - _MARGIN).timestamp()),
            "exp": int((now + _LASTS).timestamp()),
            "aud": _AUDIENCE,
        }
        self._made_at = now
        self._token = signed(
            claims, self.key, "ES256", setting="key",
            headers={"kid": self.key_id, "typ": "JWT"},
        )  # fmt: skip
        return self._token

    def _is_old(self) -> bool:
        return self._made_at is not None and self.http.now() - self._made_at > _YOUNG

    def _refused(self, answer: Response) -> SourceError:
        code = codes(answer)
        if answer.status == 401:
            off = _clock_off(answer, self.http.now())
            if off:
                return SignInFailed(
                    f"App Store Connect refused the key {self.key_id} ({code}), and"
                    f" this machine's clock is {off}; set the clock right and try again"
                )
            return SignInFailed(
                f"App Store Connect does not know the key {self.key_id} ({code}): see"
                f" under {KEYS} that it is not revoked, that key_id and issuer_id are"
                " as they stand there (no issuer_id for an individual key), and that"
                " key is the file of this very key"
            )
        if "AGREEMENT" in code:
            return SignInFailed(
                f"App Store Connect answers no key of the team ({code}) until its"
                " account holder has accepted Apple's newest agreement, under Business"
                " at appstoreconnect.apple.com"
            )
        return SignInFailed(
            f"the key {self.key_id} may not do this ({code}): give it the role Customer"
            f" Support and access to the app, under {KEYS}"
        )


class Answer:
    """What was answered, taken for nothing it has not been looked at for."""

    __slots__ = ("content", "response", "status", "values")

    def __init__(self, response: Response) -> None:
        self.response = response
        self.status = response.status
        self.content = response.content
        values = response.json() if 200 <= response.status < 300 else {}
        if not isinstance(values, dict):
            raise strange("answer")
        self.values: dict[str, Any] = values

    @property
    def rows(self) -> list[Any]:
        """What was asked for; one alone is a list of one."""
        data = self.values.get("data")
        if isinstance(data, dict):
            return [data]
        if not isinstance(data, list):
            raise strange("data")
        return data

    @property
    def total(self) -> int | None:
        """How many there are on all pages; None where nobody says."""
        total = inside(self.values, "meta", "paging", "total")
        is_count = isinstance(total, int) and not isinstance(total, bool)
        return cast("int", total) if is_count and total >= 0 else None

    @property
    def next(self) -> str:
        """
        The service's own name for the next page; "" after the last.

        Raises:
            SourceUnavailable: It lies on another server, to which no key is sent.
        """
        link = inside(self.values, "links", "next")
        if not isinstance(link, str) or not link:
            return ""
        there, here = _origin(link), _origin(self.response.url)
        if there not in {here, ("", None)}:
            raise SourceUnavailable(
                f"{self.response.where} points to another server for the next page;"
                " the key is not sent there. Try again later"
            )
        page = parse_qs(urlsplit(link).query).get("cursor", [""])[0]
        if not page:
            raise strange("links.next")
        return page


def inside(values: Any, *names: str) -> Any:
    """What lies inside of objects; None where there is nothing."""
    for name in names:
        values = values.get(name) if isinstance(values, dict) else None
    return values


def codes(answer: Response) -> str:
    """Status and Apple's own words for it, as a person may look them up."""
    said = [
        code for one in _errors(answer) if isinstance(code := inside(one, "code"), str)
    ]
    known = [code for code in said[:3] if _CODE.fullmatch(code)]
    return " ".join([str(answer.status), *dict.fromkeys(known)])


def detail(answer: Response) -> str:
    """What Apple says of a refusal, as one line; "" where it says nothing."""
    for one in _errors(answer):
        said = inside(one, "detail") or inside(one, "title")
        if isinstance(said, str):
            return one_line(said, 200)
    return ""


def strange(name: str) -> SourceUnavailable:
    """The error for an answer with something wrong under that name."""
    return SourceUnavailable(
        f"App Store Connect's answer is not what it promises (its {name}); what came"
        " is kept, try again later"
    )


def budget(key_id: str) -> Budget:
    """How often a key may ask, whichever sources use it."""
    return Budget(name=f"app-store-connect {key_id}", calls=CALLS, seconds=3600)


def not_there(what: str) -> ConfigError:
    """The error for an app that is gone while it is read."""
    return ConfigError(
        f"{what} is not at App Store Connect any more (404), or this key has lost its"
        " access to it; take it out of apps= in this source's settings"
    )


def _errors(answer: Response) -> list[Any]:
    """The errors of a refusal; none where its body is something else."""
    try:
        errors = inside(json.loads(answer.content), "errors")
    except (ValueError, RecursionError):
        return []
    return errors if isinstance(errors, list) else []


def _clock_off(answer: Response, now: datetime) -> str:
    if answer.date is None or abs(now - answer.date) < _CLOCK:
        return ""
    minutes = (now - answer.date).total_seconds() / 60
    side = "ahead of" if minutes > 0 else "behind"
    return f"{abs(minutes):,.0f} minutes {side} the server's"


def _origin(link: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(link)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        raise strange("links.next") from None
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else "", port
