"""Track, file, comment, refer: what is planned at a tracker, and what it is told."""

from __future__ import annotations

from triage.draft import Draft
from triage.model import PainPoint, RoadmapItem, RoadmapLink
from triage.operations.changes import added
from triage.operations.drafts import columns
from triage.operations.labels import named, quoted
from triage.operations.roadmap import item_columns, link_columns
from triage.step import Change, Step


def track(
    item: RoadmapItem, pain_point: PainPoint | None, link: RoadmapLink | None
) -> Step:
    """Something planned at a tracker stands on the roadmap, and may settle a pain."""
    changes = [added("roadmap_item", item.id, item_columns(item))]
    label = f"Planned {_name(item)}, {item.key} at {item.tracker}"
    if pain_point is not None and link is not None:
        changes.append(added("roadmap_link", link.id, link_columns(link)))
        label += f", for {pain_point.short} {quoted(pain_point.title)}"
    return Step("plan", named(label), tuple(changes))


def file(
    pain_point: PainPoint, item: RoadmapItem, link: RoadmapLink, draft: Draft
) -> Step:
    """A plan that would settle a pain point, and the draft that creates it there."""
    return Step(
        "file",
        named(
            f"Filed {pain_point.short} {quoted(pain_point.title)} as {item.short} at"
            f" {item.tracker}: {draft.short} waits"
        ),
        (
            added("roadmap_item", item.id, item_columns(item)),
            added("roadmap_link", link.id, link_columns(link)),
            _drafted(draft),
        ),
    )


def file_again(item: RoadmapItem, change: Change | None, draft: Draft) -> Step:
    """A plan of ours is to be created at a tracker; ``change`` says where."""
    changes = (_drafted(draft),) if change is None else (change, _drafted(draft))
    label = f"Filed {_name(item)} at {draft.source}: {draft.short} waits"
    return Step("file", named(label), changes)


def comment(item: RoadmapItem, draft: Draft) -> Step:
    """Its tracker is to be told what is new."""
    label = f"Drafted a comment on {_name(item)}: {quoted(draft.text)}"
    return Step("comment", named(label), (_drafted(draft),))


def refer(item: RoadmapItem, draft: Draft) -> Step:
    """It is to lead to where somebody said so."""
    label = f"Drafted a link from {_name(item)} to {draft.details['url']}"
    return Step("refer", named(label), (_drafted(draft),))


def _drafted(draft: Draft) -> Change:
    return added("draft", draft.id, columns(draft))


def _name(item: RoadmapItem) -> str:
    return f"{item.short} {quoted(item.title)}"
