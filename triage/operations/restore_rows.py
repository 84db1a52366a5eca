"""Restore: what a CSV says, brought together with what is known here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from triage.model import RoadmapItem
from triage.operations.restore import Face, Told, face


def settled(told: Told, known: Collection[Face], items: Iterable[RoadmapItem]) -> Told:
    """
    What such a file adds.

    A pain point that stands here keeps its own quotes: those of the file are the same
    ones, without who said them. ``r2`` is the item of that id where the pain point
    itself is known here, a key is the item of that key, whoever tracks it.

    Args:
        known: Faces of the pain points that stand here.
    """
    ours = {one.id for one in told.pain_points if face(one) in known}
    evidence = tuple(one for one in told.evidence if one.pain_point_id not in ours)
    cited = {one.feedback_id for one in evidence}
    here = list(items)
    by_key = {item.key: item for item in here if item.key}
    by_id = {item.id: item for item in here}
    linked_by_ours = {
        one.roadmap_item_id for one in told.links if one.pain_point_id in ours
    }
    meant: dict[int, RoadmapItem] = {}
    for item in told.roadmap_items:
        found = by_key.get(item.key) if item.key else None
        if not item.key and item.id in linked_by_ours:
            found = by_id.get(item.id)
        meant[item.id] = found or item
    return replace(
        told,
        feedback=tuple(one for one in told.feedback if one.id in cited),
        evidence=evidence,
        roadmap_items=tuple({item.id: item for item in meant.values()}.values()),
        links=tuple(
            replace(one, roadmap_item_id=meant[one.roadmap_item_id].id)
            for one in told.links
        ),
    )
