"""Who asked for a pain point to be settled, what they were promised, if they know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from triage.measures import person_of
from triage.model import Feedback
from triage.planning import Promise, Told
from triage.store import codec, outbox, queries
from triage.store.driver import sqlite3
from triage.store.outbox import DraftView
from triage.store.views import PainView, Quote

SKIPPED = "skipped"
"""How somebody is told who is not to be told; a reason may follow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldView:
    """
    That somebody was told, or is about to be, and what became of it.

    Attributes:
        person: Who, as ``measures.person_of`` names them: "c5", or "f12" for a
            feedback of which nobody knows who said it.
        feedback: What they had said.
        draft: What tells them; None where a person said they know.
    """

    told: Told
    person: str
    feedback: Feedback
    draft: DraftView | None = None

    @property
    def state(self) -> str:
        """One word: told, waiting, skipped, or "" where its draft was dropped."""
        if self.draft is None:
            return SKIPPED if self.told.how.startswith(SKIPPED) else "told"
        if self.draft.state == "sent":
            return "told"
        return "" if self.draft.state == "dropped" else "waiting"

    @property
    def at(self) -> datetime | None:
        """When they were told: when the draft was sent, where one tells it."""
        delivery = self.draft.delivery if self.draft else None
        if self.state == "told" and delivery:
            return delivery.ended_at
        return self.told.at

    @property
    def words(self) -> str:
        """What tells them; "" where a person did in their own."""
        if self.draft is None:
            return ""
        delivery = self.draft.delivery
        return delivery.sent if delivery else self.draft.draft.text

    @property
    def receipt(self) -> Mapping[str, Any]:
        """What the service made of it; empty before it was sent."""
        delivery = self.draft.delivery if self.draft else None
        return delivery.receipt if delivery else {}

    @property
    def by(self) -> str:
        """Who told them."""
        delivery = self.draft.delivery if self.draft else None
        return delivery.by if self.state == "told" and delivery else self.told.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """
    Somebody who asked, once, however often they did.

    Attributes:
        person: "c5", or "f12" for a feedback of which nobody knows who said it.
        quotes: Their words, the latest first; never empty.
        promises: What they were told to expect, the latest first.
        told: Each time they were told, the latest first.
    """

    person: str
    quotes: tuple[Quote, ...]
    promises: tuple[Promise, ...] = ()
    told: tuple[ToldView, ...] = ()

    @property
    def latest(self) -> Quote:
        """What they said last."""
        return self.quotes[0]

    @property
    def name(self) -> str:
        """What they are called; "" where no quote says."""
        said = (quote.feedback for quote in self.quotes)
        return next(
            (one.author or one.email for one in said if one.author or one.email), ""
        )

    @property
    def importance(self) -> int:
        """How much it matters to them, by their latest word."""
        return int(self.latest.evidence.importance)

    @property
    def state(self) -> str:
        """One word: told, waiting, skipped or untold; the first that holds."""
        states = {one.state for one in self.told}
        return next(
            (one for one in ("told", "waiting", SKIPPED) if one in states), "untold"
        )


def askers(
    read: sqlite3.Connection, views: Sequence[PainView], now: datetime
) -> dict[int, list[Asker]]:
    """
    Who asked, by pain point; whoever asked last comes first.

    Two customers who are one person ask once, and know once either was told.
    """
    one = views[0].pain_point.id if len(views) == 1 else None
    told: dict[tuple[int, str], list[ToldView]] = defaultdict(list)
    for known in told_views(read, now, one):
        told[known.told.pain_point_id, known.person].append(known)
    promised: dict[tuple[int, str], list[Promise]] = defaultdict(list)
    for promise, person in _promises(read, one):
        promised[promise.pain_point_id, person].append(promise)
    found: dict[int, list[Asker]] = {}
    for view in views:
        number = view.pain_point.id
        quotes: dict[str, list[Quote]] = defaultdict(list)
        for quote in sorted(view.quotes, key=_when, reverse=True):
            quotes[person_of(quote.feedback)].append(quote)
        found[number] = [
            Asker(
                person=person,
                quotes=tuple(said),
                promises=tuple(promised.get((number, person), ())),
                told=tuple(told.get((number, person), ())),
            )
            for person, said in quotes.items()
        ]
    return found


def told_views(
    read: sqlite3.Connection, now: datetime, pain_point_id: int | None = None
) -> list[ToldView]:
    """Everybody who was told, is about to be or is not to be; the latest first."""
    rows = [
        codec.told(row) for row in _of(read, "told", pain_point_id)
    ]  # fmt: skip
    said = queries.feedback_many(read, [one.feedback_id for one in rows])
    drafts = _drafts(read, (one.draft_id for one in rows), now)
    return [
        ToldView(
            told=one,
            person=person_of(said[one.feedback_id]),
            feedback=said[one.feedback_id],
            draft=drafts.get(one.draft_id or 0),
        )
        for one in rows
    ]


def _drafts(
    read: sqlite3.Connection, ids: Iterable[int | None], now: datetime
) -> dict[int, DraftView]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    return {
        view.draft.id: view
        for view in outbox.drafts(read, now, every=True)
        if view.draft.id in wanted
    }


def _promises(
    read: sqlite3.Connection, pain_point_id: int | None
) -> list[tuple[Promise, str]]:
    rows = [codec.promise(row) for row in _of(read, "promise", pain_point_id)]
    said = queries.feedback_many(read, [one.feedback_id for one in rows])
    return [(one, person_of(said[one.feedback_id])) for one in rows]


def _of(
    read: sqlite3.Connection, table: str, pain_point_id: int | None
) -> list[codec.Row]:
    return read.execute(
        f"SELECT * FROM {table} WHERE pain_point_id = coalesce(?, pain_point_id)"
        " ORDER BY at DESC, id DESC",
        (pain_point_id,),
    ).fetchall()


def _when(quote: Quote) -> tuple[int, int]:
    return quote.feedback.id, quote.evidence.id
