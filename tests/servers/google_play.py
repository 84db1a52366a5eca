"""A small Google Play in this process: sign-in, reviews of a week, monthly reports."""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from triage.transport import Http

APP = "com.acme.notes"
BUCKET = "pubsite_prod_rev_0123456789"
EMAIL = "triage@acme-1.iam.gserviceaccount.com"
TOKEN_URL = "https://oauth2.googleapis.com/token"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEADER = [
    "Package Name", "App Version Code", "App Version Name", "Reviewer Language",
    "Device", "Review Submit Date and Time", "Review Submit Millis Since Epoch",
    "Review Last Update Date and Time", "Review Last Update Millis Since Epoch",
    "Star Rating", "Review Title", "Review Text", "Developer Reply Date and Time",
    "Developer Reply Millis Since Epoch", "Developer Reply Text", "Review Link",
]  # fmt: skip
_REVIEWS = "https://www.googleapis.com/auth/androidpublisher"
_FILES = "https://www.googleapis.com/auth/devstorage.read_only"


@cache
def pem(which: int) -> str:
    """A private key of the account; another one for another number."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


@cache
def _public() -> rsa.RSAPublicKey:
    private = serialization.load_pem_private_key(pem(0).encode(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    return private.public_key()


def key_file(which: int = 0, **told: Any) -> str:
    """What the file of a service account's key holds."""
    return json.dumps(
        {
            "type": "service_account",
            "project_id": "acme-1",
            "private_key_id": f"key{which}",
            "private_key": pem(which),
            "client_email": EMAIL,
            "token_uri": TOKEN_URL,
            **told,
        }
    )


def a_review(number: int, at: datetime, text: str = "", **told: Any) -> dict[str, Any]:
    """A review as the API tells it; ``reply`` is what the developer said."""
    reply = told.pop("reply", "")
    comments: list[dict[str, Any]] = [
        {
            "userComment": {
                "text": text or f"\tThe export loses my tags, case {number}.",
                "lastModified": {
                    "seconds": str(int(at.timestamp())),
                    "nanos": at.microsecond * 1000,
                },
                "starRating": number % 5 + 1,
                "reviewerLanguage": "pt_BR",
                "device": "redfin",
                "androidOsVersion": 35,
                "appVersionCode": 520,
                "appVersionName": "5.2",
                "thumbsUpCount": 2,
                "thumbsDownCount": 0,
                "deviceMetadata": {
                    "productName": "redfin (Pixel 5)",
                    "manufacturer": "Google",
                    "deviceClass": "phone",
                },
                **told,
            }
        }
    ]
    if reply:
        later = int((at + timedelta(hours=1)).timestamp())
        stamp = {"seconds": str(later), "nanos": 0}
        comments.append({"developerComment": {"text": reply, "lastModified": stamp}})
    name = f"gp:AOqpTOE{number:06}"
    return {"reviewId": name, "authorName": f"Ann {number}", "comments": comments}


def a_row(number: int, at: datetime, text: str | None = None, **told: str) -> list[str]:
    """A row of a report; without a text it is stars alone, which have no link."""
    said = f"The export loses my tags, case {number}." if text is None else text
    edited = datetime.fromisoformat(told.pop("edited", at.isoformat()))
    reply = told.pop("reply", "")
    link = (
        "https://play.google.com/console/developers/1/app/2/user-feedback/"
        f"review-details?reviewId=gp%3AAOqpTOE{number:06}&corpus=PUBLIC_REVIEWS"
    )
    cells = {
        "Package Name": APP,
        "App Version Code": "520",
        "App Version Name": "5.2",
        "Reviewer Language": "pt-BR",
        "Device": "redfin",
        "Review Submit Date and Time": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "Review Submit Millis Since Epoch": str(int(at.timestamp() * 1000)),
        "Review Last Update Date and Time": f"{edited:%Y-%m-%dT%H:%M:%SZ}",
        "Review Last Update Millis Since Epoch": str(int(edited.timestamp() * 1000)),
        "Star Rating": str(number % 5 + 1),
        "Review Title": "",
        "Review Text": said,
        "Review Link": link if said else "",
    }
    if reply:
        later = edited + timedelta(hours=1)
        cells |= {
            "Developer Reply Date and Time": f"{later:%Y-%m-%dT%H:%M:%SZ}",
            "Developer Reply Millis Since Epoch": str(int(later.timestamp() * 1000)),
            "Developer Reply Text": reply,
        }
    cells |= told
    return [cells.get(name, "") for name in HEADER]


