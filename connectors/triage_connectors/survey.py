"""A filled-in survey as one feedback: open answers its words, a scale its rating."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from triage.connector import Channel, ConfigError, Incoming, Kind
from triage_connectors import payload
from triage_connectors.desk import known

METRICS: Final = ("csat", "ces", "nps", "stars")
RATING: Final = "rating"
"""The name in ``fields`` of the question whose answer is the rating."""

_OURS: Final = ("author", "email", "language")
_MADE_UP: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{6,}")


@dataclass(frozen=True, slots=True)
class Rating:
    """A number somebody gave, its scale ("0-10") and what it measures ("nps")."""

    number: float
    scale: str
    metric: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """
    A survey as somebody filled it in.

    Attributes:
        name: The service's id of it.
        title: The survey's.
        at: When it was sent in.
        words: Each open answer with its question, in order.
        answers: What else was answered, by the question's short name.
        values: What was known of the person before they answered, by its name there.
        author: As far as the service or an answer tells.
        named: All that ``fields`` may name, by whatever name it goes.
    """

    name: str
    title: str
    at: datetime | None
    edited_at: datetime | None = None
    words: Sequence[tuple[str, str]] = ()
    rating: Rating | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    author: str = ""
    email: str = ""
    company: str = ""
    url: str = ""
    named: Mapping[str, Any] = field(default_factory=dict)

    def incoming(self, fields: Mapping[str, str], raw: Any) -> Incoming:
        """
        Return it as feedback; without a word it is a number only.

        Args:
            fields: By our name (author, email, company, version, language, plan …) the
                survey's.
            raw: The JSON value it came as.
        """
        theirs = {ours: name for ours, name in fields.items() if ours != RATING}
        told = known(theirs, self.named)
        attributes = dict(told.attributes)
        ours = {name: str(attributes.pop(name, "")) for name in _OURS}
        body = joined(self.words)
        rating = self.rating
        return Incoming(
            external_id=self.name,
            channel=Channel.SURVEY,
            kind=Kind.FEEDBACK if body else Kind.AUTO,
            title=self.title,
            body=body,
            author=ours["author"] or self.author,
            email=ours["email"] or self.email,
            company=told.company or self.company,
            language=ours["language"],
            app_version=told.app_version,
            rating=rating.number if rating else None,
            scale=rating.scale if rating else "",
            metric=rating.metric if rating else "",
            url=self.url,
            received_at=self.at,
            edited_at=self.edited_at or self.at,
            context={**self.values, **self.answers},
            attributes=attributes,
            raw=payload.raw(raw),
        )


def joined(words: Sequence[tuple[str, str]]) -> str:
    """
    Return open answers as one text.

    One stands for itself; of several each has its question in the line before.
    """
    if len(words) == 1:
        return words[0][1]
    return "\n\n".join(
        f"{question}\n{answer}" if question else answer for question, answer in words
    )


def short(name: str, question: str) -> str:
    """What an answer is kept under: its name, or its question where a machine named."""
    if name and not _MADE_UP.fullmatch(name):
        return name
    return question[:80] or name


def check_region(region: str, regions: Collection[str]) -> None:
    """Raise ``ConfigError`` for a region the service has not."""
    if region not in regions:
        raise ConfigError(
            f"{region!r} is no region; set region to one of {', '.join(regions)}"
        )


def check_metric(metric: str) -> None:
    """Refuse a metric there is none of."""
    if metric not in METRICS:
        raise ConfigError(
            f"{metric!r} is nothing a scale measures here; set metric to one of"
            f" {', '.join(METRICS)}"
        )
