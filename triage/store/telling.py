"""One input, brought to the shape of a row."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from triage.connector import Incoming, Unreadable
from triage.model import Kind
from triage.store import codec
from triage.text.charset import clean
from triage.text.words import spaced

COLUMNS = (
    "channel", "kind", "title", "body", "words", "author", "email", "company",
    "rating", "scale", "metric", "language", "app_version", "url", "thread",
    "context", "edited_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """One input, brought to the shape of a row."""

    external_id: str
    hash: bytes
    raw: bytes
    values: Mapping[str, Any] = field(repr=False)
    received_at: datetime
    edited_at: datetime | None
    kind: Kind
    references: Sequence[str] = ()
    also: str = ""
    abridged: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)


def telling(now: datetime) -> Callable[[Incoming | Unreadable], Telling]:
    """How inputs are told at a moment; what SQLite cannot keep as text is marked."""

    def tell(item: Incoming | Unreadable) -> Telling:
        told = _quarantined(item, now) if isinstance(item, Unreadable) else read(item)
        values = {
            name: clean(value) if isinstance(value, str) else value
            for name, value in told.values.items()
        }
        return replace(told, external_id=clean(told.external_id), values=values)

    def read(item: Incoming) -> Telling:
        return Telling(
            external_id=item.external_id,
            hash=codec.content_hash(item),
            raw=item.raw,
            received_at=item.received_at or now,
            edited_at=item.edited_at,
            kind=item.kind,
            references=tuple(item.references) if item.thread else (),
            also=item.also,
            abridged=item.abridged,
            attributes=item.attributes,
            values={
                "channel": item.channel,
                "kind": item.kind,
                "title": item.title,
                "body": item.body,
                "words": _words(
                    f"{item.title}\n{item.body}" if item.title else item.body
                ),
                "author": item.author,
                "email": item.email,
                "company": item.company,
                "rating": item.rating,
                "scale": item.scale,
                "metric": item.metric,
                "language": item.language,
                "app_version": item.app_version,
                "url": item.url,
                "thread": item.thread,
                "context": codec.to_json({**item.context, **item.attributes}),
                "edited_at": codec.to_text(item.edited_at),
            },
        )

    return tell


FROM_COMPANY = "from_company"
"""Names of what stands in a context because it was known of the company then."""


def as_it_came(told: Telling, before: str) -> Telling:
    """The telling with what was known of its customer as it stands in that context."""
    if not told.attributes and f'"{FROM_COMPANY}"' not in before:
        return told
    stood: dict[str, Any] = json.loads(before)
    context: dict[str, Any] = json.loads(told.values["context"])
    kept = {name: stood[name] for name in told.attributes if name in stood}
    ours = stood.get(FROM_COMPANY)
    for name in ours if isinstance(ours, list) else ():
        if name in stood and (name in kept or name not in context):
            kept |= {name: stood[name], FROM_COMPANY: ours}
    return replace(
        told, values={**told.values, "context": codec.to_json(context | kept)}
    )


def with_company(told: Telling, known: Mapping[str, Any]) -> Telling:
    """
    The telling with what is known of its company now, unless the source told that.

    The names of what was added are kept beside it, so that it stays when the source
    tells the rest anew.
    """
    if told.kind not in {Kind.FEEDBACK, Kind.COPY}:
        return told
    context: dict[str, Any] = json.loads(told.values["context"])
    said = set(context)
    if told.values["company"]:
        said.add("company")
    if said & _REVENUE:
        said |= _REVENUE
    added = {name: value for name, value in known.items() if name not in said}
    if not added:
        return told
    context |= added | {FROM_COMPANY: sorted(added)}
    return replace(told, values={**told.values, "context": codec.to_json(context)})


_REVENUE = {"monthly_revenue", "mrr", "revenue"}
"""Names of one thing, as ``measures.revenue_of`` has it."""


def latest(tellings: Iterable[Telling]) -> dict[str, Telling]:
    """Each id once, by the rule that holds from page to page."""
    found: dict[str, Telling] = {}
    for told in tellings:
        before = found.get(told.external_id)
        if before is None or stands_over(told, before.values):
            found[told.external_id] = told
    return found


def stands_over(told: Telling, row: codec.Row | Mapping[str, Any]) -> bool:
    """
    Tell whether a telling replaces what was told before.

    One that is older never does; an abridged one must be edited later, and say so.
    """
    if told.edited_at is None or row["edited_at"] is None:
        return not told.abridged
    at = codec.to_text(told.edited_at) or ""
    return bool(at > row["edited_at"] if told.abridged else at >= row["edited_at"])


def _words(text: str) -> str | None:
    """What search sees, where it is not the text as it stands."""
    if text.isascii():
        return None
    # Searches are composed, so what is searched must be; most texts are already.
    composed = unicodedata.normalize("NFC", text)
    return spaced(composed) or (composed if composed != text else None)


def _quarantined(item: Unreadable, now: datetime) -> Telling:
    empty = dict.fromkeys(
        ("author", "email", "company", "scale", "metric", "language", "app_version",
         "url", "thread"), "",
    )  # fmt: skip
    return Telling(
        external_id=item.external_id,
        hash=blake2b(
            item.raw + item.why.encode("utf-8", "surrogatepass"), digest_size=16
        ).digest(),
        raw=item.raw,
        received_at=now,
        edited_at=None,
        kind=Kind.QUARANTINED,
        values=empty
        | {
            "channel": item.channel,
            "kind": Kind.QUARANTINED,
            "title": item.why,
            "body": "",
            "words": None,
            "rating": None,
            "context": "{}",
            "edited_at": None,
        },
    )
