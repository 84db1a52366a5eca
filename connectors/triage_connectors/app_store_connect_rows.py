"""What a review in App Store Connect, and the answer to it, become."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final, TypeAlias

from triage.connector import Channel, Incoming, Kind, Unreadable
from triage_connectors.app_store_connect_api import Answer, inside
from triage_connectors.app_store_review import also
from triage_connectors.countries import alpha2

REPLY: Final = "/reply"
"""What follows a review's id in the id of the answer to it."""
FIELDS: Final[Mapping[str, str]] = {
    "include": "response",
    "fields[customerReviews]": (
        "rating,title,body,reviewerNickname,createdDate,territory,response"
    ),
    "fields[customerReviewResponses]": "responseBody,lastModifiedDate,state",
}
"""What is asked of each review."""

_STARS: Final = range(1, 6)

Row: TypeAlias = Incoming | Unreadable


@dataclass(frozen=True, slots=True)
class App:
    """An app, by Apple's number, its bundle id and the name in the store."""

    id: str
    bundle: str
    name: str


@dataclass(frozen=True, slots=True)
class Version:
    """
    A version of an app in the store.

    Attributes:
        name: What people call it, such as "5.2.1".
        created_at: When it was begun, which is before anybody could review it.
        os: What it runs on, such as "iOS".
    """

    id: str
    name: str
    created_at: datetime | None
    os: str


ANY: Final = Version("", "", None, "")
"""Whatever the version."""


@dataclass(frozen=True, slots=True)
class Told:
    """
    One review as a page has it.

    Attributes:
        id: "" where the page gave none.
        rows: The review, and the answer where there is one.
        gone: The answer's id where there is none.
    """

    id: str
    at: datetime | None
    rows: Sequence[Row]
    gone: str = ""


def reviews(
    answer: Answer, app: App, version: Version, *, abridged: bool
) -> list[Told]:
    """The reviews of a page, in its order; what cannot be read stays in its place."""
    included = answer.values.get("included")
    # As with the rows: one alone is a list of one.
    included = [included] if isinstance(included, dict) else included
    answers = {
        row["id"]: row
        for row in (included if isinstance(included, list) else ())
        if isinstance(row, dict) and isinstance(row.get("id"), str)
    }
    return [_told(row, answers, app, version, abridged) for row in answer.rows]


def moment(value: Any) -> datetime | None:
    """A time as Apple writes it; None where it is none."""
    try:
        at = datetime.fromisoformat(value)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _told(
    row: Any, answers: Mapping[str, Any], app: App, version: Version, abridged: bool
) -> Told:
    name = inside(row, "id")
    if not isinstance(name, str) or not name.strip() or len(name) > 200:
        return Told("", None, [_unreadable(row, "", "a review without an id")])
    attributes = row.get("attributes")
    if not isinstance(attributes, dict):
        why = "a review of which App Store Connect told nothing but its id"
        return Told(name, None, [_unreadable(row, name, why)])
    review = _review(row, attributes, app, version, abridged)
    relation = inside(row, "relationships", "response", "data")
    if relation is None:
        return Told(name, review.received_at, [review], gone=f"{name}{REPLY}")
    said = inside(answers.get(str(inside(relation, "id"))), "attributes")
    if not isinstance(said, dict):
        return Told(name, review.received_at, [review])
    raw = _raw(answers[relation["id"]])
    return Told(name, review.received_at, [review, _reply(name, said, raw)])


def _review(
    row: Mapping[str, Any],
    told: Mapping[str, Any],
    app: App,
    version: Version,
    abridged: bool,
) -> Incoming:
    stars = told.get("rating")
    rated = isinstance(stars, int) and not isinstance(stars, bool) and stars in _STARS
    country = alpha2(_text(told, "territory"))
    title, body = _text(told, "title"), _text(told, "body")
    nickname = _text(told, "reviewerNickname")
    context = {"app": app.bundle, "country": country, "os": version.os}
    return Incoming(
        external_id=row["id"],
        channel=Channel.REVIEW,
        title=title,
        body=body,
        author=nickname,
        received_at=moment(told.get("createdDate")),
        rating=float(stars) if rated and stars else None,
        scale="1-5" if rated else "",
        metric="stars" if rated else "",
        app_version=version.name,
        thread=row["id"],
        also=also(app.id, country, nickname, title, body) if country else "",
        abridged=abridged,
        context={name: value for name, value in context.items() if value},
        raw=_raw(row),
    )


def _reply(review: str, told: Mapping[str, Any], raw: bytes) -> Incoming:
    state = _text(told, "state")
    return Incoming(
        external_id=f"{review}{REPLY}",
        channel=Channel.REVIEW,
        kind=Kind.AGENT,
        body=_text(told, "responseBody"),
        received_at=moment(told.get("lastModifiedDate")),
        thread=review,
        context={"state": state} if state else {},
        raw=raw,
    )


def _unreadable(row: Any, name: str, why: str) -> Unreadable:
    raw = _raw(row)
    name = name or f"unnamed {blake2b(raw, digest_size=8).hexdigest()}"
    return Unreadable(external_id=name, raw=raw, why=why, channel=Channel.REVIEW)


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _raw(row: Any) -> bytes:
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")
