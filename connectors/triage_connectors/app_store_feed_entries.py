"""What an answer of the feed says, in either form; nothing is taken for granted."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final

from triage.connector import Channel, Incoming, Unreadable
from triage_connectors import app_store_review
from triage_connectors.app_store_feed_xml import entries as in_xml

_NUMBER: Final = re.compile(r"\d{1,12}")


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One review as the feed tells it.

    Attributes:
        told: In the shape of JSON, whichever form it came in.
        at: When it was written or last changed; None where that is not told.
    """

    told: dict[str, Any] = field(repr=False)
    raw: bytes = field(repr=False)
    id: str = ""
    at: datetime | None = None


def from_json(answer: Any) -> list[Entry] | None:
    """The reviews of a page; None where it is no feed."""
    feed = answer.get("feed") if isinstance(answer, dict) else None
    if not isinstance(feed, dict):
        return None
    told = feed.get("entry", [])
    rows = told if isinstance(told, list) else [told]
    return _reviews(
        [
            (row, json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            for row in rows
            if isinstance(row, dict)
        ]
    )


def from_xml(content: bytes) -> list[Entry] | None:
    """The same of the other form."""
    try:
        return _reviews(in_xml(content))
    except ValueError:
        return None


def _reviews(rows: Sequence[tuple[dict[str, Any], bytes]]) -> list[Entry]:
    # The first entry was the app itself once; only reviews are rated.
    return [
        Entry(row, raw, id=label(row, "id"), at=_moment(label(row, "updated")))
        for row, raw in rows
        if "im:rating" in row
    ]


def incoming(entry: Entry, app: str, country: str) -> Incoming | Unreadable:
    """The feedback an entry is; country in capitals."""
    told = entry.told
    rating = label(told, "im:rating")
    mark = blake2b(entry.raw, digest_size=8).hexdigest()
    if not entry.id or rating not in {"1", "2", "3", "4", "5"}:
        what = "no id" if not entry.id else f"a rating of {rating[:20]!r}"
        return Unreadable(
            external_id=entry.id or f"{app} {country} {mark}",
            raw=entry.raw,
            why=f"a review has {what}, where the feed promises one",
            channel=Channel.REVIEW,
        )
    author = told.get("author")
    author = author if isinstance(author, dict) else {}
    name, title, body = label(author, "name"), label(told, "title"), _content(told)
    context = {
        "country": country,
        "app": app,
        "author_url": _web(label(author, "uri")),
        "votes": _count(label(told, "im:voteCount")),
        "vote_sum": _count(label(told, "im:voteSum")),
    }
    return Incoming(
        external_id=entry.id,
        channel=Channel.REVIEW,
        title=title,
        body=body,
        author=name,
        rating=float(rating),
        scale="1-5",
        metric="stars",
        app_version=label(told, "im:version"),
        url=_link(told),
        received_at=entry.at,
        edited_at=entry.at,
        also=app_store_review.also(app, country, name, title, body),
        context={key: value for key, value in context.items() if value != ""},
        raw=entry.raw,
    )


def label(told: dict[str, Any], name: str) -> str:
    """The text under a name; "" where there is none."""
    value = told.get(name)
    text = value.get("label") if isinstance(value, dict) else None
    return text.replace("\r\n", "\n").strip() if isinstance(text, str) else ""


def _content(told: dict[str, Any]) -> str:
    """The text of a review; where there are two contents, the other one is HTML."""
    value = told.get("content")
    if not isinstance(value, list):
        return label(told, "content")
    texts = [one for one in value if isinstance(one, dict) and _kind(one) == "text"]
    return label({"content": texts[0]}, "content") if texts else ""


def _kind(content: dict[str, Any]) -> Any:
    attributes = content.get("attributes")
    return attributes.get("type") if isinstance(attributes, dict) else "text"


def _link(told: dict[str, Any]) -> str:
    link = told.get("link")
    link = link[0] if isinstance(link, list) and link else link
    attributes = link.get("attributes") if isinstance(link, dict) else None
    href = attributes.get("href") if isinstance(attributes, dict) else None
    return _web(href) if isinstance(href, str) else ""


def _web(address: str) -> str:
    return address if address.startswith("https://") else ""


def _count(text: str) -> int | str:
    return int(text) if _NUMBER.fullmatch(text) else ""


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text[:40])
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
