"""What a small Zendesk holds: tickets, what is said in them, and updates in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BOB, EVE = 9001, 9002
"""An agent and an administrator."""
NOWHERE = "203.0.113.77"
"""The address customers write from, which is to show nowhere."""
CUSTOMERS = 5

Row = dict[str, Any]


@dataclass(slots=True)
class Desk:
    """
    Its rows by id, and updates in order of time.

    Attributes:
        moved: How often anything changed; whoever sorts sorts again then.
    """

    now: datetime = NOW
    tickets: dict[int, Row] = field(default_factory=dict)
    comments: dict[int, list[Row]] = field(default_factory=dict)
    updates: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    surveys: list[Row] = field(default_factory=list)
    users: dict[int, Row] = field(default_factory=dict)
    organizations: dict[int, Row] = field(default_factory=dict)
    metrics: dict[int, Row] = field(default_factory=dict)
    moved: int = 0

    def __post_init__(self) -> None:
        for number in range(1, CUSTOMERS + 1):
            self.organizations[100 + number] = {
                "id": 100 + number,
                "name": f"Acme {number}",
                "organization_fields": {"plan": "pro", "seats": 10 * number},
            }
            self._user(number, f"Ann {number}", "end-user", 100 + number)
        self._user(BOB, "Bob", "agent")
        self._user(EVE, "Eve", "admin")

    def open(self, words: str, by: int = 1, *, public: bool = True, **more: Any) -> Row:
        """Somebody opens a ticket; ``more`` is told in its row."""
        number = len(self.tickets) + 1
        at = self.stamp()
        requester = by if by < BOB else 1
        self.tickets[number] = {
            "url": f"https://acme.zendesk.com/api/v2/tickets/{number}.json",
            "id": number,
            "subject": f"Export {number}",
            "raw_subject": f"Export {number}",
            "description": words,
            "status": "new",
            "priority": None,
            "requester_id": requester,
            "submitter_id": by,
            "assignee_id": None,
            "organization_id": 100 + requester,
            "is_public": public,
            "tags": ["export"],
            "custom_fields": [
                {"id": 3601, "value": "5.2"},
                {"id": 3602, "value": None},
            ],
            "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
            "satisfaction_rating": {"score": "unoffered"},
            "created_at": at,
            "updated_at": at,
            "generated_timestamp": self.seconds(),
            **more,
        }
        self.comments[number] = []
        self.metrics[number] = {"id": number, "ticket_id": number, "solved_at": None}
        created = [
            {"id": 1, "status": "new", "event_type": "Create"},
            {"id": 2, "subject": f"Export {number}", "event_type": "Create"},
        ]
        self.say(number, words, by, public=public, also=created)
        return self.tickets[number]

    def say(
        self,
        ticket: int,
        words: str,
        by: int,
        *,
        public: bool = True,
        also: list[Row] | None = None,
        **more: Any,
    ) -> Row:
        """Somebody comments; ``more`` is told in the comment."""
        number = 1000 * ticket + len(self.comments[ticket]) + 1
        comment = {
            "id": number,
            "type": "Comment",
            "author_id": by,
            "audit_id": 500_000 + number,
            "body": words,
            "html_body": f'<div class="zd-comment"><p dir="auto">{words}</p></div>',
            "plain_body": words,
            "public": public,
            "attachments": [],
            "via": dict(self.tickets[ticket]["via"]),
            "metadata": {
                "system": {"ip_address": NOWHERE, "location": "Lisbon", "latitude": 38}
            },
            "created_at": self.stamp(),
            **more,
        }
        self.comments[ticket].append(comment)
        event = {**comment, "event_type": "Comment"}
        self.update(ticket, [*(also or ()), event], by)
        return comment

    def update(self, ticket: int, events: list[Row], by: int = BOB) -> None:
        """A ticket is updated: the export of events tells it, and its row moves on."""
        number = len(self.updates) + 1
        self.updates.append(
            {
                "id": 700_000 + number,
                "ticket_id": ticket,
                "timestamp": self.seconds(),
                "created_at": self.stamp(),
                "updater_id": by,
                "via": "Web form",
                "system": {"ip_address": NOWHERE, "location": "Lisbon"},
                "event_type": "Audit",
                "child_events": events,
            }
        )
        self.tickets[ticket] |= {
            "updated_at": self.stamp(),
            "generated_timestamp": self.seconds(),
        }
        self.moved += 1

    def set(self, ticket: int, status: str) -> None:
        """A ticket gets another status."""
        self.tickets[ticket]["status"] = status
        if status == "solved":
            self.metrics[ticket]["solved_at"] = self.stamp()
        self.update(ticket, [{"id": 3, "status": status, "event_type": "Change"}])

    def redact(self, ticket: int, comment: int, words: str, **row: Any) -> None:
        """Words are taken out of a comment; of the first, out of the ticket too."""
        several = self.comments[ticket]
        place = next(n for n, one in enumerate(several) if one["id"] == comment)
        html = f'<div class="zd-comment"><p dir="auto">{words}</p></div>'
        changed = {"body": words, "plain_body": words, "html_body": html}
        several[place] = several[place] | changed
        if not place:
            self.tickets[ticket] |= {"description": words, **row}
        event = {"id": 4, "comment_id": comment, "event_type": "CommentRedactionEvent"}
        self.update(ticket, [event])

    def make_private(self, ticket: int, comment: int) -> None:
        """A comment becomes an internal note."""
        several = self.comments[ticket]
        place = next(n for n, one in enumerate(several) if one["id"] == comment)
        several[place] = several[place] | {"public": False}
        kind = "CommentPrivacyChange"
        event = {"id": 5, "comment_id": comment, "public": False, "event_type": kind}
        self.update(ticket, [event])

    def rate(self, ticket: int, score: str, comment: str | None = None) -> Row:
        """A customer says good or bad, or says it differently."""
        found = next((one for one in self.ratings if one["ticket_id"] == ticket), None)
        if found is None:
            found = {
                "id": 40_000 + len(self.ratings) + 1,
                "ticket_id": ticket,
                "requester_id": self.tickets[ticket]["requester_id"],
                "assignee_id": BOB,
                "created_at": self.stamp(),
            }
            self.ratings.append(found)
        found |= {"score": score, "comment": comment, "updated_at": self.stamp()}
        return found

    def stamp(self) -> str:
        """The time now, as Zendesk writes it."""
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ}"

    def seconds(self) -> int:
        """The same in seconds since 1970."""
        return int(self.now.timestamp())

    def _user(
        self, number: int, name: str, role: str, organization: int | None = None
    ) -> None:
        self.users[number] = {
            "id": number,
            "name": name,
            "email": f"{name.lower().replace(' ', '')}@acme.example",
            "role": role,
            "organization_id": organization,
            "user_fields": {"seat": f"S{number}"},
        }
