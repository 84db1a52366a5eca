"""A small Jira with one service project in this process, as its vendor describes it."""

from __future__ import annotations

import base64
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described, vendors
from triage.connector import Connector, Secret
from triage_connectors.jira_service_management import JiraServiceManagement

SITE = "acme.atlassian.net"
HOST = f"https://{SITE}"
EMAIL = "triage@acme.example"
CANARY = "canary-jira-5f3a91c2"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RATING, RATED_AT = "customfield_10017", "customfield_10018"
ORGANIZATIONS, PLAN = "customfield_10002", "customfield_10050"
_MADE = "com.atlassian.servicedesk:"
_FIELDS = {
    "summary": ("Summary", "summary"),
    RATING: ("Satisfaction", f"{_MADE}sd-request-feedback"),
    RATED_AT: ("Satisfaction date", f"{_MADE}sd-request-feedback-date"),
    ORGANIZATIONS: ("Organizations", f"{_MADE}sd-customer-organizations"),
    PLAN: ("Plan", "com.atlassian.jira.plugin.system.customfieldtypes:select"),
}
_JQL = re.compile(
    r"project in \(([^)]*)\)(?: AND updated >= \"-(\d+)m\")?"
    r"(?: ORDER BY updated ASC, key ASC)?"
)
_NOT_IN_THE_FILE = ("/rest/api/3/field", "/rest/servicedeskapi/")
"""The vendor's file was cut down to what somebody else needed; these are not in it."""

Row = dict[str, Any]


@cache
def described() -> Described:
    """The service in our own words."""
    name = "jira_service_management.openapi.json"
    return Described.at(Path(__file__).with_name(name))


@cache
def theirs_described() -> Described | None:
    """The service in the vendor's words, where the file is at hand."""
    path = vendors("jira-cloud-v3.trim.json")
    return Described.at(path) if path else None


def connector(**told: Any) -> JiraServiceManagement:
    """A source of this server."""
    known = {
        "site": SITE,
        "email": EMAIL,
        "token": Secret(CANARY),
        "projects": ("SUP",),
    }
    return JiraServiceManagement(**{**known, **told})


def adf(text: str) -> Row:
    """A document with a paragraph for each line."""
    lines = [
        {"type": "paragraph", "content": [{"type": "text", "text": line}]}
        for line in text.split("\n")
    ]
    return {"type": "doc", "version": 1, "content": lines}


def person(name: str, kind: str = "customer") -> Row:
    """Somebody with an account of that type."""
    return {
        "self": f"{HOST}/rest/api/3/user?accountId={name}", "accountId": f"qm:{name}",
        "accountType": kind, "displayName": name.title(), "active": True,
        "emailAddress": f"{name}@{'acme' if kind != 'customer' else 'customer'}.example",
        "timeZone": "Australia/Sydney",
    }  # fmt: skip


def told_at(at: datetime) -> str:
    """A time as Jira writes it, in the zone of the account."""
    there = at.astimezone(UTC) + timedelta(hours=11)
    return f"{there:%Y-%m-%dT%H:%M:%S}.{there.microsecond // 1000:03}+1100"


