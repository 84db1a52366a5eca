"""What is asked of Google for an app: its reviews, and its bucket's reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from triage.connector import (
    Budget,
    ConfigError,
    RateLimited,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage.text.display import one_line
from triage_connectors.google_play_account import Access, Account, clock_off, values
from triage_connectors.google_play_reviews import listed, text

if TYPE_CHECKING:
    from triage.transport import Http
    from triage.transport.response import Response

REVIEWS: Final = "https://www.googleapis.com/auth/androidpublisher"
FILES: Final = "https://www.googleapis.com/auth/devstorage.read_only"
AT_ONCE: Final = 100
"""Reviews in one answer."""
CALLS: Final = 200
"""Questions an app's reviews may be asked in an hour."""

_RATES: Final = frozenset(
    {"ratelimitexceeded", "userratelimitexceeded", "quotaexceeded",
     "dailylimitexceeded", "rate_limit_exceeded"}
)  # fmt: skip
_OFF: Final = frozenset({"accessnotconfigured", "service_disabled"})
_INVITE: Final = (
    "in the Play Console, under Users and permissions, invite this address and give it"
    " “View app information” and, to answer, “Reply to reviews”; it may take a day"
)


@dataclass(frozen=True, slots=True)
class Google:
    """
    An account and the addresses it asks at.

    Attributes:
        url: The origin of the reviews.
        storage_url: The origin of the buckets.
    """

    http: Http
    account: Account
    access: Access
    url: str
    storage_url: str

    def left(self, app: str) -> int:
        """Questions that may be asked of an app's reviews now."""
        return self.http.left(reading(app))

    async def reviews(
        self, app: str, token: str, language: str, count: int = AT_ONCE
    ) -> Response:
        """One page of an app's reviews; 400 where the page is not known any more."""
        params: dict[str, str | int] = {"maxResults": count}
        if token:
            params["token"] = token
        if language:
            params["translationLanguage"] = language
        allow = {400} if token else set[int]()
        return await self._ask(app, "GET", _path(app), params=params, allow=allow)

    async def review(self, app: str, name: str) -> Response:
        """One review; 404 where there is none of that name."""
        return await self._ask(app, "GET", f"{_path(app)}/{_part(name)}", allow={404})

    async def reply(self, app: str, name: str, said: str) -> Response:
        """Answer a review, in place of an answer that is there."""
        return await self._ask(
            app, "POST", f"{_path(app)}/{_part(name)}:reply", json={"replyText": said}
        )

    async def files(self, bucket: str, prefix: str, token: str) -> Response:
        """One page of what lies in a bucket."""
        params: dict[str, str | int] = {
            "prefix": prefix,
            "maxResults": 1000,
            "fields": "nextPageToken,"
            "items(name,generation,size,md5Hash,contentEncoding)",
        }
        if token:
            params["pageToken"] = token
        path = f"storage/v1/b/{_part(bucket)}/o"
        return await self._ask("", "GET", path, params=params, bucket=bucket)

    async def part(
        self, bucket: str, name: str, generation: str, span: tuple[int, int] | None
    ) -> Response:
        """Bytes of one file as it was; 404 where it has been replaced since."""
        headers = {"Range": f"bytes={span[0]}-{span[1]}"} if span else {}
        return await self._ask(
            "",
            "GET",
            f"storage/v1/b/{_part(bucket)}/o/{_part(name)}",
            params={"alt": "media", "generation": generation},
            headers=headers,
            allow={404},
            bucket=bucket,
        )

    async def _ask(
        self,
        app: str,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        allow: set[int] | frozenset[int] = frozenset(),
        bucket: str = "",
    ) -> Response:
        """Ask with a token; one that ended before its time is asked for once more."""
        client = (
            self.http.at(self.storage_url)
            if bucket
            else self.http.at(
                self.url, reading(app) if method == "GET" else writing(app)
            )
        )
        for last in (False, True):
            auth = await self.access.token(
                self.http, self.account, FILES if bucket else REVIEWS
            )
            answer = await client.send(
                method,
                path,
                params=params or {},
                headers=headers or {},
                json=json,
                auth=auth,
                allow={400, 401, 403, 404},
                idempotent=method == "GET",
            )
            if answer.status != 401 or last:
                break
            self.access.forget()
        if answer.status < 300 or answer.status in allow:
            return answer
        raise self._refused(answer, app, bucket)

    def _refused(
        self, answer: Response, app: str, bucket: str
    ) -> SourceError | ConfigError:
        reasons, said = _said(answer)
        who = self.account.email
        quoted = f" ({answer.status}: “{said}”)" if said else f" ({answer.status})"
        thing = f"the bucket {bucket}" if bucket else f"the reviews of {app}"
        if reasons & _RATES:
            return RateLimited(
                f"Google wants rest before {thing} can be read further; what came so"
                f" far is kept, sync again later{quoted}"
            )
        if reasons & _OFF:
            return SignInFailed(
                "the Google Play Android Developer API is not enabled in the project of"
                f" {who}; enable it in Google Cloud under APIs & Services, wait some"
                f" minutes and try again{quoted}"
            )
        match answer.status:
            case 401:
                off = clock_off(answer, self.http.now())
                cure = f"this machine's clock is {off} Google's" if off else (
                    "look whether the key is still in use"
                )  # fmt: skip
                return SignInFailed(f"Google refused {who} for {thing}; {cure}{quoted}")
            case 403:
                return SignInFailed(
                    f"{who} may not read {thing}; {_INVITE}{quoted}"
                    if not bucket
                    else f"{who} may not read {thing}; {_INVITE}, for all apps of the"
                    f" developer account, not for one{quoted}"
                )
            case 404 if bucket:
                return ConfigError(
                    f"there is no bucket {bucket}; copy its address in the Play Console"
                    f" under Download reports, Reviews, and give it as bucket{quoted}"
                )
            case 404:
                return ConfigError(
                    f"Google Play knows no app {app}, or no such review of it; check"
                    f" the name in packages, and that {who} was invited where the app"
                    f" is{quoted}"
                )
        return SourceUnavailable(f"Google refused a question about {thing}{quoted}")


def reading(app: str) -> Budget:
    """How often an app's reviews may be asked for."""
    return Budget(name=f"google-play {app}", calls=CALLS, seconds=3600)


def writing(app: str) -> Budget:
    """How often an app's reviews may be answered."""
    return Budget(name=f"google-play replies {app}", calls=2000, seconds=86_400)


def found(answer: Response) -> Mapping[str, Any]:
    """The object an answer must be."""
    value = answer.json()
    if not isinstance(value, dict):
        raise SourceUnavailable(
            f"{answer.where} answered something else than Google Play promises; try"
            " again later"
        )
    return value


def _path(app: str) -> str:
    return f"androidpublisher/v3/applications/{_part(app)}/reviews"


def _part(name: str) -> str:
    """A name as one part of a path; a dot alone would be a step in it."""
    if name in {".", ".."}:
        raise ConfigError(f"{name!r} is no name Google gives")
    return quote(name, safe=":")


def _said(answer: Response) -> tuple[frozenset[str], str]:
    """Google's reasons, in small letters, and its sentence."""
    error = values(answer).get("error")
    if not isinstance(error, dict):
        return frozenset(), ""
    told = [*listed(error.get("errors")), *listed(error.get("details"))]
    reasons = {text(one, "reason").casefold() for one in told}
    return frozenset(reasons - {""}), one_line(text(error, "message"), 160)
