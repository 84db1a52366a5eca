"""Restore: a backlog that was exported, built again as one step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from triage.model import Evidence, Feedback, PainPoint, RoadmapItem, RoadmapLink
from triage.operations import pain_points, restore_planning, roadmap, triage
from triage.planning import Estimate, Story
from triage.step import Change, Step

Noun = PainPoint | RoadmapItem | Evidence | Story
"""What is known again when it comes back, whatever its id."""

Face = tuple[object, ...]
"""What makes a row the same one, whatever its id is here."""

TABLES = (
    "pain_point", "evidence", "roadmap_item", "roadmap_link", "estimate", "story",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    What a backlog file says, with the ids it uses.

    Attributes:
        feedback: Each cited feedback once; ``id`` is its position.
        evidence: ``feedback_id`` is such a position.
        estimates: By pain point and name; their own ids say nothing.
    """

    feedback: tuple[Feedback, ...] = ()
    pain_points: tuple[PainPoint, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    roadmap_items: tuple[RoadmapItem, ...] = ()
    links: tuple[RoadmapLink, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """
    What this workspace has.

    Attributes:
        feedback: By its position in the file: the same feedback as stored here.
        dispositions: Where that feedback stands; none for the inbox.
        faces: Table to id to every face the journal remembers, also of rows undone.
        links: Pairs of pain point and roadmap item.
        estimates: Pairs of pain point and name.
        heard: By id, quotes that stand here of those who were heard in person: they
            may have left without a name, and so in other words.
        standing: Table to the ids of the rows that are there now.
        first: Table to the first id that was never handed out.
    """

    feedback: Mapping[int, Feedback] = field(default_factory=dict)
    dispositions: triage.Dispositions = field(default_factory=dict)
    faces: Mapping[str, Mapping[int, frozenset[Face]]] = field(default_factory=dict)
    links: frozenset[tuple[int, int]] = frozenset()
    estimates: frozenset[tuple[int, str]] = frozenset()
    heard: Mapping[int, Evidence] = field(default_factory=dict)
    standing: Mapping[str, frozenset[int]] = field(default_factory=dict)
    first: Mapping[str, int] = field(default_factory=dict)


def restore(told: Told, here: Here) -> Step:
    """
    What the file has and this workspace lacks; what stands here is left as it stands.

    An id is kept where it is free. A pain point is known again by the moment it was
    made and any title it ever had here, so that restoring twice changes nothing.
    Feedback that becomes evidence by this leaves the inbox.
    """
    points = _placed("pain_point", told.pain_points, here)
    items = _placed("roadmap_item", told.roadmap_items, here)
    evidence = [
        _as_here(
            replace(
                one,
                pain_point_id=points[one.pain_point_id],
                feedback_id=here.feedback[one.feedback_id].id,
            ),
            here.heard.get(one.id),
        )
        for one in told.evidence
    ]
    quotes = _placed("evidence", evidence, here)
    stories = [
        replace(one, pain_point_id=points[one.pain_point_id]) for one in told.stories
    ]
    quoted = [
        one for one in evidence if quotes[one.id] not in here.standing["evidence"]
    ]
    changes = (
        *_points(told, here, points),
        *_evidence(quoted, told, here, points, quotes),
        *_items(told, here, items),
        *_links(told, here, points, items),
        *restore_planning.estimates(
            told.estimates, here.estimates, here.first["estimate"], points, quotes
        ),
        *restore_planning.stories(
            stories, here.standing["story"], _placed("story", stories, here), quotes
        ),
        *_accepted(quoted, here),
    )
    return Step("restore", f"Restored {_what(changes)}", changes)


def face(noun: Noun) -> Face:
    """When it was made and what it says; its key in a tracker; which words of what."""
    if isinstance(noun, PainPoint):
        return (noun.created_at, noun.title)
    if isinstance(noun, RoadmapItem):
        return (noun.tracker, noun.key) if noun.key else (noun.title,)
    if isinstance(noun, Story):
        return (noun.pain_point_id, noun.at, noun.role, noun.want)
    return (noun.pain_point_id, noun.feedback_id, noun.quote, noun.start, noun.end)


def counted(changes: Sequence[Change]) -> Counter[str]:
    """How many rows of each table a restore adds."""
    return Counter(change.table for change in changes)


def _what(changes: Sequence[Change]) -> str:
    found = counted(changes)
    for table, one, many in (
        ("pain_point", "pain point", "pain points"),
        ("evidence", "quote", "quotes"),
        ("roadmap_item", "roadmap item", "roadmap items"),
        ("story", "story", "stories"),
        ("estimate", "estimate", "estimates"),
    ):
        if found[table]:
            return f"{found[table]} {one if found[table] == 1 else many}"
    return f"{found['roadmap_link']} links"


def _placed(table: str, told: Sequence[Noun], here: Here) -> dict[int, int]:
    """Where each stands here, or will stand: the file's id to ours."""
    standing = here.standing[table]
    known = here.faces[table]
    ids_of: dict[Face, list[int]] = defaultdict(list)
    for here_id in sorted(known):
        for one in known[here_id]:
            ids_of[one].append(here_id)
    placed: dict[int, int] = {}
    taken: set[int] = set()
    # Those that stand before those that were undone; the same id before another.
    for must_stand, same_id in product((True, False), repeat=2):
        for noun in told:
            if noun.id in placed:
                continue
            for here_id in ids_of[face(noun)]:
                if (
                    here_id not in taken
                    and (here_id in standing or not must_stand)
                    and (here_id == noun.id or not same_id)
                ):
                    placed[noun.id] = here_id
                    taken.add(here_id)
                    break
    new = [noun.id for noun in told if noun.id not in placed]
    return placed | _free(new, here.first[table])


def _as_here(told: Evidence, known: Evidence | None) -> Evidence:
    """A quote in the words it has here, where it is the same one."""
    of = told.pain_point_id, told.feedback_id
    if known is None or of != (known.pain_point_id, known.feedback_id):
        return told
    return replace(told, quote=known.quote, start=known.start, end=known.end)


def _free(wished: Sequence[int], first: int) -> dict[int, int]:
    """Each wish where nobody ever had that id, and the next ids for the others."""
    kept = {wish for wish in wished if wish >= first}
    following = max(kept, default=first - 1) + 1
    given: dict[int, int] = {}
    for wish in wished:
        given[wish] = wish if wish in kept else following
        following += wish not in kept
    return given


def _points(told: Told, here: Here, points: Mapping[int, int]) -> Iterator[Change]:
    for one in told.pain_points:
        if points[one.id] not in here.standing["pain_point"]:
            yield from pain_points.capture(replace(one, id=points[one.id]))


def _evidence(
    quoted: Sequence[Evidence],
    told: Told,
    here: Here,
    points: Mapping[int, int],
    quotes: Mapping[int, int],
) -> Iterator[Change]:
    by_id = {points[one.id]: one for one in told.pain_points}
    feedback = {one.id: one for one in here.feedback.values()}
    for one in quoted:
        yield from pain_points.attach(
            feedback[one.feedback_id],
            by_id[one.pain_point_id],
            replace(one, id=quotes[one.id]),
        ).changes


def _items(told: Told, here: Here, items: Mapping[int, int]) -> Iterator[Change]:
    for one in told.roadmap_items:
        if items[one.id] not in here.standing["roadmap_item"]:
            yield from roadmap.plan(replace(one, id=items[one.id])).changes


def _links(
    told: Told, here: Here, points: Mapping[int, int], items: Mapping[int, int]
) -> Iterator[Change]:
    by_id = {one.id: one for one in told.pain_points}
    planned = {one.id: one for one in told.roadmap_items}
    following = here.first["roadmap_link"]
    for one in told.links:
        pair = points[one.pain_point_id], items[one.roadmap_item_id]
        if pair in here.links:
            continue
        moved = replace(
            one, id=following, pain_point_id=pair[0], roadmap_item_id=pair[1]
        )
        yield from roadmap.link(
            by_id[one.pain_point_id], planned[one.roadmap_item_id], moved
        ).changes
        following += 1


def _accepted(quoted: Sequence[Evidence], here: Here) -> tuple[Change, ...]:
    gaining = {one.feedback_id for one in quoted}
    waiting = {
        one.id: one
        for one in here.feedback.values()
        if one.id in gaining and one.id not in here.dispositions
    }
    return triage.accept([waiting[key] for key in sorted(waiting)], {})