@dataclass(slots=True)
class JiraServiceManagementService:
    """
    Requests of the project SUP, and who may read them.

    Attributes:
        page: Requests of an answer at most.
        brought: Comments a search brings along at most.
        hollow: Whether between two pages comes an empty one.
        requests: What was asked.
    """

    now: datetime = NOW
    page: int = 3
    brought: int = 20
    hollow: bool = True
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "remove": "Jira tells nothing of what was deleted",
            "order": "nothing tells when a description was edited",
        }
    )
    requests: list[httpx.Request] = field(default_factory=list)
    issues: dict[str, Row] = field(default_factory=dict)
    feedback: dict[str, Row] = field(default_factory=dict)
    sorted: list[tuple[datetime, str]] | None = None
    last_comment: int = 50_000

    # What happens there.

    def opened(self, by: Row, text: str, **told: Any) -> str:
        """A new request; its id."""
        number = 10_001 + len(self.issues)
        self.issues[str(number)] = {
            "updated": self.now, "comments": [],
            "fields": {
                "summary": f"Case {number - 10_000}", "description": adf(text),
                "reporter": by, "creator": by, "created": told_at(self.now),
                "status": {
                    "name": "Waiting for support",
                    "statusCategory": {"id": 4, "key": "indeterminate"},
                },
                "resolution": None, "resolutiondate": None, "labels": [],
                "attachment": [], RATING: None, RATED_AT: None, ORGANIZATIONS: [],
                PLAN: None, **told,
            },
        }  # fmt: skip
        self.sorted = None
        return str(number)

    def commented(self, name: str, by: Row, text: str, **told: Any) -> str:
        """A comment in a request, public unless said otherwise; its id."""
        self.last_comment += 1
        at = told_at(self.now)
        number = str(self.last_comment)
        self.issues[name]["comments"].append(
            {
                "id": number, "author": by, "updateAuthor": by, "body": adf(text),
                "created": at, "updated": at, "jsdPublic": True, **told,
            }
        )  # fmt: skip
        self.touched(name)
        return number

    def touched(self, name: str, **fields: Any) -> None:
        """A request changes now."""
        self.issues[name]["updated"] = self.now
        self.issues[name]["fields"] |= fields
        self.sorted = None

    def rated(self, name: str, rating: int, remark: str = "") -> None:
        """A customer says how satisfied they were."""
        self.feedback[name] = {
            "type": "csat", "rating": rating, "comment": {"body": remark},
        }  # fmt: skip
        told = {RATING: {"rating": rating}, RATED_AT: told_at(self.now)}
        self.touched(name, **told)

    # What the contract wants of a service.

    def add(self) -> str:
        """A customer raises a request."""
        number = len(self.issues) + 1
        by = person(f"ann{number}")
        return f"issue {self.opened(by, f'It loses my tags, case {number}.')}"

    def edit(self, name: str) -> str:
        """They describe it differently."""
        words = f"It still loses my tags, {name}"
        self.touched(name.removeprefix("issue "), description=adf(words))
        return words

    def reply(self, name: str) -> str:
        """An agent answers, and writes a comment that no customer sees."""
        words = f"That is mended in the next version, {name}."
        agent, number = person("agent", "atlassian"), name.removeprefix("issue ")
        self.commented(number, agent, words)
        self.commented(number, agent, f"Internal: {words}", jsdPublic=False)
        return words

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        why, theirs = described().refused(request), theirs_described()
        if theirs and not request.url.path.startswith(_NOT_IN_THE_FILE):
            # It knows one site alone.
            url = request.url.copy_with(host="your-domain.atlassian.net")
            here = httpx.Request(
                request.method, url, headers=request.headers, content=request.content
            )
            why = why or theirs.refused(here)
        return why

    def wrong(self) -> Mapping[str, Connector]:
        """Sources it refuses."""
        return {
            "key": connector(token=Secret("canary-other")),
            "NOPE": connector(projects=("NOPE",)),
        }

    def fill(self, conversations: int) -> int:
        """Make so many requests of five messages each, as large pages as can be."""
        self.page, self.hollow = 100, False
        start, agent = self.now - timedelta(days=2), person("agent", "atlassian")
        for number in range(conversations):
            self.now = start + timedelta(seconds=10 * number)
            who = person(f"ann{number}")
            name = self.opened(who, f"The export loses my tags, case {number}.")
            for turn in range(4):
                by = (who, agent)[turn % 2 == 0]
                text = f"About case {number} I have this to say, time {turn}."
                self.commented(name, by, text)
        self.now = start + timedelta(days=2)
        return 5 * conversations

    # How it answers.

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        pair = base64.b64encode(f"{EMAIL}:{CANARY}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {pair}":
            return httpx.Response(401, text="Client must be authenticated")
        path, params = request.url.path, request.url.params
        match [request.method, *path.removeprefix("/rest/").split("/")]:
            case ["GET", "api", "3", "myself"]:
                return httpx.Response(200, json=person("triage", "atlassian"))
            case ["GET", "api", "3", "field"]:
                return httpx.Response(200, json=_fields())
            case ["POST", "api", "3", "search", "jql"]:
                return self._search(json.loads(request.content))
            case ["POST", "api", "3", "search", "approximate-count"]:
                found = self._found(json.loads(request.content)["jql"])
                if isinstance(found, httpx.Response):
                    return found
                return httpx.Response(200, json={"count": len(found[0]) - found[1]})
            case ["GET", "api", "3", "issue", name, "comment"] if name in self.issues:
                return self._comments(name, params)
            case ["GET", "servicedeskapi", "request", name, "feedback"]:
                if name in self.feedback:
                    return httpx.Response(200, json=self.feedback[name])
        return httpx.Response(404, json={"errorMessages": ["Not found"], "errors": {}})

    def _found(self, jql: str) -> httpx.Response | tuple[list[Any], int]:
        """All requests by time of change, and where those asked for begin."""
        asked = _JQL.fullmatch(jql)
        if not asked:
            return _bad("Error in the JQL Query")
        for key in re.findall(r'"([^"]*)"', asked[1]):
            if key != "SUP":
                return _bad(
                    f"The value '{key}' does not exist for the field 'project'."
                )
        if self.sorted is None:
            self.sorted = sorted((one["updated"], n) for n, one in self.issues.items())
        if not asked[2]:
            return self.sorted, 0
        begin = self.now - timedelta(minutes=int(asked[2]))
        return self.sorted, bisect_left(self.sorted, (begin, ""))

    def _search(self, asked: Row) -> httpx.Response:
        found = self._found(asked["jql"])
        if isinstance(found, httpx.Response):
            return found
        rows, start = found
        size = min(asked.get("maxResults", 50), self.page)
        token = asked.get("nextPageToken", "")
        if token:
            at, name, kind = json.loads(base64.b64decode(token))
            start = bisect_right(rows, (datetime.fromisoformat(at), name))
            size = 0 if kind == "hollow" else size
        page = rows[start : start + size]
        told: Row = {
            "issues": [self._issue(name, asked["fields"]) for _, name in page],
            "isLast": start + size >= len(rows),
        }
        if not told["isLast"]:
            last = rows[start + size - 1] if page or start else (NOW.min, "")
            kind = "hollow" if self.hollow and page else "next"
            mark = [last[0].isoformat(), last[1], kind]
            told["nextPageToken"] = base64.b64encode(json.dumps(mark).encode()).decode()
        return httpx.Response(200, json=told)

    def _issue(self, name: str, asked: list[str]) -> Row:
        issue = self.issues[name]
        comments = issue["comments"]
        known = {
            **issue["fields"],
            "updated": told_at(issue["updated"]),
            "comment": {
                "comments": comments[: self.brought], "total": len(comments),
                "maxResults": self.brought, "startAt": 0,
                "self": f"{HOST}/rest/api/3/issue/{name}/comment",
            },
        }  # fmt: skip
        fields = {one: known[one] for one in asked if one in known}
        at = f"{HOST}/rest/api/3/issue/{name}"
        return {
            "id": name,
            "key": f"SUP-{int(name) - 10_000}",
            "self": at,
            "fields": fields,
        }

    def _comments(self, name: str, params: httpx.QueryParams) -> httpx.Response:
        comments = self.issues[name]["comments"]
        start = int(params.get("startAt", 0))
        size = min(int(params.get("maxResults", 100)), 100)
        told = {
            "comments": comments[start : start + size], "startAt": start,
            "maxResults": size, "total": len(comments),
        }  # fmt: skip
        return httpx.Response(200, json=told)


def _fields() -> list[Row]:
    return [
        {"id": name, "key": name, "name": shown, "schema": {"custom": kind}}
        for name, (shown, kind) in _FIELDS.items()
    ]


def _bad(why: str) -> httpx.Response:
    return httpx.Response(400, json={"errorMessages": [why], "warningMessages": []})
