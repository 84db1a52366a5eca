"""What Gorgias tells of a ticket, its messages and a survey, as feedback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from triage.connector import Incoming, Unreadable
from triage_connectors import payload
from triage_connectors.desk import Talk, Who, known
from triage_connectors.wording import written

_NOTE: Final = "internal-note"
_DROPPED: Final = frozenset({"meta", "integrations", "auth_customer_identity"})
"""Where a customer's address on the network and place may stand."""

Row = Mapping[str, Any]


def is_gone(ticket: Row) -> bool:
    """Whether it lies in the trash, or was marked as spam."""
    return bool(ticket.get("trashed_datetime")) or ticket.get("spam") is True


def conversation(
    ticket: Row, messages: list[dict[str, Any]], fields: Mapping[str, str], origin: str
) -> list[Incoming]:
    """All that was said in a ticket, oldest first; what is internal is no part."""
    about = _talk(ticket, fields, origin)
    public = [row for row in messages if _is_public(row)]
    public.sort(key=lambda row: (payload.text(row, "created_datetime"), _number(row)))
    told = []
    for turn, row in enumerate(public):
        first = turn == 0
        told.append(
            about.said(
                payload.must_be_key(row),
                _who(row),
                _words(row) or (about.subject if first else ""),
                payload.moment(row, "created_datetime"),
                raw=_bare(row),
                first=first,
                # Tags and status stand on the first; a message tells no edit itself.
                edited_at=payload.moment(ticket, "updated_datetime") if first else None,
                files=_files(row),
            )
        )
    return told


def customer(row: Row) -> Who:
    """A customer, as tickets and customers tell one."""
    names = [payload.text(row, name) for name in ("firstname", "lastname")]
    name = payload.text(row, "name") or " ".join(filter(None, names))
    return Who(name, payload.text(row, "email"))


def rating(survey: Row, who: Who, origin: str) -> Incoming | Unreadable:
    """How satisfied a customer was with a ticket, 1 to 5."""
    name = f"csat {payload.must_be_key(survey)}"
    score = payload.number(survey, "score")
    ticket = payload.key(survey, "ticket_id")
    if score is None or not 1 <= score <= 5:
        return Unreadable(
            external_id=name,
            raw=payload.raw(_bare(survey)),
            why=f"its score is {score!r}, which is not between 1 and 5",
        )
    scored = payload.moment(survey, "scored_datetime")
    return Talk(name=ticket, url=_url(origin, ticket)).rated(
        name,
        who,
        score,
        "1-5",
        scored or payload.moment(survey, "created_datetime"),
        raw=_bare(survey),
        remark=payload.text(survey, "body_text"),
        edited_at=scored,
    )


def _talk(ticket: Row, fields: Mapping[str, str], origin: str) -> Talk:
    name = payload.must_be_key(ticket)
    told = known(fields, _values(ticket.get("custom_fields")))
    return Talk(
        name=name,
        subject=payload.text(ticket, "subject"),
        url=_url(origin, name),
        company=told.company,
        app_version=told.app_version,
        language=payload.text(ticket, "language"),
        about=_about(ticket),
        attributes=told.attributes,
    )


def _about(ticket: Row) -> dict[str, Any]:
    status = payload.text(ticket, "status")
    if status == "open" and payload.moment(ticket, "snooze_datetime"):
        status = "pending"
    closed = payload.moment(ticket, "closed_datetime")
    return {
        "status": status,
        "solved_at": closed.isoformat() if closed and status == "closed" else "",
        "desk_channel": payload.text(ticket, "channel"),
        "tags": [
            name
            for tag in payload.rows_if_any(ticket, "tags")
            if (name := payload.text(tag, "name"))
        ],
    }


def _values(told: Any) -> dict[str, Any]:
    """What custom fields hold, by id and by label where it is told."""
    rows = list(told.values()) if isinstance(told, dict) else told
    found: dict[str, Any] = {}
    for name, value in told.items() if isinstance(told, dict) else ():
        found[str(name)] = value
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            inner = payload.within(row, "field") or row
            for name in (payload.key(inner), payload.text(inner, "label")):
                found |= {name: row.get("value")} if name else {}
    return found


def _is_public(row: Row) -> bool:
    """Whether it was said to the other side, and reached it."""
    source = payload.within(row, "source")
    is_note = _NOTE in {row.get("channel"), source.get("type")}
    failed = row.get("from_agent") is True and bool(row.get("failed_datetime"))
    return row.get("public") is not False and not is_note and not failed


def _who(row: Row) -> Who:
    who = customer(payload.within(row, "sender"))
    # Only what is said to be the customer's is: a robot's answer is none.
    return replace(who, is_ours=row.get("from_agent") is not False)


def _words(row: Row) -> str:
    stripped = payload.text(row, "stripped_text")
    return stripped or written(
        payload.text(row, "stripped_html") or payload.text(row, "body_html"),
        payload.text(row, "body_text"),
        mail=row.get("channel") == "email",
    )


def _files(row: Row) -> list[str]:
    return [payload.text(one, "name") for one in payload.inside(row, "attachments")]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _bare(inner) for name, inner in value.items() if name not in _DROPPED
        }
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _number(row: Row) -> float:
    return payload.number(row, "id") or 0


def _url(origin: str, ticket: str) -> str:
    return f"{origin}/app/ticket/{ticket}" if ticket else ""
