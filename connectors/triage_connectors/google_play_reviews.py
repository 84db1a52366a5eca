"""A review of Google Play as its API tells it, and the developer's reply to it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from triage.connector import Channel, Incoming, Kind, Unreadable
from triage_connectors import android

SCALE: Final = "1-5"
METRIC: Final = "stars"
_MODEL: Final = re.compile(r".*\(([^()]{2,80})\)\s*")
_PART: Final = re.compile(r"[A-Za-z]{1,8}|[0-9]{3}")
# Codes that Java and so Android have kept from before 1989.
_NEWER: Final = {"iw": "he", "in": "id", "ji": "yi"}
_LAST: Final = 253_402_300_799  # the end of the year 9999


def told(app: str, review: Mapping[str, Any]) -> list[Incoming | Unreadable]:
    """The review, and the reply where there is one, as feedback each."""
    raw = json.dumps(review, ensure_ascii=False).encode("utf-8", "surrogatepass")
    name = text(review, "reviewId")
    comments = listed(review.get("comments"))
    said = _latest(comments, "userComment")
    at = moment(said.get("lastModified")) if said else None
    if not name or not said or at is None:
        return [
            Unreadable(
                external_id=name or f"review {hashlib.sha256(raw).hexdigest()[:32]}",
                raw=raw,
                why="Google Play told this review without its text or its time",
                channel=Channel.REVIEW,
            )
        ]
    title, body, translation = _words(said)
    language, context = spoken(text(said, "reviewerLanguage"))
    context = {"app": app, **context, **_circumstances(said)}
    if translation:
        context["translation"] = translation
    made: list[Incoming | Unreadable] = [
        Incoming(
            external_id=name,
            channel=Channel.REVIEW,
            kind=kind_of(title, body),
            title=title,
            body=body,
            author=text(review, "authorName"),
            received_at=at,
            edited_at=at,
            language=language,
            app_version=text(said, "appVersionName"),
            url=address(app, name),
            thread=name,
            also=also(app, name),
            context=context,
            raw=raw,
            **rated(number(said, "starRating")),
        )
    ]
    answer = _latest(comments, "developerComment")
    if answer and text(answer, "text"):
        raw = json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
        replied_at = moment(answer.get("lastModified")) or at
        made.append(reply(app, name, text(answer, "text"), replied_at, raw))
    return made


def reply(
    app: str, review: str, said: str, at: datetime, raw: bytes, abridged: bool = False
) -> Incoming:
    """What the developer answered to a review."""
    return Incoming(
        external_id=reply_id(review),
        channel=Channel.REVIEW,
        kind=Kind.AGENT,
        body=said,
        received_at=at,
        edited_at=at,
        url=address(app, review),
        thread=review,
        abridged=abridged,
        context={"app": app},
        raw=raw,
    )


def reply_id(review: str) -> str:
    """What the reply to a review is called."""
    return f"{review}/reply"


def also(app: str, review: str) -> str:
    """What any source calls the review; one person has one of an app."""
    return f"google-play {app} {review}"


def address(app: str, review: str) -> str:
    """Where a review is shown to everybody."""
    from urllib.parse import quote

    return (
        "https://play.google.com/store/apps/details"
        f"?id={quote(app, safe='')}&reviewId={quote(review, safe=':')}"
    )


def rated(stars: int | None) -> dict[str, Any]:
    """The fields of a rating; none where it is none of one to five stars."""
    if stars is None or not 1 <= stars <= 5:
        return {}
    return {"rating": float(stars), "scale": SCALE, "metric": METRIC}


def kind_of(title: str, body: str) -> Kind:
    """What words are; stars without any are many, and nothing to triage."""
    return Kind.FEEDBACK if title or body else Kind.AUTO


def spoken(code: str) -> tuple[str, dict[str, str]]:
    """
    The language of a code such as pt_BR, and the whole code as context.

    The region is where the phone's words are from; it says nothing of the country.
    """
    parts = re.split(r"[_-]", code.strip()[:40])
    language = parts[0].lower()
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return "", {}
    more = [part for part in parts[1:] if _PART.fullmatch(part)]
    language = _NEWER.get(language, language)
    return language, {"locale": "-".join([language, *more])} if more else {}


def moment(stamp: object) -> datetime | None:
    """A time to the second, as reports have it too; None where it is none."""
    seconds = number(stamp, "seconds") if isinstance(stamp, dict) else None
    return from_seconds(seconds)


def from_seconds(seconds: int | None) -> datetime | None:
    """The time so many seconds after 1970; None where there was no Google Play."""
    if seconds is None or not 1_000_000_000 <= seconds <= _LAST:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def text(values: Mapping[str, Any], name: str) -> str:
    """A text; "" where there is none."""
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def number(values: Mapping[str, Any], name: str) -> int | None:
    """A whole number, written as one or as text; None where there is none."""
    value = values.get(name)
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"-?[0-9]{1,18}", value.strip()) else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return value
    return None


def listed(value: object) -> Sequence[Mapping[str, Any]]:
    """The objects of a list; one that stands by itself is a list of one."""
    several = value if isinstance(value, list) else [value]
    return [one for one in several if isinstance(one, dict)]


def _latest(comments: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    found = [one[name] for one in comments if isinstance(one.get(name), dict)]
    first = datetime.min.replace(tzinfo=UTC)
    return max(
        found, key=lambda one: moment(one.get("lastModified")) or first, default={}
    )


def _words(said: Mapping[str, Any]) -> tuple[str, str, str]:
    """Title and body as they were written, and what Google made of them."""
    shown, original = text(said, "text"), text(said, "originalText")
    written = original or shown
    translation = shown.replace("\t", "\n", 1).strip() if original else ""
    title, tab, body = written.partition("\t")
    if not tab:
        title, body = "", written
    return title.strip(), body.strip(), translation if translation != written else ""


def _circumstances(said: Mapping[str, Any]) -> dict[str, Any]:
    """What it was written on, and what others made of it."""
    phone = said.get("deviceMetadata")
    phone = phone if isinstance(phone, dict) else {}
    codename, product = text(said, "device"), text(phone, "productName")
    # "redfin (Pixel 5)": the name people know is the one in brackets.
    model = _MODEL.fullmatch(product)
    level = number(said, "androidOsVersion")
    found: dict[str, Any] = {
        "device": model[1] if model else product or codename,
        "codename": codename,
        "manufacturer": text(phone, "manufacturer"),
        "device_class": text(phone, "deviceClass"),
        "os": android.system(level) if level and level > 0 else "",
        "api_level": level,
        "version_code": number(said, "appVersionCode"),
        "ram_mb": number(phone, "ramMb"),
        "thumbs_up": number(said, "thumbsUpCount"),
        "thumbs_down": number(said, "thumbsDownCount"),
    }
    return {name: value for name, value in found.items() if value not in {"", None}}
