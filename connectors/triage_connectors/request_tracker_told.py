"""What a Request Tracker tells of a message becomes feedback, or our own side's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from triage.connector import Incoming
from triage.text import headers, mail_kind
from triage.text.html import to_text
from triage.text.mime import Body
from triage.text.reply import latest
from triage_connectors import desk, payload
from triage_connectors.desk import Talk, Who

TAGS: Final = "tags"
"""The name in ``fields`` whose values are no attribute of the customer."""

_STATUS: Final = {
    "new": "new",
    "open": "open",
    "stalled": "pending",
    "resolved": "solved",
    "rejected": "closed",
    "deleted": "closed",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """
    What the messages of some transactions consist of, by transaction.

    Attributes:
        texts: Those that are the message itself, be it as text or as HTML.
        files: Those that were attached, without what is in them.
        heads: The header each came with.
    """

    texts: Mapping[str, Sequence[payload.Values]] = field(default_factory=dict)
    files: Mapping[str, Sequence[payload.Values]] = field(default_factory=dict)
    heads: Mapping[str, Sequence[payload.Values]] = field(default_factory=dict)


def by_transaction(
    rows: Sequence[dict[str, Any]],
) -> dict[str, Sequence[dict[str, Any]]]:
    """Return parts by the transaction they are of, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(payload.must_be_key(row, "TransactionId"), []).append(row)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Ticket:
    """
    A ticket as it is now.

    Attributes:
        name: Its number; of one merged into another, the other's.
        requestors: Whose it is.
    """

    name: str
    row: Mapping[str, Any]
    requestors: Sequence[dict[str, Any]]

    @property
    def askers(self) -> frozenset[str]:
        """The names of its requestors' accounts."""
        return frozenset(payload.text(one, "Name") for one in self.requestors)

    def talk(
        self, home: str, fields: Mapping[str, str], who: Mapping[str, Any]
    ) -> Talk:
        """Return the conversation it is, as far as one who speaks in it needs it."""
        values = {
            payload.text(one, "name"): payload.texts(one, "values")
            for one in payload.inside(self.row, "CustomFields")
        }
        wanted = {name: theirs for name, theirs in fields.items() if name != TAGS}
        known = desk.known(wanted, values)
        resolved = payload.moment(self.row, "Resolved")
        solved_at = resolved if resolved and resolved.year > 1970 else None
        said = payload.text(self.row, "Status").casefold()
        # A status of the desk's own making is over once the desk says when it was.
        status = _STATUS.get(said, "solved" if solved_at else "open")
        is_over = status in {"solved", "closed"}
        about: dict[str, Any] = {
            "status": status,
            "solved_at": solved_at.isoformat() if solved_at and is_over else "",
            "tags": values.get(fields.get(TAGS, ""), []),
        }
        return Talk(
            name=self.name,
            subject=payload.text(self.row, "Subject"),
            url=f"{home}/Ticket/Display.html?id={self.name}",
            company=known.company or payload.text(who, "Organization"),
            app_version=known.app_version,
            about=about,
            attributes=known.attributes,
        )


def who(person: payload.Values, *, is_ours: bool) -> Who:
    """Somebody by the name and address of their account."""
    name = payload.text(person, "Name")
    real = payload.text(person, "RealName")
    return Who(
        name=real or ("" if "@" in name else name),
        email=payload.text(person, "EmailAddress"),
        is_ours=is_ours,
    )


def said(
    talk: Talk, row: Mapping[str, Any], speaker: Who, parts: Parts
) -> Incoming | None:
    """
    Return one transaction as a message; None for what a machine sent of itself.

    Only what a customer's mail program says of a mail is believed about machines.
    """
    name = payload.must_be_key(row)
    texts = [_as_text(one) for one in parts.texts.get(name, ())]
    plain = next((text for is_html, text in texts if text and not is_html), "")
    html = next((text for is_html, text in texts if text and is_html), "")
    body = latest(plain or html, author=speaker.name) if plain or html else ""
    if not speaker.is_ours and _is_automatic(parts.heads.get(name, ())):
        return None
    return talk.said(
        name,
        speaker,
        body,
        payload.must_be_moment(row, "Created"),
        first=payload.text(row, "Type") == "Create",
        files=[payload.text(one, "Filename") for one in parts.files.get(name, ())],
        raw={"transaction": row, "parts": parts.texts.get(name, ())},
    )


def _as_text(part: payload.Values) -> tuple[bool, str]:
    """Whether a part is HTML, and what it says."""
    content = payload.text(part, "Content")
    is_html = "html" in payload.text(part, "ContentType").casefold()
    return is_html, to_text(content).strip() if is_html else content


def _is_automatic(heads: Sequence[payload.Values]) -> bool:
    for one in heads:
        raw = payload.text(one, "Headers").encode("utf-8", "surrogatepass")
        head = headers.read(raw + b"\n\n")
        if head.token("x-rt-interface") in {"rest", "web"}:
            continue
        if mail_kind.automatic(head, Body((), (), cut=False), head.text("subject")):
            return True
    return False
