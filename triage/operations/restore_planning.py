"""Restore: the estimates and stories of a backlog that are not here yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict

from triage.operations.changes import added, moment
from triage.planning import Estimate, Story
from triage.step import Change


def estimates(
    told: Sequence[Estimate],
    known: Collection[tuple[int, str]],
    first: int,
    points: Mapping[int, int],
    quotes: Mapping[int, int],
) -> Iterator[Change]:
    """
    Those whose pain point has no estimate of that name; ids count on from ``first``.

    Args:
        known: Pairs of a pain point here and a name.
        points: A pain point's id in the file to the one here; ``quotes`` alike.
    """
    following = first
    for one in told:
        here = points[one.pain_point_id]
        if (here, one.name) in known:
            continue
        columns = {
            "pain_point_id": here,
            "name": one.name,
            "value": one.value,
            "evidence": _cited(one.evidence, quotes),
            "reason": one.reason,
            "at": moment(one.at),
            "by": one.by,
        }
        yield added("estimate", following, columns)
        following += 1


def stories(
    told: Sequence[Story],
    standing: Collection[int],
    placed: Mapping[int, int],
    quotes: Mapping[int, int],
) -> Iterator[Change]:
    """
    Those that do not stand here; their pain points are those here already.

    Args:
        placed: A story's id in the file to the one it has, or will have, here.
    """
    for one in told:
        if placed[one.id] in standing:
            continue
        criteria = [asdict(each) for each in one.criteria]
        columns = {
            "pain_point_id": one.pain_point_id,
            "role": one.role,
            "want": one.want,
            "benefit": one.benefit,
            "context": one.context,
            "criteria": json.dumps(criteria, ensure_ascii=False, separators=(",", ":")),
            "evidence": _cited(one.evidence, quotes),
            "assumption": int(one.assumption),
            "at": moment(one.at),
            "by": one.by,
        }
        yield added("story", placed[one.id], columns)


def _cited(evidence: Sequence[int], quotes: Mapping[int, int]) -> str:
    """What it cites of the file, by the ids here."""
    return json.dumps(sorted(quotes[one] for one in evidence if one in quotes))
