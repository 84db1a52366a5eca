"""Backlogs for tests: as values, and as workspaces that hold one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from triage.connector import Incoming, Page
from triage.export import Backlog, Exporter, backlog_of
from triage.model import (
    Channel,
    Evidence,
    Extent,
    Feedback,
    Horizon,
    Importance,
    Kind,
    PainPoint,
    Priority,
    RoadmapItem,
    RoadmapLink,
)
from triage.scoring import Case, heard
from triage.store import evidence as store
from triage.store.views import PainView, Plan, Quote
from triage.workspace import Workspace

AS_OF = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(number: int, body: str = "Export loses rows", **told: Any) -> Feedback:
    """One feedback, a day apart from the next."""
    values: dict[str, Any] = {
        "id": number,
        "number": number,
        "source": "reviews",
        "external_id": str(number),
        "channel": Channel.REVIEW,
        "kind": Kind.FEEDBACK,
        "title": "",
        "body": body,
        "customer_id": number,
        "author": f"Person {number}",
        "received_at": AS_OF - timedelta(days=30 - number),
    }
    return Feedback(**(values | told))


def quoted(feedback: Feedback, pain_point_id: int = 1, **told: Any) -> Quote:
    """The whole body of it, as evidence."""
    values: dict[str, Any] = {
        "id": feedback.id,
        "pain_point_id": pain_point_id,
        "feedback_id": feedback.id,
        "quote": feedback.body,
        "start": 0,
        "end": len(feedback.body),
        "at": AS_OF,
        "by": "ada",
    }
    return Quote(evidence=Evidence(**(values | told)), feedback=feedback)


def view(
    point: PainPoint, quotes: Sequence[Quote] = (), plans: Sequence[Plan] = ()
) -> PainView:
    """A pain point with what speaks for it."""
    return PainView(
        pain_point=replace(point, created_at=point.created_at or AS_OF),
        quotes=tuple(quotes),
        plans=tuple(plans),
    )


def planned(item: RoadmapItem, pain_point_id: int = 1) -> Plan:
    """The item, settling that pain point in full."""
    link = RoadmapLink(
        id=item.id,
        pain_point_id=pain_point_id,
        roadmap_item_id=item.id,
        extent=Extent.FULL,
    )
    return Plan(item=item, link=link)


def backlog(*views: PainView, **told: Any) -> Backlog:
    """The backlog of these, in its order."""
    cases = [
        Case(
            pain_point=one.pain_point,
            heard=tuple(heard(q.evidence, q.feedback) for q in one.quotes),
            estimates=one.estimates,
        )
        for one in views
    ]
    items = {plan.item.id: plan.item for one in views for plan in one.plans}
    whole = zip(views, cases, strict=True)
    return backlog_of(whole, items.values(), AS_OF, **told)


def filled_with(text: str) -> Backlog:
    """A backlog of one pain point that says this text wherever something can be said."""
    one = said(
        1, text, title=text, author=text, company=text, source=text, url=text,
        context={"segment": text, "plan": [text]},
    )  # fmt: skip
    item = RoadmapItem(id=1, title=text, tracker=text, key=text, url=text)
    point = PainPoint(
        id=1, title=text, statement=text, story=text, acceptance=text, moscow=text,
        persona=text, owner=text, tags=(text, text),
    )  # fmt: skip
    return backlog(view(point, [quoted(one, by=text)], [planned(item)]))


def text_of(exporter: Exporter, backlog: Backlog) -> str:
    """What an exporter writes."""
    out = io.StringIO(newline="")
    exporter.write(backlog, out)
    return out.getvalue()


def exported(workspace: Workspace, to: str = "json") -> str:
    """What a workspace exports, dated always the same."""
    out = io.StringIO(newline="")
    workspace.export(to, out, as_of=AS_OF)
    return out.getvalue()


def tell(workspace: Workspace, source: str, *incoming: Incoming) -> None:
    """Store these as a source would."""
    with workspace.db.write() as write:
        source_id = store.ensure_source(write, source, "test")
        batch_id = store.begin_batch(write, source_id, "test", workspace.clock())
        store.save_page(
            write, source_id, batch_id, Page(incoming, None), workspace.clock()
        )


def decide(workspace: Workspace) -> None:
    """Two sources, three pain points, and a roadmap that settles one of them."""
    tell(workspace, "reviews", *(review(number) for number in range(1, 7)))
    tell(
        workspace, "mail",
        Incoming(
            external_id="<m1@mail>", channel=Channel.EMAIL, title="Dark mode, please",
            body="My eyes hurt at night.", author="Grace", email="grace@acme.example",
            company="Acme", received_at=AS_OF - timedelta(days=3),
            edited_at=AS_OF - timedelta(days=2), context={"plan": "pro", "mrr": 99.5},
            url="https://mail.example/1", thread="t1", language="en",
        ),
    )  # fmt: skip
    accept = workspace.accept
    accept([workspace.feedback(f"f{n}") for n in (2, 3, 4)], "Export loses rows")
    accept([workspace.feedback("f7")], "Too bright at night", importance=Importance(3))
    export = workspace.pain_point("p1").pain_point
    workspace.edit(
        export, severity=4, effort=0.5, confidence=0.8, reach=1200, impact=2,
        tags=("export", "csv"), persona="Analyst", owner="ada", moscow="must",
        statement="Rows go missing.", story="As an analyst …", acceptance="All rows.",
    )  # fmt: skip
    workspace.prioritise(workspace.pain_point("p2").pain_point, Priority.HIGH)
    workspace.capture("Nobody has said this yet")
    item = workspace.plan("Export anew", Horizon.NOW, tracker="jira", key="APP-1")
    workspace.link(workspace.pain_point("p1").pain_point, item, Extent.PARTIAL)
    workspace.plan("Nothing to do with it", url="https://tracker.example/2")


def review(number: int) -> Incoming:
    """A review that says the export loses rows."""
    return Incoming(
        external_id=f"r{number}",
        channel=Channel.REVIEW,
        title="Export" if number % 2 else "",
        body=f"The export lost {number} rows.\nTwice!",
        author=f"Reviewer {number % 4}",
        rating=float(number % 5 + 1),
        scale="1-5",
        metric="stars",
        received_at=AS_OF - timedelta(weeks=number),
    )
