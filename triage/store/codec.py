"""Rows to nouns and back; the only place that knows how a value lies in SQLite."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from triage.draft import Draft
from triage.model import (
    Channel,
    Correction,
    Disposition,
    Evidence,
    Extent,
    Feedback,
    Horizon,
    Importance,
    Kind,
    Label,
    Note,
    PainPoint,
    PainStatus,
    Priority,
    RoadmapItem,
    RoadmapLink,
    RoadmapStatus,
    Ruling,
    Sentiment,
    State,
    Verdict,
)
from triage.planning import Criterion, Estimate, Promise, Story, Told, Tracked

if TYPE_CHECKING:
    # Only what is stored brings it; a first frame reads.
    from triage.connector import Incoming

Row = Any
"""A ``sqlite3.Row``: values by column name."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN_BELOW = 512
"""Bytes; shorter raws do not shrink enough to pay for inflating them."""


def to_text(at: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC, always with microseconds, so text sorts as time."""
    if at is None:
        return None
    # strftime writes the year 33 in two digits, which is neither sortable nor readable.
    text = at.astimezone(UTC).isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")


def to_time(text: str | None) -> datetime | None:
    """The moment such a text means."""
    return None if text is None else datetime.fromisoformat(text)


def must_be_time(text: str) -> datetime:
    """The moment, from a column that is never empty."""
    return datetime.fromisoformat(text)


def to_key(at: datetime) -> int:
    """Microseconds since 1970: where in time a row stands."""
    delta = at - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def from_key(key: int) -> datetime:
    """The moment a key stands at, but for the microseconds that made it unique."""
    return _EPOCH + timedelta(microseconds=key)


def to_json(value: Any) -> str:
    """Compact JSON; ASCII only, so that no text inside can surprise a reader."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def content_hash(incoming: Incoming) -> bytes:
    """What makes two tellings of one feedback the same; not how they were written."""
    from hashlib import blake2b

    told = (
        incoming.channel, incoming.kind, incoming.title, incoming.body,
        incoming.author, incoming.email, incoming.company, incoming.rating,
        incoming.scale, incoming.metric, incoming.language, incoming.app_version,
        incoming.url, incoming.thread, to_text(incoming.edited_at),
        to_text(incoming.received_at), sorted(incoming.context.items()),
    )  # fmt: skip
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def pack(raw: bytes) -> tuple[str, bytes]:
    """How raw bytes lie in the file: (encoding, bytes)."""
    if len(raw) < _PLAIN_BELOW:
        return "plain", raw
    small = zlib.compress(raw, 6)
    return ("zlib", small) if len(small) < len(raw) else ("plain", raw)


def unpack(encoding: str, stored: bytes) -> bytes:
    """The raw bytes as they came."""
    return zlib.decompress(stored) if encoding == "zlib" else stored


def feedback(row: Row) -> Feedback:
    """From ``feedback`` with its source's name and the ``person_id`` of who said it."""
    return Feedback(
        id=row["id"],
        number=row["number"],
        source=row["source"],
        external_id=row["external_id"],
        channel=Channel(row["channel"]),
        kind=Kind(row["kind"]),
        title=row["title"],
        body=row["body"],
        received_at=must_be_time(row["received_at"]),
        edited_at=to_time(row["edited_at"]),
        customer_id=row["person_id"],
        author=row["author"],
        email=row["email"],
        company=row["company"],
        rating=row["rating"],
        scale=row["scale"],
        metric=row["metric"],
        language=row["language"],
        app_version=row["app_version"],
        url=row["url"],
        thread=row["thread"],
        context=json.loads(row["context"]),
        gone_at=to_time(row["gone_at"]),
    )


def disposition(values: Mapping[str, Any]) -> Disposition:
    """From a row of ``disposition``, with whether new evidence has ``stirred`` it."""
    return Disposition(
        feedback_id=values["feedback_id"],
        state=State(values["state"]),
        reason=values["reason"],
        until=to_time(values["until"]),
        wakes_after=values["wakes_after"],
        is_stirred=bool(values["stirred"]),
    )


def label(values: Mapping[str, Any]) -> Label:
    """From a row of ``label``."""
    return Label(
        feedback_id=values["feedback_id"],
        tags=tuple(json.loads(values["tags"])),
        owner=values["owner"],
    )


def note(row: Row) -> Note:
    """From a row of ``note``."""
    return Note(
        id=row["id"],
        feedback_id=row["feedback_id"],
        text=row["text"],
        at=to_time(row["at"]),
        by=row["by"],
    )


def draft(row: Row) -> Draft:
    """From a row of ``draft``."""
    return Draft(
        id=row["id"],
        source=row["source"],
        act=row["act"],
        key=row["key"],
        text=row["text"],
        title=row["title"],
        feedback_id=row["feedback_id"],
        pain_point_id=row["pain_point_id"],
        details=json.loads(row["details"]),
        dropped=bool(row["dropped"]),
        at=to_time(row["at"]),
        by=row["by"],
    )


def correction(values: Mapping[str, Any]) -> Correction:
    """From a row of ``correction``."""
    return Correction(
        feedback_id=values["feedback_id"],
        language=values["language"],
        sentiment=Sentiment(values["sentiment"]) if values["sentiment"] else None,
    )


def ruling(row: Row) -> Ruling:
    """From a row of ``ruling``."""
    return Ruling(
        id=row["id"],
        left_id=row["left_id"],
        right_id=row["right_id"],
        verdict=Verdict(row["verdict"]),
    )


def pain_point(row: Row) -> PainPoint:
    """From a row of ``pain_point``."""
    return PainPoint(
        id=row["id"],
        title=row["title"],
        statement=row["statement"],
        status=PainStatus(row["status"]),
        severity=row["severity"],
        priority=Priority(row["priority"]),
        effort=row["effort"],
        confidence=row["confidence"],
        reach=row["reach"],
        impact=row["impact"],
        moscow=row["moscow"],
        persona=row["persona"],
        owner=row["owner"],
        story=row["story"],
        acceptance=row["acceptance"],
        tags=tuple(json.loads(row["tags"])),
        created_at=to_time(row["created_at"]),
    )


def evidence(row: Row) -> Evidence:
    """From a row of ``evidence``."""
    return Evidence(
        id=row["id"],
        pain_point_id=row["pain_point_id"],
        feedback_id=row["feedback_id"],
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        importance=Importance(row["importance"]),
        observed=bool(row["observed"]),
        at=to_time(row["at"]),
        by=row["by"],
    )


def roadmap_item(row: Row) -> RoadmapItem:
    """From a row of ``roadmap_item``."""
    return RoadmapItem(
        id=row["id"],
        title=row["title"],
        horizon=Horizon(row["horizon"]),
        status=RoadmapStatus(row["status"]),
        tracker=row["tracker"],
        key=row["key"],
        url=row["url"],
        owner=row["owner"],
        target=row["target"],
    )


def roadmap_link(row: Row) -> RoadmapLink:
    """From a row of ``roadmap_link``."""
    return RoadmapLink(
        id=row["id"],
        pain_point_id=row["pain_point_id"],
        roadmap_item_id=row["roadmap_item_id"],
        extent=Extent(row["extent"]),
    )


def estimate(row: Row) -> Estimate:
    """From a row of ``estimate``."""
    return Estimate(
        id=row["id"],
        pain_point_id=row["pain_point_id"],
        name=row["name"],
        value=row["value"],
        evidence=tuple(json.loads(row["evidence"])),
        reason=row["reason"],
        at=to_time(row["at"]),
        by=row["by"],
    )


def story(row: Row) -> Story:
    """From a row of ``story``."""
    return Story(
        id=row["id"],
        pain_point_id=row["pain_point_id"],
        role=row["role"],
        want=row["want"],
        benefit=row["benefit"],
        context=row["context"],
        criteria=tuple(Criterion(**told) for told in json.loads(row["criteria"])),
        evidence=tuple(json.loads(row["evidence"])),
        assumption=bool(row["assumption"]),
        at=to_time(row["at"]),
        by=row["by"],
    )


def promise(row: Row) -> Promise:
    """From a row of ``promise``."""
    return Promise(
        id=row["id"],
        pain_point_id=row["pain_point_id"],
        feedback_id=row["feedback_id"],
        text=row["text"],
        at=to_time(row["at"]),
        by=row["by"],
    )


def told(row: Row) -> Told:
    """From a row of ``told``."""
    return Told(
        id=row["id"],
        pain_point_id=row["pain_point_id"],
        feedback_id=row["feedback_id"],
        how=row["how"],
        draft_id=row["draft_id"],
        at=to_time(row["at"]),
        by=row["by"],
    )


def tracked(row: Row) -> Tracked:
    """From a row of ``tracked``."""
    return Tracked(
        source=row["source"],
        key=row["key"],
        title=row["title"],
        state=row["state"],
        status=row["status"],
        url=row["url"],
        owner=row["owner"],
        target=row["target"],
        updated_at=to_time(row["updated_at"]),
        seen_at=to_time(row["seen_at"]),
        gone_at=to_time(row["gone_at"]),
    )
