"""A small GitHub as a tracker asks it: one repository, and a project if there is one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from graphql import (
    DocumentNode,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from servers.described import Described
from servers.filed import Filed, Row
from servers.github_described import theirs_described, theirs_schema
from triage.connector import Secret
from triage.testing import rendered
from triage_connectors.github_roadmap import GitHubRoadmap

REPO = "acme/app"
PROJECT = "https://github.com/orgs/acme/projects/3"
CANARY = "canary-github-roadmap-7e21b4"
_PAGE = f"https://github.com/{REPO}/issues"
_ENDS: Mapping[str, tuple[str, str | None, str]] = {
    "open": ("open", None, ""),
    "completed": ("closed", "completed", "shipped"),
    "not planned": ("closed", "not_planned", "dropped"),
    "duplicate": ("closed", "duplicate", ""),
    "closed": ("closed", None, ""),
}
"""State, reason and what it means."""
COLUMNS = ("Todo", "In Progress", "Done")
_QUERY = re.compile(r"([\w ]+) repo:acme/app is:issue")
_LINK = re.compile(r"\]\(<(https?://[^>]*)>\)")


@cache
def described() -> Described:
    """The lists in our own words."""
    return Described.at(Path(__file__).with_name("github_roadmap.openapi.json"))


@cache
def ours_schema() -> GraphQLSchema:
    """What may be asked of GraphQL, in our own words."""
    path = Path(__file__).with_name("github_roadmap.graphql")
    return build_schema(path.read_text("utf-8"))


@cache
def question(query: str) -> tuple[DocumentNode, str]:
    """A question, and what is wrong with it by either schema; "" for nothing."""
    document = parse(query)
    errors = list(validate(ours_schema(), document))
    if theirs := theirs_schema():
        errors += validate(theirs, document)
    return document, "; ".join(error.message for error in errors)


@cache
def _refused(
    method: str, url: str, headers: tuple[tuple[str, str], ...], content: bytes
) -> str:
    # The same is asked again and again, and the vendor's description is large.
    request = httpx.Request(method, url, headers=dict(headers), content=content)
    if said := described().refused(request):
        return said
    if request.url.path == "/graphql":
        return question(json.loads(content)["query"])[1]
    theirs = theirs_described()
    return theirs.refused(request) if theirs else ""


def connector(**told: Any) -> GitHubRoadmap:
    """A source of this server."""
    return GitHubRoadmap(**{"repo": REPO, "token": Secret(CANARY), **told})


def planning(**told: Any) -> GitHubRoadmap:
    """The same with a project."""
    return connector(project="acme/3", **told)


@dataclass(slots=True)
class GitHubTracker(Filed):
    """
    Issues of a repository.

    Attributes:
        page: Rows of a page at most.
        may_label: Whether the token may set labels; else they are dropped silently.
    """

    states: Mapping[str, str] = field(
        default_factory=lambda: {name: told[-1] for name, told in _ENDS.items()}
    )
    page: int = 3
    may_label: bool = True

    # What happens there.

    def add(self, title: str) -> str:
        """Somebody plans it."""
        return self._key(self._made(title, "", "ann"))

    def move(self, key: str, state: str) -> None:
        """Somebody closes it as that, or opens it again."""
        row = self.rows[key]
        if state in COLUMNS:
            row["column"] = state
        else:
            row["state"], row["state_reason"], _ = _ENDS[state]

    # What is there.

    def titles(self) -> Mapping[str, str]:
        """Titles by key."""
        return {key: row["title"] for key, row in self.rows.items()}

    def seen(self, key: str) -> str:
        """The text as it is read."""
        return rendered(self.rows[key]["body"])

    def comments(self, key: str) -> Sequence[str]:
        """What is said, as it is read."""
        return [rendered(one["body"]) for one in self.said.get(key, [])]

    def links(self, key: str) -> Sequence[str]:
        """Where its comments lead."""
        return [
            address
            for one in self.said.get(key, [])
            for address in _LINK.findall(one["body"])
        ]

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request; "" where each does."""
        headers = tuple(sorted(request.headers.items()))
        return _refused(request.method, str(request.url), headers, request.content)

    # How it answers.

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {CANARY}":
            return _error(401, "Bad credentials")
        if why := self.refused(request):
            return _error(422, why)
        told = json.loads(request.content) if request.content else {}
        params = request.url.params
        match [request.method, *request.url.path.strip("/").split("/")]:
            case ["GET", "user"]:
                return httpx.Response(200, json={"login": "triage"})
            case ["POST", "graphql"]:
                return self._graph(told)
            case ["GET", "search", "issues"]:
                return self._search(params)
            case ["GET", "repos", "acme", "app", "issues"]:
                rows = [
                    row
                    for row in reversed(self.rows.values())
                    if params.get("creator", row["by"]) == row["by"]
                ]
                return self._page(request, rows)
            case ["POST", "repos", "acme", "app", "issues"]:
                labels = told.get("labels", []) if self.may_label else []
                made = self._made(told["title"], told["body"], "triage", labels)
                return httpx.Response(201, json=_shown(made))
            case ["GET", "repos", "acme", "app", "issues", number, "comments"]:
                key = f"{REPO}#{number}"
                if key in self.rows:
                    return self._page(request, self.said.get(key, []))
            case ["POST", "repos", "acme", "app", "issues", number, "comments"]:
                if f"{REPO}#{number}" in self.rows:
                    return self._say(f"{REPO}#{number}", told["body"])
        return _error(404, "Not Found")

    def _say(self, key: str, body: str) -> httpx.Response:
        number = 9_000_000 + self._number()
        made = {
            "id": number, "body": body, "created_at": self._time(),
            "html_url": f"{self.rows[key]['html_url']}#issuecomment-{number}",
        }  # fmt: skip
        self.said.setdefault(key, []).append(made)
        return httpx.Response(201, json=made)

    def _search(self, params: httpx.QueryParams) -> httpx.Response:
        asked = _QUERY.fullmatch(params["q"])
        if not asked:
            return _error(422, "The listed repositories cannot be searched")
        rows = [
            row
            for row in self.rows.values()
            if all(
                word in f"{row['title']} {row['body']}".casefold()
                for word in asked[1].split()
            )
        ]
        shown = [_shown(row) for row in rows[: int(params["per_page"])]]
        told = {"total_count": len(rows), "incomplete_results": False, "items": shown}
        return httpx.Response(200, json=told)

    def _page(self, request: httpx.Request, rows: list[Row]) -> httpx.Response:
        params = request.url.params
        number = int(params.get("page", 1))
        size = min(self.page, int(params["per_page"]))
        shown = [_shown(row) for row in rows[size * (number - 1) : size * number]]
        following = request.url.copy_set_param("page", number + 1)
        link = {"link": f'<{following}>; rel="next"'}
        is_last = size * number >= len(rows)
        return httpx.Response(200, json=shown, headers={} if is_last else link)

    def _graph(self, asked: Row) -> httpx.Response:
        done = execute_sync(
            ours_schema(),
            question(asked["query"])[0],
            root_value={
                "viewer": {"login": "triage"},
                "repository": self._repository,
                "repositoryOwner": self._owner,
            },
            variable_values=asked["variables"],
            operation_name=asked["operationName"],
        )
        if done.errors:
            raise done.errors[0]
        told: Row = {"data": done.data}
        missing = [
            name
            for name, one in (done.data or {}).items()
            if one is None or ("issue" in one and one["issue"] is None)
        ]
        if missing:
            told["errors"] = [
                {"type": "NOT_FOUND", "path": [name], "message": "Could not resolve"}
                for name in missing
            ]
        return httpx.Response(200, json=told)

    def _repository(self, _: Any, owner: str, name: str) -> Row | None:
        if f"{owner}/{name}".lower() != REPO:
            return None
        return {
            "nameWithOwner": REPO, "hasIssuesEnabled": True,
            "viewerPermission": "WRITE",
            "issue": lambda _, number: self._graphed(self.rows.get(f"{REPO}#{number}")),
        }  # fmt: skip

    def _owner(self, _: Any, login: str) -> Row | None:
        if login != "acme":
            return None
        status = {
            "__typename": "ProjectV2SingleSelectField", "name": "Status",
            "options": [{"name": name} for name in COLUMNS],
        }  # fmt: skip
        board = {
            "title": "Roadmap", "url": PROJECT,
            "field": lambda _, name: status if name == "Status" else None,
        }  # fmt: skip
        return {
            "__typename": "Organization", "login": login,
            "projectV2": lambda _, number: board if number == 3 else None,
        }  # fmt: skip

    def _graphed(self, row: Row | None) -> Row | None:
        if row is None:
            return None
        reason = row["state_reason"]
        value = {"__typename": "ProjectV2ItemFieldSingleSelectValue"}
        other = {"project": {"url": f"{PROJECT}7"}, "fieldValueByName": None}
        ours = {
            "project": {"url": PROJECT},
            "fieldValueByName": lambda _, name: (
                {**value, "name": row["column"]} if name == "Status" else None
            ),
        }
        return {
            "number": row["number"], "title": row["title"], "url": row["html_url"],
            "state": row["state"].upper(),
            "stateReason": lambda _, **asked: _reason(reason, asked),
            "updatedAt": row["updated_at"], "milestone": row["milestone"],
            "assignees": {"nodes": row["assignees"]},
            "projectItems": {"nodes": [other, ours] if row["column"] else [other]},
        }  # fmt: skip

    def _made(self, title: str, body: str, by: str, labels: Sequence[str] = ()) -> Row:
        number = self._number()
        row = {
            "number": number, "title": title, "body": body, "by": by, "column": "",
            "html_url": f"{_PAGE}/{number}", "state": "open", "state_reason": None,
            "created_at": self._time(), "updated_at": self._time(),
            "assignees": [{"login": "ann"}], "milestone": {"title": "5.2"},
            "labels": [{"id": 1, "name": name} for name in labels],
        }  # fmt: skip
        self.rows[self._key(row)] = row
        return row

    def _key(self, row: Row) -> str:
        return f"{REPO}#{row['number']}"

    def _time(self) -> str:
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ}"


def board_states() -> dict[str, str]:
    """What is told of issues on the project that are open: its words, and no more."""
    return dict.fromkeys(COLUMNS, "")


def _reason(reason: str | None, asked: Mapping[str, bool]) -> str | None:
    if reason == "duplicate" and not asked.get("enableDuplicate"):
        return "NOT_PLANNED"
    return reason.upper() if reason else None


def _shown(row: Row) -> Row:
    return {name: one for name, one in row.items() if name not in {"by", "column"}}


def _error(status: int, said: str) -> httpx.Response:
    return httpx.Response(status, json={"message": said, "status": str(status)})
