"""A conversation at Intercom: its first words, what was said after, its ratings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from triage.connector import Incoming
from triage.text.html import to_text
from triage_connectors import payload
from triage_connectors.desk import Talk, Who, known
from triage_connectors.intercom_parts import (
    CUSTOMERS,
    changed,
    circumstances,
    files_of,
    parts_of,
    said_in,
    who,
    words,
)

STATES: Final = {"open": "open", "snoozed": "pending", "closed": "closed"}
SETTLED: Final = timedelta(hours=1)
"""What was said so long before a walk began is stored, however late it was indexed."""

_NEAR: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How conversations and tickets of one workspace are read.

    Attributes:
        fields: Our name of a field and theirs, as in the settings.
        workspace: The id in the addresses of its inbox; "" where links are not wanted.
        region: Where it is, for those addresses.
    """

    fields: Mapping[str, str]
    workspace: str = ""
    region: str = "us"

    @property
    def asks_contacts(self) -> bool:
        """Whether any field is one of contacts."""
        return any(theirs.startswith("contact.") for theirs in self.fields.values())

    def url(self, name: str) -> str:
        """Where our side reads it."""
        if not self.workspace:
            return ""
        app = "app" if self.region == "us" else f"app.{self.region}"
        inbox = f"https://{app}.intercom.com/a/inbox/{self.workspace}/inbox"
        return f"{inbox}/conversation/{name}"


def contact_of(values: payload.Values) -> str:
    """The id of the customer it is with; "" where there is none."""
    several_there = payload.rows_if_any(payload.within(values, "contacts"), "contacts")
    return payload.key(several_there[0]) if several_there else ""


def version(row: payload.Values) -> str:
    """What of a row moves with anything that is stored of it."""
    numbers = payload.within(row, "statistics")
    rating = payload.within(row, "conversation_rating")
    told = [
        row.get("updated_at"),
        numbers.get("count_conversation_parts"),
        numbers.get("last_contact_reply_at"),
        numbers.get("last_admin_reply_at"),
        rating.get("rating"),
    ]
    return "/".join("" if one is None else str(one) for one in told)


def is_told_by_row(row: payload.Values, heard: datetime | None) -> bool:
    """
    Whether a row says all that is new of a conversation.

    Its parts are one call more, so they are asked for only if something may have been
    said or taken out since: a reply is newer than what is stored, or the change is none
    the row explains.

    Args:
        heard: Up to where everything is stored; None before a first whole walk.
    """
    numbers = payload.within(row, "statistics")
    source = payload.within(row, "source")
    author = payload.within(source, "author")
    by_customer = payload.text(author, "type") in CUSTOMERS
    if numbers.get("count_conversation_parts") == 0:
        return True
    if not numbers and not by_customer and row.get("first_contact_reply") is None:
        # What we sent, and nobody answered.
        return True
    if heard is None or not numbers:
        return False
    rating = payload.within(row, "conversation_rating")
    rated_by = payload.key(payload.within(rating, "contact"))
    if rating and (not by_customer or rated_by not in {"", payload.key(author)}):
        # Who rated it is named in the parts.
        return False
    replies = [
        payload.moment(numbers, name)
        for name in ("first_contact_reply_at", "last_contact_reply_at",
                     "last_admin_reply_at")
    ]  # fmt: skip
    if any(at is not None and at >= heard - SETTLED for at in replies):
        return False
    at = payload.must_be_moment(row, "updated_at")
    events = [
        payload.moment(numbers, "last_close_at"),
        payload.moment(numbers, "last_assignment_at"),
        payload.moment(rating, "updated_at"),
    ]
    return any(one is not None and abs(at - one) <= _NEAR for one in events)


