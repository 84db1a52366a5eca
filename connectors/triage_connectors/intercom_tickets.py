"""A customer's ticket at Intercom, whose row holds all that was said in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from triage.connector import Incoming
from triage_connectors import payload
from triage_connectors.desk import Talk, Who, known
from triage_connectors.intercom_conversations import Reading, of
from triage_connectors.intercom_parts import CUSTOMERS, parts_of, said_in, who, words

STATES: Final = {
    "submitted": "new",
    "in_progress": "open",
    "waiting_on_customer": "pending",
    "resolved": "solved",
}
TITLE: Final = "_default_title_"
DESCRIPTION: Final = "_default_description_"

_OPENING: Final = timedelta(minutes=1)


def is_customers(row: payload.Values) -> bool:
    """Whether customers see it; the other kinds are our own side's work."""
    return payload.text(row, "category") in {"Customer", ""}


def version(row: payload.Values) -> str:
    """What of a row moves with anything that is stored of it."""
    state = payload.text(payload.within(row, "ticket_state"), "category")
    total = payload.within(row, "ticket_parts").get("total_count")
    return f"{row.get('updated_at')}/{total}/{state}"


def told(
    reading: Reading, row: payload.Values, contact: payload.Values
) -> tuple[list[Incoming], str]:
    """Return what a ticket says, and what of it Intercom gives no more."""
    name = payload.must_be_key(row)
    came, missing = parts_of(row, "ticket_parts")
    fields = payload.within(row, "ticket_attributes")
    created_at = payload.must_be_moment(row, "created_at")
    talk = _talk(reading, name, row, came, contact)
    customer = Who(payload.text(contact, "name"), payload.text(contact, "email"))
    opened_by = _opener(came, row) or customer
    body = words({"body": fields.get(DESCRIPTION)})
    found: list[Incoming] = []
    if body or talk.subject:
        apart = {"ticket_parts", "ticket_type"}
        found.append(
            talk.said(
                f"{name}/opening",
                opened_by,
                body or talk.subject,
                created_at,
                raw={key: value for key, value in row.items() if key not in apart},
                first=True,
            )
        )
    found += said_in(talk, came, by_mail=False, first=not found)
    gap = (
        f"Intercom gives the {len(came):,} latest parts of a ticket; of ticket {name}"
        f" the first {missing:,} did not come"
    )
    return found, gap if missing else ""


def _talk(
    reading: Reading,
    name: str,
    row: payload.Values,
    parts: Sequence[payload.Values],
    contact: payload.Values,
) -> Talk:
    fields = payload.within(row, "ticket_attributes")
    custom = known(reading.fields, {**fields, **of("contact", contact)})
    state = payload.text(payload.within(row, "ticket_state"), "category")
    status = STATES.get(state, "open")
    solved = [
        payload.moment(part, "created_at")
        for part in parts
        if payload.text(part, "ticket_state") == "resolved"
        and payload.text(part, "previous_ticket_state") != "resolved"
    ]
    solved_at = max((at for at in solved if at is not None), default=None)
    about: dict[str, Any] = {
        "status": status,
        "solved_at": solved_at.isoformat() if solved_at and status == "solved" else "",
        "desk_channel": "ticket",
        "ticket_type": payload.text(payload.within(row, "ticket_type"), "name"),
    }
    return Talk(
        name=name,
        subject=payload.text(fields, TITLE),
        url=reading.url(name),
        company=custom.company,
        app_version=custom.app_version,
        about=about,
        attributes=custom.attributes,
    )


def _opener(parts: Sequence[payload.Values], row: payload.Values) -> Who | None:
    """
    Whoever of ours opened it for a customer; None where a customer did.

    No row says who did: an opening by our side is the first event of ours in it, in
    which the state is set at once.
    """
    if not parts:
        return None
    first = min(parts, key=lambda part: payload.must_be_moment(part, "created_at"))
    author = payload.within(first, "author")
    late = payload.must_be_moment(first, "created_at") - payload.must_be_moment(
        row, "created_at"
    )
    is_ours = payload.text(author, "type") not in CUSTOMERS and late <= _OPENING
    is_state = payload.text(first, "part_type").startswith("ticket_state_updated_by")
    by_admin = payload.text(author, "type") == "admin"
    return who(author) if is_ours and is_state and by_admin else None
