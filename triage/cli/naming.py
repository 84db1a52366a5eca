"""From ids, typed or piped, to the feedback they mean: all of it or none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from triage.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from triage.model import Disposition, Feedback
    from triage.workspace import Workspace


def named(ids: Sequence[str]) -> list[str]:
    """These ids, with those on standard input for ``-`` or where none was given."""
    found: list[str] = []
    for one in ids:
        found.extend(_piped() if one == "-" else [one])
    if not ids and not sys.stdin.isatty():
        found = _piped()
    if not found:
        raise UsageError("no id was given; ids look like f12 or g12")
    return list(dict.fromkeys(found))


def waiting(workspace: Workspace, ids: Sequence[str]) -> list[Feedback]:
    """The feedback these ids mean; of a group, its members in the inbox."""
    now = workspace.clock()
    return _meant(workspace, ids, lambda at: stands_in_inbox(at, now), "in the inbox")


def decided(workspace: Workspace, ids: Sequence[str]) -> list[Feedback]:
    """The feedback these ids mean; of a group, its members not in the inbox."""
    now = workspace.clock()
    return _meant(
        workspace, ids, lambda at: not stands_in_inbox(at, now), "out of the inbox"
    )


def members(workspace: Workspace, name: str) -> list[Feedback]:
    """One feedback, or all of a group."""
    if is_group(name):
        return [member.feedback for member in workspace.group(name).members]
    return [workspace.feedback(name)]


def is_group(name: str) -> bool:
    """Whether the id is of a group."""
    return name[:1].casefold() == "g"


def stands_in_inbox(disposition: Disposition | None, now: datetime) -> bool:
    """Whether it waits to be read: never decided on, or its snooze is over."""
    from triage.model import State

    return disposition is None or disposition.standing(now) is State.INBOX


def _meant(
    workspace: Workspace,
    ids: Sequence[str],
    wanted: Callable[[Disposition | None], bool],
    place: str,
) -> list[Feedback]:
    found: dict[int, Feedback] = {}
    for name in named(ids):
        if not is_group(name):
            one = workspace.feedback(name)
            found[one.id] = one
            continue
        group = workspace.group(name)
        chosen = [
            member.feedback for member in group.members if wanted(member.disposition)
        ]
        if not chosen:
            raise UsageError(f"{group.short} has nobody {place}; name feedback instead")
        found.update((one.id, one) for one in chosen)
    return list(found.values())


def _piped() -> list[str]:
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    whole = _parsed(text)
    if whole is not None:
        return _ids_of(whole)
    found: list[str] = []
    for line in text.splitlines():
        value = _parsed(line)
        found.extend(line.split()[:1] if value is None else _ids_of(value))
    return found


def _parsed(text: str) -> Any:
    """The JSON object or array the text is; None where it is neither."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _ids_of(value: Any) -> list[str]:
    """Ids in one of our listings, or in a line of one."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for one in value for name in _ids_of(one)]
    if isinstance(value, dict):
        for key in ("id", "short"):
            if isinstance(value.get(key), str):
                return [value[key]]
        for key in ("feedback", "groups", "pain_points", "quarantined", "drafts"):
            if isinstance(value.get(key), list):
                return _ids_of(value[key])
    raise UsageError("standard input holds JSON without ids; give `triage list --json`")