def told(
    reading: Reading,
    values: payload.Values,
    contact: payload.Values,
    *,
    parts: bool = True,
) -> tuple[list[Incoming], str]:
    """
    Return what a conversation says, and what of it Intercom gives no more.

    Args:
        contact: The customer, where fields of theirs are wanted.
        parts: Whether it is the whole conversation; a row has its first words only.
    """
    name = payload.must_be_key(values)
    source = payload.within(values, "source")
    author = who(payload.within(source, "author"))
    if payload.text(source, "delivered_as") == "customer_initiated":
        # Networks that hide who wrote leave the author blank.
        blank = not payload.text(payload.within(source, "author"), "type")
        author = Who(author.name, author.email, author.is_ours and not blank)
    by_mail = payload.text(source, "type") == "email"
    talk = _talk(reading, name, values, source, contact)
    created_at = payload.must_be_moment(values, "created_at")
    apart = {"conversation_parts"}
    found = [
        talk.said(
            f"{name}/source",
            author,
            words(source, by_mail=by_mail),
            created_at,
            raw={key: value for key, value in values.items() if key not in apart},
            first=True,
            files=files_of(source),
            context=circumstances(source),
        )
    ]
    people = {payload.key(payload.within(source, "author")): author}
    gap = ""
    if parts:
        came, missing = parts_of(values, "conversation_parts")
        found += said_in(talk, came, by_mail=by_mail)
        for part in came:
            by = payload.within(part, "author")
            people.setdefault(payload.key(by), who(by))
        if missing:
            gap = (
                f"Intercom gives the {len(came):,} latest parts of a conversation; of"
                f" conversation {name} the first {missing:,} did not come"
            )
    found += _ratings(talk, values, people, created_at)
    return found, gap


def _talk(
    reading: Reading,
    name: str,
    values: payload.Values,
    source: payload.Values,
    contact: payload.Values,
) -> Talk:
    company = payload.within(values, "company")
    custom = known(
        reading.fields,
        {
            **payload.within(values, "custom_attributes"),
            **of("company", company),
            **of("contact", contact),
        },
    )
    status = STATES.get(payload.text(values, "state"), "open")
    solved_at = payload.moment(payload.within(values, "statistics"), "last_close_at")
    tags = [
        payload.text(one, "name")
        for one in payload.rows_if_any(payload.within(values, "tags"), "tags")
    ]
    about: dict[str, Any] = {
        "status": status,
        "solved_at": solved_at.isoformat() if solved_at and status == "closed" else "",
        "tags": [tag for tag in tags if tag],
        "desk_channel": payload.text(source, "type"),
    }
    title = payload.text(values, "title") or payload.text(source, "subject")
    return Talk(
        name=name,
        subject="" if source.get("redacted") is True else to_text(title),
        url=reading.url(name),
        company=custom.company or payload.text(company, "name"),
        app_version=custom.app_version,
        about=about,
        attributes=custom.attributes,
    )


def of(kind: str, values: payload.Values) -> dict[str, Any]:
    """A thing's fields as settings name them: its own, and those people made."""
    made = payload.within(values, "custom_attributes")
    return {f"{kind}.{key}": value for key, value in {**values, **made}.items()}


def _ratings(
    talk: Talk,
    values: payload.Values,
    people: Mapping[str, Who],
    created_at: datetime,
) -> list[Incoming]:
    """The customer's, of whoever answered them and of the robot that did."""
    found = []
    rating = payload.within(values, "conversation_rating")
    robot = payload.within(values, "ai_agent")
    customer = payload.key(payload.within(rating, "contact")) or contact_of(values)
    someone = people.get(customer) or _customer(people)
    for name, held, remark, about in (
        ("rating", rating, "remark", {}),
        ("robot rating", robot, "rating_remark", {"rated": "AI agent"}),
    ):
        stars = payload.number(held, "rating")
        if stars is None or not 1 <= stars <= 5:
            continue
        at = payload.moment(held, "created_at") or created_at
        found.append(
            talk.rated(
                f"{talk.name}/{name}",
                someone,
                stars,
                "1-5",
                at,
                raw=held,
                remark=payload.text(held, remark),
                edited_at=changed(held, at),
                context=about,
            )
        )
    return found


def _customer(people: Mapping[str, Who]) -> Who:
    """The first who is no one of ours; somebody unnamed where there is none."""
    return next((one for one in people.values() if not one.is_ours), Who())
