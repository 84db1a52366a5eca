"""App Store Connect in small: apps, versions, reviews and answers, pages that shift."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec

from triage.connector import Secret
from triage.spending import Ledger
from triage.transport import Http

HOST = "https://api.appstoreconnect.apple.com"
KEY_ID = "2X9R4HXF34"
ISSUER = "57246542-96fe-1a63-e053-0824d011072a"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
_TERRITORIES = ("USA", "DEU", "JPN", "BRA", "XKS")


@cache
def _pair() -> tuple[str, Any]:
    key = ec.generate_private_key(ec.SECP256R1())
    text = key.private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )
    return text.decode(), key.public_key()


def pem() -> Secret:
    """The key as the file holds it."""
    return Secret(_pair()[0])


@dataclass(slots=True)
class Review:
    """One review as the store keeps it, and the answer to it."""

    id: str
    at: datetime
    rating: Any = 4
    title: Any = "Good"
    body: Any = "Works well."
    nickname: Any = "ann"
    territory: Any = "USA"
    version: str = ""
    answer: str = ""
    answered_at: datetime = NOON
    state: str = "PUBLISHED"


@dataclass(slots=True)
class StoreApp:
    """An app; its versions' names and the times they were made, by id."""

    id: str
    bundle: str
    name: str
    reviews: dict[str, Review] = field(default_factory=dict)
    versions: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _sorted: dict[str, list[Review]] = field(default_factory=dict)

    def add(self, number: int, at: datetime, **told: Any) -> Review:
        """Take a review in."""
        one = Review(f"00000022-{number:04x}-4a9c-8000-{number:012x}", at, **told)
        self.reviews[one.id] = one
        self.changed()
        return one

    def remove(self, one: Review) -> None:
        """Let a review go."""
        del self.reviews[one.id]
        self.changed()

    def changed(self) -> None:
        """Reviews are of other versions or times than they were."""
        self._sorted.clear()

    def listed(self, version: str) -> list[Review]:
        """The newest first; those of one version, or all."""
        if version not in self._sorted:
            self._sorted[version] = sorted(
                (
                    one
                    for one in self.reviews.values()
                    if not version or one.version == version
                ),
                key=lambda one: (one.at, one.id),
                reverse=True,
            )
        return self._sorted[version]


