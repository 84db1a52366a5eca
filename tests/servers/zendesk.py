"""The small Zendesk as the contract of services wants one, and pulls of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from servers import pulls
from servers.zendesk_desk import BOB, CUSTOMERS
from servers.zendesk_server import EMAIL, TOKEN, ZendeskServer
from triage.connector import Connector, Cursor, Page, Secret
from triage_connectors.zendesk import Zendesk

_ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def connector(**told: Any) -> Zendesk:
    """A source of that desk, with an administrator's API token."""
    settings = {"subdomain": "acme", "email": EMAIL, "token": Secret(TOKEN), **told}
    return Zendesk(**settings)


def ulid(at: datetime, number: int = 1) -> str:
    """The id of a survey offered then."""
    value = int(at.timestamp() * 1000)
    letters = ""
    for _ in range(10):
        value, rest = divmod(value, 32)
        letters = _ULID[rest] + letters
    return f"{letters}{number:016d}"


@dataclass(slots=True)
class ZendeskService(ZendeskServer):
    """Tickets and comments by turns, three rows a page."""

    size: int = 3
    listed: int = 3
    cannot: Mapping[str, str] = field(default_factory=dict)
    said: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self) -> str:
        """A customer opens a ticket, or says more in the last: never in the second."""
        number = len(self.said) + 1
        words = f"It loses my tags, case {number}"
        if number % 2 and number > 1:
            ticket = len(self.tickets) if number > 3 else 1
            comment = self.say(ticket, words, self.tickets[ticket]["requester_id"])
            name = f"comment {comment['id']}"
            if self.satisfaction == "surveys":
                a_survey(self, ticket, number % 5 + 1, "Too slow")
            else:
                self.rate(ticket, "bad" if number % 4 == 1 else "good", "Too slow")
        else:
            row = self.open(words, len(self.tickets) % CUSTOMERS + 1)
            ticket, comment = row["id"], self.comments[row["id"]][0]
            name = f"ticket {ticket}"
        self.said[name] = ticket, comment["id"]
        return name

    def edit(self, name: str) -> str:
        """Words are taken out of it: there is no other way to change a comment."""
        words = f"It loses my ▇▇▇▇ in {name}"
        self.redact(*self.said[name], words)
        return words

    def remove(self, name: str) -> None:
        """The ticket is deleted."""
        self.set(self.said[name][0], "deleted")

    def reply(self, name: str) -> str:
        """An agent answers, and repeats it in an internal note."""
        words = f"Mended in the next version, {name}"
        self.say(self.said[name][0], words, BOB)
        self.say(self.said[name][0], words, BOB, public=False)
        return words

    def wrong(self) -> Mapping[str, Connector]:
        """Sources that Zendesk refuses."""
        return {
            "key": connector(token=Secret("canary-another-token")),
            "subdomain": connector(subdomain="elsewhere"),
        }

    def fill(self, conversations: int) -> int:
        """Make so many tickets of five messages each; rows a pull of them brings."""
        self.size, self.listed = 1000, 100
        for number in range(conversations):
            customer = number % CUSTOMERS + 1
            ticket = self.open(f"The export loses tags, case {number}.", customer)["id"]
            for turn in range(2):
                self.say(ticket, f"We look into case {number}.", BOB)
                self.say(ticket, f"It is still so after {turn} days.", customer)
            if not number % 4:
                self.now += timedelta(seconds=1)
        self.now += timedelta(hours=1)
        return 5 * conversations


def a_survey(
    server: ZendeskServer, ticket: int, rating: int, words: str = ""
) -> dict[str, Any]:
    """A survey that is offered and answered now; the row, to be changed."""
    at = server.stamp()
    times = {"created_at": at, "updated_at": at}
    question = {"type": "rating_scale", "sub_type": "customer_satisfaction"}
    category = "good" if rating > 3 else "bad"
    said: dict[str, Any] = {"type": "open_ended", "value": words, **times}
    row = {
        "id": ulid(server.now, len(server.surveys)),
        "responder_id": server.tickets[ticket]["requester_id"],
        "expires_at": f"{server.now + timedelta(days=14):%Y-%m-%dT%H:%M:%SZ}",
        "subject_zrns": [f"zen:ticket:{ticket}"],
        "subjects": [
            {"id": str(ticket), "type": "ticket", "zrn": f"zen:ticket:{ticket}"}
        ],
        "answers": [
            {
                "type": "rating_scale",
                "rating": rating,
                "rating_category": category,
                "question": question,
                **times,
            },
            said if words else {"type": "skipped", **times},
        ],
    }
    server.surveys.append(row)
    return row


def pages(
    server: ZendeskServer, cursor: Cursor | None = None, **told: Any
) -> list[Page]:
    """Every page of a pull, an hour after what was said last."""
    server.now += timedelta(hours=1)
    return pulls.pages(connector(**told), server, cursor)
