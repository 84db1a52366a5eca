"""Reply, redraft, drop: what a person wants another service to be told."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from triage.draft import Draft
from triage.errors import UsageError
from triage.model import Feedback
from triage.operations.changes import added, edited, moment
from triage.operations.labels import named, naming, quoted
from triage.step import Change, Step

LONGEST = 100_000
"""Characters of a text at most, where the service sets no limit."""

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def checked(text: str, longest: int | None) -> str:
    """
    The text as it is sent: no white space at the end of a line or of it all.

    Raises:
        UsageError: It is empty, too long, or holds characters that command a screen.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    told = "\n".join(line.rstrip() for line in lines).strip()
    if not told:
        raise UsageError("there are no words in it; nothing was written")
    unfit = _CONTROLS.search(told)
    if unfit:
        raise UsageError(
            f"character {unfit.start() + 1:,} is a control character"
            f" (U+{ord(unfit.group()):04X}), which no service should be told; remove it"
        )
    most = LONGEST if longest is None else longest
    if len(told) > most:
        raise UsageError(
            f"it is {len(told) - most:,} characters too long: {len(told):,} of"
            f" {most:,} at most; nothing was written"
        )
    return told


def reply(
    pairs: Sequence[tuple[Draft | None, Draft]], feedback: Sequence[Feedback]
) -> Step:
    """Replies to these feedback, each as its draft was, if there was one, and is."""
    new = [after for before, after in pairs if before is None]
    changes = [added("draft", one.id, columns(one)) for one in new]
    changes += _changed([(old, after) for old, after in pairs if old is not None])
    texts = {after.text for _, after in pairs}
    what = quoted(texts.pop()) if len(texts) == 1 else "words for each"
    verb = "Drafted" if new else "Drafted anew"
    label = f"{verb} a reply to {naming(feedback)}: {what}"
    return Step("reply", named(label), tuple(changes))


def redraft(before: Draft, after: Draft) -> Step:
    """A draft says something else."""
    label = f"Changed {before.short}: {quoted(after.text)}"
    return Step("reply", named(label), tuple(_changed([(before, after)])))


def drop(drafts: Sequence[Draft]) -> Step:
    """These are not to be sent after all."""
    label = "Dropped " + ", ".join(f"{one.short} {quoted(one.text)}" for one in drafts)
    pairs = [(one, replace(one, dropped=True)) for one in drafts]
    return Step("drop", named(label), tuple(_changed(pairs)))


def _changed(pairs: Sequence[tuple[Draft, Draft]]) -> list[Change]:
    found = [
        edited("draft", before.id, columns(before), columns(after))
        for before, after in pairs
    ]
    return [change for change in found if change is not None]


def columns(draft: Draft) -> Mapping[str, Any]:
    """A draft as its row has it."""
    return {
        "source": draft.source,
        "act": draft.act,
        "key": draft.key,
        "feedback_id": draft.feedback_id,
        "pain_point_id": draft.pain_point_id,
        "title": draft.title,
        "text": draft.text,
        "details": json.dumps(dict(draft.details), separators=(",", ":")),
        "dropped": int(draft.dropped),
        "at": moment(draft.at),
        "by": draft.by,
    }
