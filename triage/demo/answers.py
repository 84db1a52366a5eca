"""What the demo's customers answered in figures alone: after support, and on prices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from triage.connector import Channel, Incoming, Kind
from triage.demo.dice import Dice
from triage.demo.people import Person, people

_WEEKS = 12.0
"""How far back support has been asking."""

_PLEASED = (1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5)
_EASY = (1, 2, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 7)
"""How often each box is ticked: 1–5 for support, 1–7 for how easy it was."""

_PRICES = (
    (3, 7, 14, 20),
    (4, 8, 15, 24),
    (2, 6, 12, 18),
    (5, 10, 18, 30),
    (4, 9, 16, 22),
    (3, 8, 12, 20),
    (6, 12, 20, 28),
    (4, 7, 13, 19),
    (5, 9, 14, 25),
    (8, 12, 16, 24),
    (2, 5, 10, 16),
    (6, 10, 17, 26),
    (3, 9, 15, 21),
    (9, 6, 14, 20),
    (5, 11, 19, 32),
    (4, 10, 14, 18),
)
"""Euros a seat a month: too cheap, cheap, expensive, too expensive; one misread it."""


def answers(today: datetime) -> dict[str, list[Incoming]]:
    """
    Answers by source name, oldest first, none of it later than ``today``.

    Nothing of it can be read, so it is counted and stands in no inbox.
    """
    return {
        "price-survey": _in_order(_priced(today)),
        "support-survey": _in_order(_rated(today)),
    }


def _rated(today: datetime) -> Iterator[Incoming]:
    asked = [one for one in people() if one.plan in ("Team", "Enterprise")]
    for metric, scale, title, boxes, many in (
        ("csat", "1-5", "How satisfied are you with our answer?", _PLEASED, 44),
        ("ces", "1-7", "It was easy to get my question answered.", _EASY, 31),
    ):
        dice = Dice(f"answers about {metric}")
        for person in dice.order(asked)[:many]:
            days = dice.between(0.2, _WEEKS * 7)
            yield _answer(
                person, today, days, f"{metric}-{person.handle}", title=title,
                metric=metric, scale=scale, rating=dice.pick(boxes),
            )  # fmt: skip


def _priced(today: datetime) -> Iterator[Incoming]:
    dice = Dice("answers about prices")
    asked = [one for one in people() if one.segment in ("Agency", "Mid-market")]
    for person, told in zip(dice.order(asked), _PRICES, strict=False):
        named = zip(
            ("too_cheap", "cheap", "expensive", "too_expensive"), told, strict=True
        )
        yield _answer(
            person, today, dice.between(15, 24), f"price-{person.handle}",
            title="What may a seat cost a month?", context=dict(named),
        )  # fmt: skip


def _answer(
    person: Person, today: datetime, days: float, key: str, **told: Any
) -> Incoming:
    known = {
        "country": person.country, "plan": person.plan, "segment": person.segment,
        "monthly_revenue": person.revenue,
    }  # fmt: skip
    at = min(today - timedelta(days=days), today - timedelta(minutes=2))
    told["context"] = known | told.get("context", {})
    sent = {**told, "email": person.email, "received_at": at.isoformat()}
    return Incoming(
        external_id=key,
        body="",
        channel=Channel.SURVEY,
        kind=Kind.AUTO,
        author=person.name,
        email=person.email,
        company=person.company,
        language=person.language,
        received_at=at.replace(microsecond=0),
        raw=json.dumps(sent, ensure_ascii=False, sort_keys=True).encode(),
        **told,
    )


def _in_order(told: Iterator[Incoming]) -> list[Incoming]:
    return sorted(told, key=lambda one: (str(one.received_at), one.external_id))