@dataclass(slots=True)
class AppStoreConnect:
    """
    A team with apps, and one key to them.

    Attributes:
        now: The time, on both sides; a client's sleep moves it on.
        off: How far this server's clock is from the client's.
        issuer: "" where the key is one person's.
        limit: Calls in any hour.
        size: Rows of a page at most, whatever is asked for.
        forgotten: Names of pages it knows no more.
        before: Looks at a request first and may answer it.
        after: Is told each page's path once it was sent: reviews come and go.
        changed: Looks at an answer's values and may spoil them.
        requests: Every request that came.
    """

    apps: dict[str, StoreApp] = field(default_factory=dict)
    now: datetime = NOON
    off: timedelta = timedelta(0)
    issuer: str = ISSUER
    limit: int = 3500
    size: int = 200
    forgotten: set[str] = field(default_factory=set)
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    after: Callable[[str], object] = lambda _: None
    changed: Callable[[dict[str, Any]], object] = lambda _: None
    requests: list[httpx.Request] = field(default_factory=list)
    calls: list[datetime] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    is_kept: bool = True

    def app(self, number: int = 1, **told: Any) -> StoreApp:
        """An app, new or there."""
        name = str(1_440_000_000 + number)
        given = {"bundle": f"com.acme.app{number}", "name": f"Acme {number}", **told}
        return self.apps.setdefault(name, StoreApp(name, **given))

    def http(self, ledger: Ledger | None = None) -> Http:
        """A client that asks this server alone, and never really waits."""

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)
            self.now += timedelta(seconds=seconds)

        return Http(
            client_transport=httpx.MockTransport(self.answer),
            clock=lambda: self.now,
            sleep=sleep,
            ledger=ledger,
        )

    def paths(self) -> list[str]:
        """Path and page of every request."""
        return [
            f"{one.url.path}{' next' if 'cursor' in one.url.params else ''}"
            for one in self.requests
        ]

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the service says."""
        if self.is_kept:
            self.requests.append(request)
        said = self.before(request)
        if said is None:
            said = self._spent() or self._unsigned(request) or self._asked(request)
        rest = self.limit - len(self.calls)
        said.headers.setdefault(
            "X-Rate-Limit", f"user-hour-lim:{self.limit};user-hour-rem:{max(0, rest)};"
        )
        said.headers["Date"] = format_datetime(self.now + self.off, usegmt=True)
        return said

    def _spent(self) -> httpx.Response | None:
        hour = self.now - timedelta(hours=1)
        self.calls = [at for at in self.calls if at > hour]
        if len(self.calls) >= self.limit:
            return refusal(429, "RATE_LIMIT_EXCEEDED")
        self.calls.append(self.now)
        return None

    def _unsigned(self, request: httpx.Request) -> httpx.Response | None:
        """Refuse a token that Apple would refuse."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            head = jwt.get_unverified_header(token)
            told = jwt.decode(
                token,
                _pair()[1],
                ["ES256"],
                audience="appstoreconnect-v1",
                # Our clock, not this machine's.
                options={"verify_exp": False, "verify_iat": False},
            )
        except jwt.PyJWTError:
            return refusal(401, "NOT_AUTHORIZED")
        now = (self.now + self.off).timestamp()
        whose = {"iss": self.issuer} if self.issuer else {"sub": "user"}
        is_good = (
            head.get("kid") == KEY_ID
            and head.get("typ") == "JWT"
            and {name: told.get(name) for name in ("iss", "sub") if name in told}
            == whose
            and told["iat"] <= now < told["exp"] <= told["iat"] + 1200
        )
        return None if is_good else refusal(401, "NOT_AUTHORIZED")

    def _asked(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if request.method == "POST":
            return self._answered(json.loads(request.content))
        if path == "/v1/apps":
            return self._apps(request)
        if found := re.fullmatch(r"/v1/apps/(\d+)/appStoreVersions", path):
            app = self.apps.get(found[1])
            return self._versions(request, app) if app else refusal(404, "NOT_FOUND")
        if found := re.fullmatch(r"/v1/apps/(\d+)/customerReviews", path):
            app = self.apps.get(found[1])
            return self._reviews(request, app) if app else refusal(404, "NOT_FOUND")
        if found := re.fullmatch(
            r"/v1/appStoreVersions/([\w-]+)/customerReviews", path
        ):
            app = next(
                (one for one in self.apps.values() if found[1] in one.versions), None
            )
            if app is None:
                return refusal(404, "NOT_FOUND")
            return self._reviews(request, app, found[1])
        if found := re.fullmatch(r"/v1/customerReviews/([^/]+)/response", path):
            one = self._review(found[1])
            if one is None or not one.answer:
                return refusal(404, "NOT_FOUND")
            return httpx.Response(200, json={"data": response_row(one)})
        return refusal(404, "PATH_ERROR")

    def _review(self, name: str) -> Review | None:
        found = (app.reviews.get(name) for app in self.apps.values())
        return next((one for one in found if one), None)

    def _apps(self, request: httpx.Request) -> httpx.Response:
        told = list(self.apps.values())
        if bundles := request.url.params.get("filter[bundleId]"):
            # As Apple's does, it finds what begins alike as well.
            begins = tuple(bundles.split(","))
            told = [one for one in told if one.bundle.startswith(begins)]
        if numbers := request.url.params.get("filter[id]"):
            told = [one for one in told if one.id in numbers.split(",")]
        rows = [
            {
                "type": "apps",
                "id": one.id,
                "attributes": {"bundleId": one.bundle, "name": one.name},
            }
            for one in told
        ]
        return self._page(request, rows, {})

    def _versions(self, request: httpx.Request, app: StoreApp) -> httpx.Response:
        rows = [
            {
                "type": "appStoreVersions",
                "id": name,
                "attributes": {
                    "versionString": said,
                    "platform": "IOS",
                    "createdDate": at.isoformat(),
                },
            }
            for name, (said, at) in app.versions.items()
        ]
        return self._page(request, rows, {})

    def _reviews(
        self, request: httpx.Request, app: StoreApp, version: str = ""
    ) -> httpx.Response:
        params = request.url.params
        found: Sequence[Review] = app.listed(version)
        if codes := params.get("filter[territory]"):
            wanted = set(codes.split(","))
            found = [one for one in found if one.territory in wanted]
        if params.get("sort") == "createdDate":
            found = found[::-1]
        some = self._some(request, len(found))
        if some is None or params.get("cursor") in self.forgotten:
            return refusal(400, "PARAMETER_ERROR.INVALID")
        here = found[some]
        extra: dict[str, Any] = {}
        if "response" in params.get("include", ""):
            extra["included"] = [response_row(one) for one in here if one.answer]
        said = self._page(request, found, extra, [review_row(one) for one in here])
        self.after(request.url.path)
        return said

    def _page(
        self,
        request: httpx.Request,
        found: Sequence[Any],
        extra: dict[str, Any],
        rows: list[Any] | None = None,
    ) -> httpx.Response:
        some = self._some(request, len(found))
        if some is None:
            return refusal(400, "PARAMETER_ERROR.INVALID")
        links = {"self": str(request.url)}
        if some.stop < len(found):
            links["next"] = str(request.url.copy_set_param("cursor", _named(some.stop)))
        values = {
            "data": list(found[some]) if rows is None else rows,
            "links": links,
            "meta": {"paging": {"total": len(found), "limit": some.stop - some.start}},
            **extra,
        }
        self.changed(values)
        # Half a character is written as such, as some services do.
        kind = {"Content-Type": "application/json"}
        return httpx.Response(200, headers=kind, content=json.dumps(values))

    def _some(self, request: httpx.Request, count: int) -> slice | None:
        """Which rows a page has; None where its name says nothing."""
        limit = min(self.size, int(request.url.params.get("limit", "50")))
        try:
            named = base64.urlsafe_b64decode(request.url.params.get("cursor", ""))
            at = int(named.decode().removeprefix("at ") or "0")
        except ValueError:
            return None
        return slice(min(at, count), at + limit)

    def _answered(self, told: dict[str, Any]) -> httpx.Response:
        data = told["data"]
        one = self._review(data["relationships"]["review"]["data"]["id"])
        text = data["attributes"]["responseBody"]
        if one is None or not text or len(text) > 5970:
            return refusal(409, "ENTITY_ERROR.RELATIONSHIP.INVALID")
        one.answer, one.answered_at, one.state = text, self.now, "PENDING_PUBLISH"
        return httpx.Response(201, json={"data": response_row(one)})


def a_history(count: int, server: AppStoreConnect, *, apps: int = 1) -> AppStoreConnect:
    """The server with so many reviews an app, six hours apart, every third answered."""
    for number in range(1, apps + 1):
        app = server.app(number)
        for version in range(3):
            at = NOON - timedelta(days=200 - 90 * version)
            app.versions[f"v{number}-{version}"] = (f"5.{version}", at)
        for k in range(count):
            app.add(
                number * 100_000 + k,
                NOON - timedelta(hours=6 * k + 1),
                title=f"Title {k}",
                body=f"The export of case {k} loses my tags.",
                nickname=f"ann{k}",
                rating=k % 5 + 1,
                territory=_TERRITORIES[k % len(_TERRITORIES)],
                version=f"v{number}-{max(0, 2 - k // 40)}",
                answer=f"Thank you, {k}." if k % 3 == 0 else "",
            )
    return server


def review_row(one: Review) -> dict[str, Any]:
    """A review as the service writes it, in the time of California."""
    pacific = one.at - timedelta(hours=7)
    row = {"type": "customerReviewResponses", "id": f"r-{one.id}"}
    return {
        "type": "customerReviews",
        "id": one.id,
        "attributes": {
            "rating": one.rating,
            "title": one.title,
            "body": one.body,
            "reviewerNickname": one.nickname,
            "createdDate": f"{pacific:%Y-%m-%dT%H:%M:%S}-07:00",
            "territory": one.territory,
        },
        "relationships": {"response": {"data": row if one.answer else None}},
    }


def response_row(one: Review) -> dict[str, Any]:
    """An answer as the service writes it."""
    return {
        "type": "customerReviewResponses",
        "id": f"r-{one.id}",
        "attributes": {
            "responseBody": one.answer,
            "lastModifiedDate": one.answered_at.isoformat(),
            "state": one.state,
        },
    }


def refusal(status: int, code: str, **headers: str) -> httpx.Response:
    """An error as the service says it."""
    error = {
        "status": str(status),
        "code": code,
        "title": "It is refused",
        "detail": "so",
    }
    return httpx.Response(
        status, headers=headers, json={"errors": [{"id": "e1", **error}]}
    )


def _named(at: int) -> str:
    return base64.urlsafe_b64encode(f"at {at}".encode()).decode()
