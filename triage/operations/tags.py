"""Tag, own, rename: what people pin on feedback, set and never toggled."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from triage.errors import UsageError
from triage.model import Feedback, Label, PainPoint
from triage.operations import pain_points
from triage.operations.changes import added, edited, removed
from triage.operations.labels import named, naming
from triage.step import Change, Step

Labels = Mapping[int, Label]
"""Feedback id to what is pinned on it; one with nothing pinned has no entry."""

LONGEST = 60
"""Characters of a tag or an owner at most."""


def folded(name: str) -> str:
    """What makes two tags one: neither case, accents nor spacing tell them apart."""
    folds = unicodedata.normalize("NFKD", name).casefold()
    plain = unicodedata.normalize("NFKD", folds)
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(bare.split())


def tag(
    feedback: Sequence[Feedback],
    now: Labels,
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    known: Mapping[str, str],
) -> Step:
    """
    These get some tags and lose others; those they had before keep their order.

    Args:
        known: Every tag there is, folded, to as it was first written.
    """
    new, gone = tidied(add, known), tidied(remove, known)
    both = sorted(new.keys() & gone.keys())
    if both:
        raise UsageError(f"{new[both[0]]} is added and removed at once")
    if not new and not gone:
        raise UsageError("no tag was named; for example --add billing")
    changes: list[Change] = []
    for one in feedback:
        before = now.get(one.id, Label(feedback_id=one.id))
        kept = {folded(name): name for name in before.tags if folded(name) not in gone}
        tags = tuple({**new, **kept}[key] for key in {**kept, **new})
        changes += _changed(now.get(one.id), replace(before, tags=tags))
    words = [f"+{name}" for name in new.values()]
    words += [f"-{name}" for name in gone.values()]
    return Step(
        "tag", named(f"Tagged {naming(feedback)}: {' '.join(words)}"), tuple(changes)
    )


def own(feedback: Sequence[Feedback], now: Labels, owner: str) -> Step:
    """These are looked after by somebody; by nobody for ""."""
    name = unicodedata.normalize("NFC", " ".join(owner.split()))
    _refuse_unfit("owner", name)
    changes: list[Change] = []
    for one in feedback:
        before = now.get(one.id, Label(feedback_id=one.id))
        changes += _changed(now.get(one.id), replace(before, owner=name))
    told = f"to {name}" if name else "to nobody"
    return Step("own", named(f"Gave {naming(feedback)} {told}"), tuple(changes))


def rename(
    labels: Sequence[Label],
    points: Sequence[PainPoint],
    old: str,
    new: str,
    retagged: Sequence[Change] = (),
    *,
    known: Mapping[str, str],
) -> Step:
    """
    A tag is called something else wherever it is; where both were, one is left.

    The same name in another spelling is written as given, to put a spelling right.

    Args:
        retagged: The same of highlights, as ``highlights.retag`` gives it.
    """
    wanted = called(old, new, known)
    changes: list[Change] = []
    for label in labels:
        changes += _changed(
            label, replace(label, tags=renamed(label.tags, old, wanted))
        )
    for point in points:
        after = replace(point, tags=renamed(point.tags, old, wanted))
        changes += pain_points.edit(point, after).changes
    many = sum(change.table == "label" for change in changes)
    return Step(
        "rename",
        named(
            f"Renamed tag “{known.get(folded(old), old)}” to “{wanted}”"
            f" on {many} feedback and {_pain_points(len(changes) - many)}"
            f"{_highlights(len(retagged))}"
        ),
        (*changes, *retagged),
    )


def called(old: str, new: str, known: Mapping[str, str]) -> str:
    """What a tag is called from now on: as another of that name is, else as given."""
    others = {key: name for key, name in known.items() if key != folded(old)}
    (wanted,) = tidied([new], others).values()
    return wanted


def _highlights(many: int) -> str:
    return f" and {many} highlight{'' if many == 1 else 's'}" if many else ""


def _pain_points(many: int) -> str:
    return f"{many} pain point{'' if many == 1 else 's'}"


def renamed(tags: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """The tags with one called something else; where both were, one is left."""
    if folded(old) not in map(folded, tags):
        return tags
    found: dict[str, str] = {}
    for name in tags:
        is_it = folded(name) in {folded(old), folded(new)}
        found.setdefault(folded(new) if is_it else folded(name), new if is_it else name)
    return tuple(found.values())


def tidied(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """
    Folded name to the name as it is written: as ``known`` has it, else as given.

    Raises:
        UsageError: One is empty, too long or holds a comma.
    """
    found: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFC", " ".join(name.split()))
        if not folded(plain):
            raise UsageError("a tag is empty; give it a name, for example billing")
        if "," in plain:
            raise UsageError(f"{plain!r} has a comma; name several tags one by one")
        _refuse_unfit("tag", plain)
        found.setdefault(folded(plain), known.get(folded(plain), plain))
    return found


def _refuse_unfit(what: str, name: str) -> None:
    if len(name) > LONGEST:
        raise UsageError(f"{name[:20]}… is too long for a {what}: {LONGEST} at most")
    if not name.isprintable():
        raise UsageError(f"{name!r} is no name for a {what}; use letters and digits")


def _changed(before: Label | None, after: Label) -> list[Change]:
    says_nothing = not after.tags and not after.owner
    if before is None:
        row = after.feedback_id
        return [] if says_nothing else [added("label", row, _columns(after))]
    if says_nothing:
        return [removed("label", before.feedback_id, _columns(before))]
    change = edited("label", before.feedback_id, _columns(before), _columns(after))
    return [change] if change else []


def _columns(label: Label) -> dict[str, Any]:
    return {
        "tags": json.dumps(list(label.tags), separators=(",", ":")),
        "owner": label.owner,
    }
