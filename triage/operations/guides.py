"""Write, change and remove interview guides, kept by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from triage.errors import UsageError
from triage.operations.changes import added, edited, moment, removed
from triage.operations.labels import named, quoted
from triage.research import KINDS, Guide
from triage.step import Step

LONGEST = 100_000
"""Characters of a guide at most."""

LONGEST_NAME = 80


def add(guide: Guide, taken: Collection[str]) -> Step:
    """A new guide; ``taken`` are the names of those there are."""
    told = checked(guide, taken)
    return Step(
        "guide",
        named(f"Wrote the guide {quoted(told.name)}"),
        (added("guide", told.id, columns(told)),),
    )


def change(before: Guide, after: Guide, taken: Collection[str]) -> Step:
    """A guide says something else or is called otherwise; only what differs."""
    others = [name for name in taken if name != before.name]
    told = checked(after, others)
    done = edited("guide", before.id, columns(before), columns(told))
    names = ", ".join(done.after or ()) if done else "nothing"
    return Step(
        "guide",
        named(f"Changed the guide {quoted(told.name)}: {names}"),
        (done,) if done else (),
    )


def remove(guide: Guide) -> Step:
    """A guide goes; sessions that followed it keep its name."""
    return Step(
        "guide",
        named(f"Removed the guide {quoted(guide.name)}"),
        (removed("guide", guide.id, columns(guide)),),
    )


def checked(guide: Guide, taken: Collection[str]) -> Guide:
    """
    The guide as it is kept: its name on one line, its text ending in one.

    Raises:
        UsageError: The name is missing, too long or another's; the text is missing or
            too long; or it is no kind of session.
    """
    name = " ".join(guide.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise UsageError(f"a guide needs a name of at most {LONGEST_NAME} characters")
    if name.casefold() in {one.casefold() for one in taken}:
        raise UsageError(f"there is a guide {name!r} already; `triage guide edit` it")
    text = guide.text.replace("\r\n", "\n").rstrip()
    if not text:
        raise UsageError("a guide without a line asks nothing; give it some text")
    if len(text) > LONGEST:
        raise UsageError(f"a guide of {len(text):,} characters: {LONGEST:,} at most")
    if guide.kind not in KINDS:
        raise UsageError(f"nobody is heard by {guide.kind}; {', '.join(KINDS)}")
    return replace(guide, name=name, text=f"{text}\n")


def columns(guide: Guide) -> Mapping[str, Any]:
    """A row of ``guide``, without its key."""
    return {
        "name": guide.name,
        "kind": str(guide.kind),
        "language": guide.language,
        "text": guide.text,
        "at": moment(guide.at),
        "by": guide.by,
    }
