"""A small Chatwoot in this process: conversations, messages, ratings, webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described, vendors
from triage.connector import Connector, Secret
from triage_connectors.chatwoot import Chatwoot

HOST = "https://chat.acme.example"
CANARY = "canary-chatwoot-5f3a91c2"
HOOK = "canary-webhook-77b1d0e4"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_CONVERSATION = re.compile(r"conversations/(\d+)(/messages)?")


@cache
def described() -> Described:
    """The account in our own words, with what the vendor's description leaves out."""
    return Described.at(Path(__file__).with_name("chatwoot.openapi.json"))


@cache
def theirs() -> Described | None:
    """The account in the vendor's words, where the file is at hand."""
    path = vendors("chatwoot-application.trim.json")
    if path is None:
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    # Theirs is the vendor's own cloud; what is tested stands on a host of its own.
    return Described({**told, "servers": [{"url": HOST}]})


def connector(**told: Any) -> Chatwoot:
    """A source of this account."""
    settings = {"url": HOST, "account": "1", "token": Secret(CANARY)}
    return Chatwoot(**{**settings, **told})


def webhook(
    told: Any, at: datetime, secret: str = HOOK
) -> tuple[dict[str, str], bytes]:
    """Headers and body as Chatwoot sends them, names in lower case."""
    body = json.dumps(told).encode()
    stamp = str(int(at.timestamp()))
    signed = f"{stamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    headers = {
        "x-chatwoot-signature": f"sha256={digest}",
        "x-chatwoot-timestamp": stamp,
        "x-chatwoot-delivery": "5f9a1c2e-0000-4000-8000-000000000001",
    }
    return headers, body


