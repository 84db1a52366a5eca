"""A small Linear in this process: its GraphQL, by its documented rules."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from servers.described import vendors
from servers.filed import Filed, Row
from triage.connector import Secret
from triage.testing import rendered
from triage_connectors.linear import Linear

CANARY = "canary-linear-4d21f7c9"
HOST = "https://linear.app/acme"
TEAM = {"id": "8f1c0f5e-0000-4000-8000-000000000001", "key": "ENG", "name": "Product"}
LABELS = {
    "feedback": ("8f1c0f5e-0000-4000-8000-0000000000a1", None),
    "export": ("8f1c0f5e-0000-4000-8000-0000000000a2", TEAM),
    "design": ("8f1c0f5e-0000-4000-8000-0000000000a3", {**TEAM, "key": "DES"}),
}
_STATES: Mapping[str, tuple[str, str]] = {
    "Triage": ("triage", "planned"),
    "Backlog": ("backlog", "planned"),
    "Todo": ("unstarted", "planned"),
    "In Review": ("started", "in_progress"),
    "Released": ("completed", "shipped"),
    "Won't do": ("canceled", "dropped"),
    "Duplicate": ("duplicate", ""),
}
"""Type and what it means."""


@cache
def ours_schema() -> GraphQLSchema:
    """What may be asked, in our own words."""
    return build_schema(Path(__file__).with_name("linear.graphql").read_text("utf-8"))


@cache
def theirs_schema() -> GraphQLSchema | None:
    """What may be asked, in the vendor's words, where the file is at hand."""
    path = vendors("linear.schema.graphql")
    return build_schema(path.read_text("utf-8"), assume_valid=True) if path else None


@cache
def question(query: str) -> tuple[DocumentNode, str]:
    """A question, and what is wrong with it by either schema; "" for nothing."""
    document = parse(query)
    errors = list(validate(ours_schema(), document))
    if theirs := theirs_schema():
        errors += validate(theirs, document)
    return document, "; ".join(error.message for error in errors)


def connector(**told: Any) -> Linear:
    """A source of this server."""
    return Linear(**{"token": Secret(CANARY), "team": "ENG", **told})


