"""Plan, reschedule, link, unlink: what is planned, and which pain it would settle."""

from __future__ import annotations

from typing import Any

from triage.errors import UsageError
from triage.model import PainPoint, RoadmapItem, RoadmapLink
from triage.operations.changes import added, edited, removed
from triage.operations.labels import named, quoted
from triage.step import Step


def plan(item: RoadmapItem) -> Step:
    """Something new on the roadmap."""
    if not item.title.strip():
        raise UsageError("a roadmap item needs a title")
    return Step(
        "plan",
        named(f"Planned {_name(item)} for {item.horizon}"),
        (added("roadmap_item", item.id, item_columns(item)),),
    )


def reschedule(before: RoadmapItem, after: RoadmapItem) -> Step:
    """When, how far, where, whose: whatever a person set; only what differs."""
    if not after.title.strip():
        raise UsageError("a roadmap item needs a title")
    change = edited(
        "roadmap_item", before.id, item_columns(before), item_columns(after)
    )
    return Step(
        "plan",
        named(f"Changed {_name(before)}: {after.horizon}, {after.status}"),
        (change,) if change else (),
    )


def link(pain_point: PainPoint, item: RoadmapItem, link: RoadmapLink) -> Step:
    """This item would settle that pain point, fully or in part."""
    return Step(
        "link",
        named(f"Linked {pain_point.short} {quoted(pain_point.title)} to {_name(item)}"),
        (added("roadmap_link", link.id, link_columns(link)),),
    )


def unlink(pain_point: PainPoint, item: RoadmapItem, link: RoadmapLink) -> Step:
    """It would not, after all."""
    return Step(
        "unlink",
        named(
            f"Unlinked {pain_point.short} {quoted(pain_point.title)} from {_name(item)}"
        ),
        (removed("roadmap_link", link.id, link_columns(link)),),
    )


def _name(item: RoadmapItem) -> str:
    return f"{item.short} {quoted(item.title)}"


def item_columns(item: RoadmapItem) -> dict[str, Any]:
    """A plan as its table has it."""
    return {
        "title": item.title,
        "horizon": item.horizon.value,
        "status": item.status.value,
        "tracker": item.tracker,
        "key": item.key,
        "url": item.url,
        "owner": item.owner,
        "target": item.target,
    }


def link_columns(link: RoadmapLink) -> dict[str, Any]:
    """A link as its table has it."""
    return {
        "pain_point_id": link.pain_point_id,
        "roadmap_item_id": link.roadmap_item_id,
        "extent": link.extent.value,
    }