def a_report(
    rows: list[list[str]], header: list[str] | None = None, encoding: str = "utf-16"
) -> bytes:
    """A report's bytes, as Google writes them."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header or HEADER, *rows])
    return out.getvalue().encode(encoding)


@dataclass(slots=True)
class PlayServer:
    """
    Google's sign-in, an account's apps, and its bucket.

    Attributes:
        reviews: By app, newest first, however old: the API tells those of a week.
        files: By name: bytes, and the number of their version.
        now: The server's clock.
        ahead: How far the client's clock is from it.
        page: Reviews in a page at most.
        listed: Files in a page at most.
        ends: Each so many tokens a page's token is known; None for ever.
        trouble: Status and JSON for whatever is asked of a path that begins so.
        before: Looks at a request first and may answer it.
        lies: How an answer is told: "one" writes a list of one as what is in it,
            "texts" numbers as texts, "bare" leaves out all that may be left out.
        packs: Whether files lie packed in the bucket, and come so.
    """

    reviews: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {APP: []})
    files: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    now: datetime = NOW
    ahead: timedelta = timedelta()
    page: int = 100
    listed: int = 1000
    revoked: set[str] = field(default_factory=set)
    gone: bool = False
    trouble: dict[str, tuple[int, Any]] = field(default_factory=dict)
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    lies: str = ""
    packs: bool = False
    lasts: int = 3599
    requests: list[httpx.Request] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    token_url: str = TOKEN_URL

    def http(self, **told: Any) -> Http:
        """A client that asks this server alone, and never really waits."""

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)
            self.now += timedelta(seconds=seconds)

        return Http(
            client_transport=httpx.MockTransport(self.answer),
            sleep=sleep,
            clock=lambda: self.now + self.ahead,
            **told,
        )

    def put(self, month: str, data: bytes, app: str = APP) -> str:
        """A report is written, or written anew; its name."""
        name = f"reviews/reviews_{app}_{month}.csv"
        self.files[name] = data, self.files.get(name, (b"", 1000))[1] + 1
        return name

    def asked(self, start: str) -> list[httpx.Request]:
        """The requests whose path begins so."""
        return [one for one in self.requests if one.url.path.startswith(start)]

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        said = self.before(request) or self._answer(request)
        said.headers["date"] = f"{self.now:%a, %d %b %Y %H:%M:%S} GMT"
        return said

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        for start, (status, value) in self.trouble.items():
            if path.startswith(start):
                return httpx.Response(status, json=value)
        if path == "/token":
            return self._token(request)
        sent = request.headers.get("authorization", "").removeprefix("Bearer ")
        wanted = _FILES if path.startswith("/storage") else _REVIEWS
        if self.tokens.get(sent) != wanted:
            return _error(401, "Request had invalid authentication credentials.")
        if path.startswith("/storage"):
            return self._storage(request)
        found = re.fullmatch(
            r"/androidpublisher/v3/applications/([^/]+)/reviews(?:/([^/]+?)(:reply)?)?",
            path,
        )
        if not found or found[1] not in self.reviews:
            return _error(404, f"Package not found: {found and found[1]}.")
        if found[2]:
            return self._one(request, found[1], found[2])
        return self._list(request, found[1])

    def _token(self, request: httpx.Request) -> httpx.Response:
        form = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
        assertion = form.get("assertion", "")
        if form.get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return _no_token("unsupported_grant_type", "Invalid grant_type")
        which = jwt.get_unverified_header(assertion).get("kid", "")
        try:
            claims = jwt.decode(
                assertion,
                _public(),
                ["RS256"],
                audience=self.token_url,
                options={"verify_exp": False, "verify_iat": False},
            )
        except jwt.PyJWTError:
            claims = None
        if claims is None or which in self.revoked:
            return _no_token("invalid_grant", "Invalid JWT Signature.")
        if self.gone or claims["iss"] != EMAIL:
            return _no_token("invalid_grant", "Invalid grant: account not found")
        at = self.now.timestamp()
        if not at - 3600 <= claims["iat"] <= at + 300 or claims["exp"] <= at:
            return _no_token(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a"
                " reasonable timeframe. Check your iat and exp values in the JWT claim.",
            )
        assert 0 < claims["exp"] - claims["iat"] <= 3600
        token = f"ya29.canary-{len(self.tokens)}"
        self.tokens[token] = claims["scope"]
        told = {"access_token": token, "expires_in": self.lasts, "token_type": "Bearer"}
        return httpx.Response(200, json=told)

    def _list(self, request: httpx.Request, app: str) -> httpx.Response:
        params = request.url.params
        begin = self.now - timedelta(days=7)
        told = [one for one in self.reviews[app] if _at(one) >= begin]
        token = params.get("token", "")
        if token and (token in self.forgotten or not token.startswith("page-")):
            return _error(400, "Invalid page token")
        start = int(token.removeprefix("page-") or 0)
        size = min(self.page, int(params.get("maxResults", 10)))
        found = told[start : start + size]
        language = params.get("translationLanguage", "")
        value: dict[str, Any] = {
            "reviews": [_translated(one, language) for one in found],
            "pageInfo": {"totalResults": len(told), "resultPerPage": len(found)},
        }
        if start + size < len(told):
            value["tokenPagination"] = {"nextPageToken": f"page-{start + size}"}
        return httpx.Response(200, json=self._told(value))

    def _told(self, value: dict[str, Any]) -> dict[str, Any]:
        if not value["reviews"]:
            del value["reviews"]
        if self.lies == "one" and len(value.get("reviews", ())) == 1:
            (one,) = value["reviews"]
            value["reviews"] = {**one, "comments": one["comments"][0]}
        if self.lies == "texts":
            return json.loads(  # type: ignore[no-any-return]
                json.dumps(value), parse_int=lambda digits: digits
            )
        if self.lies == "bare":
            value.pop("pageInfo")
            for one in value.get("reviews", ()):
                one.pop("authorName")
                said = one["comments"][0]["userComment"]
                kept = ("text", "lastModified", "starRating")
                one["comments"] = [{"userComment": {k: said[k] for k in kept}}]
        return value

    def _one(self, request: httpx.Request, app: str, name: str) -> httpx.Response:
        found = next(
            (one for one in self.reviews[app] if one["reviewId"] == name), None
        )
        if found is None:
            return _error(404, "Review not found.")
        if request.method == "GET":
            return httpx.Response(200, json=found)
        said = re.sub(r"<[^>]*>", "", json.loads(request.content)["replyText"])
        if len(said) > 350:
            return _error(400, "The reply text is too long.")
        stamp = {"seconds": str(int(self.now.timestamp())), "nanos": 0}
        found["comments"] = [
            found["comments"][0],
            {"developerComment": {"text": said, "lastModified": stamp}},
        ]
        told = {"result": {"replyText": said, "lastEdited": stamp}}
        return httpx.Response(200, json=told)

    def _storage(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().partition("?")[0]
        parts = [unquote(one) for one in path.split("/")]
        if parts[4] != BUCKET:
            return _error(404, "The specified bucket does not exist.")
        if len(parts) == 6:
            return self._files(request.url.params)
        data, generation = self.files.get(parts[6], (b"", 0))
        if request.url.params.get("generation") != str(generation):
            return _error(404, f"No such object: {parts[6]}")
        if self.packs:
            packed = {"content-encoding": "gzip"}
            return httpx.Response(200, headers=packed, content=gzip.compress(data))
        span = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("range", ""))
        if not span:
            return httpx.Response(200, content=data)
        first, last = int(span[1]), int(span[2])
        return httpx.Response(206, content=data[first : last + 1])

    def _files(self, params: Mapping[str, str]) -> httpx.Response:
        names = sorted(one for one in self.files if one.startswith(params["prefix"]))
        start = int(params.get("pageToken", 0))
        value: dict[str, Any] = {}
        for name in names[start : start + self.listed]:
            data, generation = self.files[name]
            md5 = base64.b64encode(hashlib.md5(data).digest()).decode()
            value.setdefault("items", []).append(
                {
                    "name": name,
                    "generation": str(generation),
                    "size": str(len(data)),
                    "md5Hash": md5,
                    **({"contentEncoding": "gzip"} if self.packs else {}),
                }
            )
        if start + self.listed < len(names):
            value["nextPageToken"] = str(start + self.listed)
        return httpx.Response(200, json=value)


def _at(review: Mapping[str, Any]) -> datetime:
    stamp = review["comments"][0]["userComment"]["lastModified"]
    return datetime.fromtimestamp(int(stamp["seconds"]), UTC)


def _translated(review: Mapping[str, Any], language: str) -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(review))
    said = copied["comments"][0]["userComment"]
    if language and not said["reviewerLanguage"].startswith(language):
        said["originalText"] = said["text"]
        said["text"] = f"[{language}] {said['text'].strip()}"
    return copied


def _no_token(code: str, said: str) -> httpx.Response:
    return httpx.Response(400, json={"error": code, "error_description": said})


def _error(status: int, said: str, reason: str = "") -> httpx.Response:
    error: dict[str, Any] = {"code": status, "message": said}
    if reason:
        error["errors"] = [{"message": said, "domain": "global", "reason": reason}]
    return httpx.Response(status, json={"error": error})
