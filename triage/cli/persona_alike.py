"""persona alike: who behaves alike and is worth one persona, and who does not."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from triage.cli.output import count, emit, emit_json, note
from triage.cli.persona import persona
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.workspace.alikeness import Alike, AlikeGroup, CrowdPair

SHOWN = 3
"""Pain points told of each pair."""

MOST = 12
"""Pairs told of a kind; --json has all."""


@verb(
    "alike", within=persona, schemas=("personas-alike",),
    example="triage persona alike",
)  # fmt: skip
def alike(session: Session, as_json: bool) -> None:
    """
    Suggest who is worth one persona, and which personas are two.

    People are compared by the pain point each is quoted for most: by plan, segment,
    country, channel, version, product, system and language, and by your personas and
    segments. Two crowds of at least 12 people are alike where a difference that matters
    would have shown and did not; docs/EMPATHY.md has the test.
    """
    found = session.open().alike()
    if as_json:
        emit_json("personas-alike", _of_alike(found))
        return
    for group in found.groups:
        _tell_group(group, found)
    for pair in found.named[:MOST]:
        emit(f"{_both(pair)} behave alike: one persona may do")
        _tell_pair(pair, found, named=False)
    for pair in found.lumped[:MOST]:
        emit(one_line(f"{pair.within} lumps together {_both(pair)}, who differ", 400))
        _tell_pair(pair, found, named=False)
    tested = len(found.pairs) - found.too_few
    if not found.groups and not found.named and not found.lumped:
        emit("Nothing to suggest.")
    told = f"{count(tested, 'pair')} told, {found.too_few:,} too few to say"
    note(f"{count(found.speakers, 'person', 'people')} quoted for pain points; {told}")


def _tell_group(group: AlikeGroup, found: Alike) -> None:
    names = ", ".join(group.names)
    emit(
        one_line(
            f"{group.field} {names}: {count(group.people, 'person', 'people')} who"
            " behave alike",
            400,
        )
    )
    for pair in group.pairs[:MOST]:
        _tell_pair(pair, found, named=len(group.pairs) > 1)
    if group.known:
        emit(f"    they are {one_line(group.known, 100)} already")
    else:
        called = f"{group.field} {' or '.join(group.names)}"[:80]
        line = shlex.join(["triage", "persona", "add", called, "--query", group.query])
        emit(f"    {one_line(line, 2_000)}")


def _tell_pair(pair: CrowdPair, found: Alike, *, named: bool) -> None:
    one = pair.compared
    begun = f"{_both(pair)}: " if named else ""
    told = "; ".join(
        f"{found.titles.get(share.pain_point, '')} (p{share.pain_point})"
        f" {share.left:.0%} and {share.right:.0%}"
        for share in one.shares[:SHOWN]
    )
    figures = (
        f"{begun}{one.left:,} and {one.right:,} people, distance"
        f" {one.distance or 0:.2f}, p {_chance(one.p)},"
        f" {_chance(one.adjusted)} for all compared"
    )
    emit(f"    {one_line(figures, 400)}")
    emit(f"    {one_line(told, 600)}")


def _both(pair: CrowdPair) -> str:
    return f"{pair.left.called} and {pair.right.called}"


def _chance(p: float | None) -> str:
    return "–" if p is None else "< 0.001" if p < 0.001 else f"{p:.3f}"


def _of_alike(found: Alike) -> dict[str, Any]:
    return {
        "speakers": found.speakers,
        "too_few": found.too_few,
        "groups": [
            {
                "field": group.field,
                "names": list(group.names),
                "query": group.query,
                "people": group.people,
                "known": group.known,
            }
            for group in found.groups
        ],
        "pairs": [_of_pair(one, found) for one in found.pairs],
    }


def _of_pair(pair: CrowdPair, found: Alike) -> dict[str, Any]:
    one = pair.compared
    return {
        "left": {"name": pair.left.name, "query": pair.left.query, "n": one.left},
        "right": {"name": pair.right.name, "query": pair.right.query, "n": one.right},
        "field": pair.left.field,
        "within": pair.within,
        "verdict": one.verdict.value,
        "distance": one.distance,
        "p": one.p,
        "adjusted": one.adjusted,
        "pains": [
            {
                "id": f"p{share.pain_point}",
                "title": found.titles.get(share.pain_point, ""),
                "left": share.left,
                "right": share.right,
            }
            for share in one.shares[:SHOWN]
        ],
    }
