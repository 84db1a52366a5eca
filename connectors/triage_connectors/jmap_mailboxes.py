"""Which mailboxes of an account are read: by role, by name or by path."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from triage.connector import ConfigError
from triage.text.display import one_line
from triage_connectors.jmap_api import Api
from triage_connectors.jmap_values import named, number, rows, text

EVERY: Final = "*"
_NEVER: Final = frozenset(
    {"sent", "drafts", "trash", "junk", "templates", "scheduled", "memos"}
)
_DEPTH: Final = 20


@dataclass(frozen=True, slots=True)
class Mailbox:
    """
    One mailbox.

    Attributes:
        path: Its name behind those of the mailboxes it lies in: "Support/EU".
        role: What it is for ("inbox", "sent", "trash"); "" for nothing special.
        count: Mails in it.
    """

    id: str
    path: str
    role: str
    count: int

    def is_called(self, wanted: str) -> bool:
        """Whether a person means this one by a role, a name or a path."""
        word = wanted.strip().strip("/").casefold()
        path = self.path.casefold()
        names = {path, path.rpartition("/")[2], self.role}
        return wanted == self.id or (bool(word) and word in names)


async def mailboxes(api: Api) -> list[Mailbox]:
    """Return all mailboxes of an account."""
    wanted = ["id", "name", "parentId", "role", "totalEmails"]
    answer = await api.one("Mailbox/get", ids=None, properties=wanted)
    told = {text(row, "id"): row for row in rows(answer.values, "list")}
    return [
        Mailbox(
            id=name,
            path=_path(told, name),
            role=str(row.get("role") or "").lower(),
            count=number(row, "totalEmails", 0),
        )
        for name, row in told.items()
    ]


def chosen(there: Sequence[Mailbox], wanted: Sequence[str]) -> list[Mailbox]:
    """
    Return the mailboxes that are wanted.

    Mail we sent, drafts, junk and what was thrown away are read only where they are
    named: "*" leaves them out.
    """
    found: dict[str, Mailbox] = {}
    for one in wanted:
        if one.strip() == EVERY:
            found |= {box.id: box for box in there if box.role not in _NEVER}
        else:
            box = _meant(there, one)
            found[box.id] = box
    return sorted(found.values(), key=lambda box: box.id)


def _meant(there: Sequence[Mailbox], wanted: str) -> Mailbox:
    found = [box for box in there if box.is_called(wanted)]
    exact = [
        box for box in found if box.path.casefold() == wanted.strip("/").casefold()
    ]
    role = [box for box in found if box.role == wanted.casefold()]
    for fitting in (found, role, exact):
        if len(fitting) == 1:
            return fitting[0]
    paths = [one_line(box.path, 60) for box in (found or there)]
    if found:
        raise ConfigError(
            f"several mailboxes are called {wanted!r}; name one of them whole:"
            f" {named(paths)}"
        )
    near = difflib.get_close_matches(wanted, paths, 1, 0.7)
    hint = f"did you mean {near[0]}?" if near else f"there are {named(paths)}"
    raise ConfigError(f"there is no mailbox {wanted!r}; {hint}")


def _path(told: Mapping[str, Mapping[str, Any]], name: str) -> str:
    """Return a mailbox's path; one that lies in itself ends where that shows."""
    parts: list[str] = []
    at = name
    while at in told and len(parts) < _DEPTH:
        parts.insert(0, str(told[at].get("name") or at))
        at = str(told[at].get("parentId"))
    return "/".join(parts)