@dataclass(slots=True)
class ChatwootDesk:
    """
    One account.

    Attributes:
        size: Conversations in a page, as the server's owner sets it.
        admin: Whether the token is an administrator's.
        between: Messages in an answer that has both ends; 0 in an old server, which
            looks at one of them alone.
        before: Looks at a request first and may answer it.
    """

    now: datetime = NOW
    token: str = CANARY
    size: int = 25
    admin: bool = True
    between: int = 1000
    talks: dict[int, dict[str, Any]] = field(default_factory=dict)
    messages: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    ratings: list[dict[str, Any]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    last: int = 0
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    _order: list[int] | None = None

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        why = described().refused(request)
        vendor = theirs()
        if vendor and not exempt(request):
            why = why or vendor.refused(request)
        return why

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        return self.before(request) or self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("api_access_token") != self.token:
            return _error(401, "Invalid Access Token")
        path = request.url.path.removeprefix("/api/v1/accounts/1/")
        params = request.url.params
        if path == "conversations":
            return self._list(params)
        if path == "csat_survey_responses":
            return self._rated(params)
        found = _CONVERSATION.fullmatch(path)
        if found and int(found[1]) in self.talks:
            name = int(found[1])
            if not found[2]:
                return httpx.Response(200, json=self._row(name))
            return self._said(name, params)
        return _error(404, "Resource could not be found")

    def conversation(self, at: datetime | None = None, **told: Any) -> int:
        """A customer begins a conversation without words; its number."""
        name = len(self.talks) + 1
        sender = {
            "additional_attributes": {
                "company_name": "Acme Inc.", "city": "Graz", "created_at_ip": "203.0.113.9",
            },
            "availability_status": "offline", "email": "ann@customer.example",
            "id": 10, "name": "Ann", "phone_number": None, "blocked": False,
            "identifier": None, "thumbnail": "", "custom_attributes": {},
            "last_activity_at": 0, "created_at": 0,
        }  # fmt: skip
        self.talks[name] = {
            "meta": {
                "sender": sender, "channel": "Channel::WebWidget", "hmac_verified": False,
            },
            "id": name, "messages": [], "account_id": 1, "uuid": f"u{name}",
            "additional_attributes": {"browser": {"platform_name": "Linux"}},
            "agent_last_seen_at": 0, "assignee_last_seen_at": 0, "can_reply": True,
            "contact_last_seen_at": 0, "custom_attributes": {}, "inbox_id": 1,
            "labels": [], "muted": False, "snoozed_until": None, "status": "open",
            "first_reply_created_at": 0, "unread_count": 0,
            "last_non_activity_message": None, "priority": None, "waiting_since": 0,
            "sla_policy_id": None, **told,
        }  # fmt: skip
        self.messages[name] = []
        self._moved(name, at or self.now)
        self.talks[name]["created_at"] = self.talks[name]["last_activity_at"]
        return name

    def say(
        self, conversation: int, content: str | None, kind: int = 0, **told: Any
    ) -> int:
        """Somebody says something: 0 a customer, 1 an agent, 2 and 3 Chatwoot itself."""
        self.last += 1
        at = told.pop("at", self.now)
        ann = {
            "additional_attributes": {"created_at_ip": "203.0.113.9"},
            "custom_attributes": {}, "email": "ann@customer.example", "id": 10,
            "identifier": None, "name": "Ann", "phone_number": None, "thumbnail": "",
            "type": "contact",
        }  # fmt: skip
        bob = {"id": 3, "name": "Bob", "available_name": "Bob", "type": "user"}
        message = {
            "id": self.last, "content": content, "inbox_id": 1,
            "conversation_id": conversation, "message_type": kind,
            "content_type": "text", "status": "sent", "content_attributes": {},
            "created_at": int(at.timestamp()), "private": False, "source_id": None,
            **({"sender": (ann, bob)[kind]} if kind < 2 else {}), **told,
        }  # fmt: skip
        self.messages[conversation].append(message)
        self._moved(conversation, at)
        return self.last

    def delete(self, message: int) -> None:
        """A message is deleted, which moves its conversation nowhere in the list."""
        name, told = self.find(message)
        told["content"] = "This message was deleted"
        told["content_attributes"] = {"deleted": True}
        self.talks[name]["updated_at"] = self.now.timestamp()

    def resolve(self, conversation: int) -> None:
        """An agent resolves a conversation, which is noted in it."""
        self.talks[conversation]["status"] = "resolved"
        self.say(conversation, "Conversation was marked resolved by Bob", 2)

    def rate(self, conversation: int, rating: int, remark: str | None = None) -> int:
        """A customer says how satisfied they are."""
        self.ratings.append(
            {
                "id": len(self.ratings) + 1,
                "rating": rating,
                "feedback_message": remark,
                "account_id": 1,
                "message_id": self.last,
                "contact": self.talks[conversation]["meta"]["sender"],
                "conversation_id": conversation,
                "created_at": int(self.now.timestamp()),
            }
        )
        return len(self.ratings)

    def find(self, message: int) -> tuple[int, dict[str, Any]]:
        """The conversation of a message, and the message."""
        return next(
            (name, one)
            for name, several in self.messages.items()
            for one in several
            if one["id"] == message
        )

    def _moved(self, conversation: int, at: datetime) -> None:
        seconds = int(at.timestamp())
        self.talks[conversation] |= {
            "last_activity_at": seconds,
            "timestamp": seconds,
            "updated_at": at.timestamp(),
        }
        self._order = None

    def _row(self, name: int) -> dict[str, Any]:
        return self.talks[name] | {"messages": self.messages[name][-1:]}

    def _list(self, params: httpx.QueryParams) -> httpx.Response:
        assert (params["status"], params["assignee_type"]) == ("all", "all")
        if self._order is None:
            self._order = sorted(
                self.talks,
                key=lambda one: (self.talks[one]["last_activity_at"], one),
                reverse=True,
            )
        begin = (int(params.get("page", 1)) - 1) * self.size
        some = [self._row(name) for name in self._order[begin : begin + self.size]]
        meta = {
            "mine_count": 0, "assigned_count": 0,
            "unassigned_count": len(self.talks), "all_count": len(self.talks),
        }  # fmt: skip
        return httpx.Response(200, json={"data": {"meta": meta, "payload": some}})

    def _said(self, name: int, params: httpx.QueryParams) -> httpx.Response:
        told = self.messages[name]
        if "before" in params:
            told = [one for one in told if one["id"] < int(params["before"])]
        if "after" in params and self.between:
            begin = int(params["after"])
            told = [one for one in told if one["id"] >= begin][: self.between]
        else:
            told = told[-20:]
        return httpx.Response(
            200, json={"meta": {"labels": [], "contact": {}}, "payload": told}
        )

    def _rated(self, params: httpx.QueryParams) -> httpx.Response:
        if not self.admin:
            return _error(401, "You are not authorized to do this action")
        assert params["sort"] == "created_at"
        begin, end = int(params["since"]), int(params["until"])
        told = [one for one in self.ratings if begin <= one["created_at"] <= end]
        first = (int(params["page"]) - 1) * 25
        return httpx.Response(200, json=told[first : first + 25])


@dataclass(slots=True)
class ChatwootService(ChatwootDesk):
    """The account as the contract of services wants one: three conversations a page."""

    size: int = 3
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "edit": "customers cannot change what they said in Chatwoot",
            "remove": "a deletion moves no conversation in the list; a webhook tells it,"
            " or the next message there",
        }
    )

    def add(self) -> str:
        """Somebody begins a conversation, and is greeted."""
        name = self.conversation()
        told = self.say(name, f"It loses tags, {name}")
        self.say(name, "Thank you, we reply within a day", 3)
        return str(told)

    def reply(self, name: str) -> str:
        """An agent answers."""
        words = f"Mended in the next version, {name}"
        self.say(self.find(int(name))[0], words, 1)
        return words

    def wrong(self) -> Mapping[str, Connector]:
        """Sources this account refuses."""
        return {
            "key": connector(token=Secret("canary-another-key")),
            "accounts/2": connector(account="2"),
        }

    def fill(self, conversations: int) -> int:
        """Make so many conversations of three customers' and two agents' messages."""
        self.size = 25
        begin = self.now - timedelta(days=2)
        for number in range(conversations):
            at = begin + timedelta(seconds=number)
            name = self.conversation(at)
            for turn in range(5):
                self.say(name, f"The export loses tags, {number}.", turn % 2, at=at)
        return 5 * conversations


def exempt(request: httpx.Request) -> bool:
    """
    Whether the vendor's description has no word of it.

    It leaves out ``before``, which Chatwoot itself asks for older messages with,
    and the ratings; both are in its program (app/finders, app/controllers).
    """
    return "before" in request.url.params or request.url.path.endswith(
        "/csat_survey_responses"
    )


def _error(status: int, said: str) -> httpx.Response:
    return httpx.Response(status, json={"error": said})