@dataclass(slots=True)
class LinearTracker(Filed):
    """
    Issues of the team ENG.

    Attributes:
        page: Rows of a page at most.
    """

    states: Mapping[str, str] = field(
        default_factory=lambda: {name: told[-1] for name, told in _STATES.items()}
    )
    page: int = 50
    attached: list[Row] = field(default_factory=list)

    # What happens there.

    def add(self, title: str) -> str:
        """Somebody plans it."""
        return self._made({"title": title})["identifier"]  # type: ignore[no-any-return]

    def move(self, key: str, state: str) -> None:
        """Somebody gives it that state."""
        self.rows[key]["state"] = {"name": state, "type": _STATES[state][0]}

    def remove(self, key: str) -> None:
        """Somebody throws it away: it lies in the trash, and is told as such."""
        self.rows[key] |= {"trashed": True, "archivedAt": self.now.isoformat()}

    def renamed(self, key: str, new: str) -> None:
        """It is moved to another team, and known by its old key still."""
        row = self.rows.pop(key)
        self.rows[new] = row
        row |= {"identifier": new, "previousIdentifiers": [key]}

    # What is there.

    def titles(self) -> Mapping[str, str]:
        """Titles by key."""
        there = self.rows.items()
        return {key: row["title"] for key, row in there if not row["trashed"]}

    def seen(self, key: str) -> str:
        """The description as it is read."""
        return rendered(self.rows[key]["description"])

    def comments(self, key: str) -> Sequence[str]:
        """What is said, as it is read."""
        return [rendered(one["body"]) for one in self.said.get(key, [])]

    def links(self, key: str) -> Sequence[str]:
        """Where it leads."""
        return [
            one["url"] for one in self.attached if one["issue"]["identifier"] == key
        ]

    def refused(self, request: httpx.Request) -> str:
        """Why a schema allows no such request; "" where each does."""
        if (request.method, request.url.path) != ("POST", "/graphql"):
            return f"nothing is asked by {request.method} {request.url.path}"
        told = json.loads(request.content)
        if unknown := told.keys() - {"query", "variables"}:
            return f"there is no {', '.join(unknown)}"
        return question(told["query"])[1]

    # How it answers.

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != CANARY:
            return _wrong("Authentication required", "AUTHENTICATION_ERROR", 401)
        if why := self.refused(request):
            return _wrong(why, "GRAPHQL_VALIDATION_FAILED", 400)
        told = json.loads(request.content)
        done = execute_sync(
            ours_schema(),
            question(told["query"])[0],
            root_value=self._root(),
            variable_values=told["variables"],
        )
        if done.errors:
            return _wrong(done.errors[0].message, "INPUT_ERROR", 400)
        return httpx.Response(200, json={"data": done.data})

    def _root(self) -> Mapping[str, Any]:
        return {
            "viewer": {"displayName": "triage"},
            "organization": {"name": "Acme", "urlKey": "acme"},
            "teams": lambda _, **asked: _nodes(
                [TEAM] if asked["filter"]["key"]["eq"] == TEAM["key"] else []
            ),
            "issueLabels": lambda _, **asked: _nodes(
                {"id": told[0], "name": name, "team": told[1]}
                for name, told in LABELS.items()
                if name in asked["filter"]["name"]["in"]
            ),
            "issue": lambda _, **asked: self._named(asked["id"]),
            "issues": self._issues,
            "searchIssues": self._search,
            "comments": lambda _, **asked: _nodes(
                one
                for said in self.said.values()
                for one in said
                if one["id"] == asked["filter"]["id"]["eq"]
            ),
            "attachmentsForURL": lambda _, url, first, after=None, **more: self._page(
                [one for one in self.attached if one["url"] == url], first, after
            ),
            "issueCreate": lambda _, **told: {
                "success": True,
                "issue": self._create(told["input"]),
            },
            "commentCreate": lambda _, **told: {
                "success": True,
                "comment": self._comment(told["input"]),
            },
            "attachmentCreate": lambda _, **told: {
                "success": True,
                "attachment": self._attach(told["input"]),
            },
        }

    def _issues(self, _: Any, **asked: Any) -> Row:
        rows = [
            row
            for row in self.rows.values()
            if _passes(row, asked["filter"])
            and (asked.get("includeArchived") or not row["trashed"])
        ]
        return self._page(rows, asked["first"], asked.get("after"))

    def _page(self, rows: list[Row], first: int, after: str | None) -> Row:
        begin = int(after or 0)
        size = min(first, self.page)
        end = begin + size
        info = {"hasNextPage": end < len(rows), "endCursor": str(end)}
        return {"nodes": rows[begin:end], "pageInfo": info}

    def _search(self, _: Any, term: str, first: int) -> Row:
        words = term.casefold().split()
        return _nodes(
            [
                row
                for row in self.rows.values()
                if not row["trashed"]
                and all(
                    word in f"{row['title']} {row['description']}".casefold()
                    for word in words
                )
            ][:first]
        )

    def _named(self, name: str) -> Row:
        for row in self.rows.values():
            if name in {row["id"], row["identifier"], *row["previousIdentifiers"]}:
                return row
        raise GraphQLError("Entity not found: Issue")

    def _create(self, told: Row) -> Row:
        if told["teamId"] != TEAM["id"]:
            raise GraphQLError("Entity not found: Team")
        if not told["title"] or len(told["title"]) > 255 or "\n" in told["title"]:
            raise GraphQLError("title must be one line of 255 characters")
        self._is_new(told["id"], self.rows.values())
        return self._made(told)

    def _comment(self, told: Row) -> Row:
        issue = self._alive(told["issueId"])
        self._is_new(told["id"], [one for said in self.said.values() for one in said])
        made = {
            **told, "createdAt": self.now.isoformat(),
            "url": f"{issue['url']}#comment-{told['id'][:8]}",
        }  # fmt: skip
        self.said.setdefault(issue["identifier"], []).append(made)
        return made

    def _attach(self, told: Row) -> Row:
        issue = self._alive(told["issueId"])
        for one in self.attached:
            if one["url"] == told["url"] and one["issue"] is issue:
                one |= {"title": told["title"]}
                return one
        made = {
            **told, "id": f"attachment-{self._number()}", "issue": issue,
            "createdAt": self.now.isoformat(),
        }  # fmt: skip
        self.attached.append(made)
        return made

    def _alive(self, name: str) -> Row:
        row = self._named(name)
        if row["trashed"]:
            raise GraphQLError("Entity not found: Issue")
        return row

    def _is_new(self, name: str, rows: Any) -> None:
        if any(row["id"] == name for row in rows):
            raise GraphQLError("there is something with this id already")

    def _made(self, told: Row) -> Row:
        number = self._number()
        key, at = f"ENG-{number}", self.now.isoformat()
        self.rows[key] = {
            "id": f"8f1c0f5e-0000-4000-9000-{number:012x}", "description": "",
            "identifier": key, "previousIdentifiers": [], "url": f"{HOST}/issue/{key}",
            "createdAt": at, "updatedAt": at, "trashed": None, "dueDate": "2027-03-31",
            "assignee": {"displayName": "ann"}, "projectMilestone": None, **told,
        }  # fmt: skip
        self.move(key, "Backlog")
        return self.rows[key]


def _passes(row: Row, asked: Row) -> bool:
    """Whether a filter lets it through."""
    team, _, number = row["identifier"].partition("-")
    if "or" in asked and not any(_passes(row, one) for one in asked["or"]):
        return False
    if "team" in asked and asked["team"]["key"]["eq"] != team:
        return False
    if "number" in asked and int(number) not in asked["number"]["in"]:
        return False
    return "id" not in asked or asked["id"]["eq"] == row["id"]


def _nodes(rows: Any) -> Row:
    return {"nodes": list(rows)}


def _wrong(why: str, code: str, status: int) -> httpx.Response:
    error = {"message": why, "extensions": {"code": code, "userError": True}}
    return httpx.Response(status, json={"errors": [error]})
