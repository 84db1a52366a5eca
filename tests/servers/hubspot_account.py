"""What there is at a small HubSpot, and how it comes about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SURVEYS = "feedback_submissions"


@dataclass(slots=True)
class HubSpotAccount:
    """
    Tickets, whom they are of, threads and survey responses.

    Attributes:
        whole: By message, its words where it is told cut short.
    """

    now: datetime = NOW
    objects: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {
            "tickets": {}, SURVEYS: {}, "contacts": {}, "companies": {},
        }
    )  # fmt: skip
    associations: dict[str, dict[str, str]] = field(
        default_factory=lambda: {"contacts": {}, "companies": {}}
    )
    threads: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    whole: dict[str, dict[str, str]] = field(default_factory=dict)
    _numbers: int = 100
    _orders: dict[Any, list[Any]] = field(default_factory=dict)

    def person(self, name: str, company: str = "Acme", **told: Any) -> str:
        """A contact of a company; the contact's id."""
        mine, firm = self._number(), self._number()
        first, _, last = name.partition(" ")
        email = f"{first.lower()}{mine}@acme.example"
        names = {"firstname": first, "lastname": last, "email": email}
        self._put("contacts", mine, {**names, "company": None, **told})
        self._put("companies", firm, {"name": company, "domain": "acme.example"})
        self.associations["companies"][mine] = firm
        return mine

    def ticket(self, words: str, *, by: str = "", **told: Any) -> str:
        """A ticket of a contact; its id."""
        name, by = self._number(), by or self.person("Ann Lee")
        self.associations["contacts"][name] = by
        self.associations["companies"][name] = self.associations["companies"][by]
        values = {
            "subject": "Export",
            "content": words,
            "hs_pipeline": "0",
            "hs_pipeline_stage": "1",
            "createdate": _stamp(self.now),
            "closed_date": None,
            "source_type": "FORM",
            "hs_ticket_priority": None,
            "hs_ticket_category": None,
            "hs_conversations_originating_thread_id": None,
            **told,
        }
        self._put("tickets", name, values)
        return name

    def change(self, name: str, kind: str = "tickets", **told: Any) -> None:
        """Properties of an object change."""
        row = self.objects[kind][name]
        self._put(kind, name, {**row["properties"], **told}, row["createdAt"])

    def archive(self, kind: str, name: str) -> None:
        """An object is deleted."""
        row = {"archived": True, "archivedAt": _stamp(self.now)}
        self.objects[kind][name] |= row
        self._orders.clear()

    def respond(self, survey: str, value: str, words: str = "", **told: Any) -> str:
        """Somebody answers a survey; the response's id."""
        name = self._number()
        values = {
            "hs_survey_type": survey,
            "hs_survey_name": f"Our {survey}",
            "hs_survey_channel": "EMAIL",
            "hs_value": value,
            "hs_content": words or None,
            "hs_sentiment": "Promoter",
            "hs_response_group": "promoter",
            "hs_submission_timestamp": _stamp(self.now),
            "hs_contact_id": self.person("Cy Roe"),
            "hs_ticket_id": None,
            **told,
        }
        self._put(SURVEYS, name, values)
        return name

    def thread(self, words: str, *, ticket: str = "", ours: bool = False) -> str:
        """A thread begins, with whom its ticket is of; its id."""
        name, by = self._number(), self.associations["contacts"].get(ticket, "")
        self.threads[name] = {
            "id": name,
            "createdAt": _stamp(self.now),
            "inboxId": "1",
            "status": "OPEN",
            "spam": False,
            "archived": False,
            "associatedContactId": by or self.person("Di Poe"),
            "latestMessageTimestamp": _stamp(self.now),
        }
        if ticket:
            associated = {"associatedTicketId": ticket}
            self.threads[name]["threadAssociations"] = associated
        self.messages[name] = []
        self.say(name, words, ours=ours)
        return name

    def say(self, thread: str, words: str, *, ours: bool = False, **told: Any) -> str:
        """Somebody says something in a thread; the message's id."""
        name, row = f"m{self._number()}", self.threads[thread]
        who, value = ("Bob Ross", "bob@us.example") if ours else ("", "opaque-1")
        actor = "A-1" if ours else f"V-{row['associatedContactId']}"
        kind = "HS_EMAIL_ADDRESS" if ours else "CHANNEL_SPECIFIC_OPAQUE_ID"
        address = {"type": kind, "value": value}
        sender = {"actorId": actor, "name": who, "deliveryIdentifier": address}
        self.messages[thread].append(
            {
                "type": "MESSAGE",
                "id": name,
                "conversationsThreadId": thread,
                "createdAt": _stamp(self.now),
                "updatedAt": _stamp(self.now),
                "createdBy": actor,
                "client": {"clientType": "HUBSPOT"},
                "senders": [sender],
                "recipients": [],
                "archived": False,
                "text": words,
                "richText": f"<p>{words}</p>",
                "attachments": [],
                "truncationStatus": "NOT_TRUNCATED",
                "direction": "OUTGOING" if ours else "INCOMING",
                "channelId": "1002",
                "subject": "Export",
                **told,
            }
        )
        row["latestMessageTimestamp"] = _stamp(self.now)
        self._orders.clear()
        return name

    def _put(
        self, kind: str, name: str, values: dict[str, Any], created: str = ""
    ) -> None:
        changed = _stamp(self.now)
        self.objects[kind][name] = {
            "id": name,
            "properties": {
                **values, "hs_object_id": name, "hs_lastmodifieddate": changed,
            },
            "createdAt": created or changed,
            "updatedAt": changed,
            "archived": False,
        }  # fmt: skip
        if kind in {"tickets", SURVEYS}:
            self._orders.clear()

    def _number(self) -> str:
        self._numbers += 1
        return str(self._numbers)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"
