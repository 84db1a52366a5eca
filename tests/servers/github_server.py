"""A small GitHub in this process: its lists and its GraphQL, by documented rules."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from graphql import execute_sync

from servers import github_described
from servers.github_described import ours_schema, question
from servers.github_forge import HOME, REPO, Forge, Row, connected

TOKEN = "canary-github-4d21f7"
HOST = "api.github.com"

_ISSUE = re.compile(r"/issues/(\d+)(/comments)?")


@dataclass(slots=True)
class GitHubServer(Forge):
    """
    One repository, and a token that may read it.

    Attributes:
        size: Rows of a page, at most.
        exclusive: Whether ``since`` leaves out its own second.
        switched_off: Whether there are issues at all.
        before: Answers first, where it answers anything.
    """

    size: int = 100
    exclusive: bool = False
    switched_off: bool = False
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    requests: list[httpx.Request] = field(default_factory=list)
    _sorted: dict[str, tuple[int, list[tuple[str, int]]]] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What GitHub says to a request."""
        self.requests.append(request)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(401, "Bad credentials")
        early = self.before(request)
        if early is not None:
            return early
        path = request.url.path
        if path == "/graphql":
            return self._graph(json.loads(request.content))
        if not path.lower().startswith(f"/repos/{REPO}"):
            return _error(404, "Not Found")
        params = request.url.params
        rest = path[len(f"/repos/{REPO}") :]
        if rest.startswith("/issues") and self.switched_off:
            return _error(410, "Issues has been disabled in this repository.")
        match rest:
            case "":
                return httpx.Response(200, json={"full_name": REPO})
            case "/issues":
                return self._list(request, "issues", self.issues)
            case "/issues/comments":
                return self._list(request, "comments", self.comments)
        if found := _ISSUE.fullmatch(rest):
            number = int(found[1])
            if number not in self.issues:
                return _error(410, "This issue was deleted")
            if not found[2]:
                return httpx.Response(200, json=self.issues[number])
            rows = [self.comments[name] for name in self.of_issue[number]]
            return self._page(request, rows, int(params.get("page", 1)))
        return _error(404, "Not Found")

    def asked(self, part: str) -> list[httpx.Request]:
        """Requests whose path ends so."""
        return [one for one in self.requests if one.url.path.endswith(part)]

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request; "" where each does."""
        return github_described.refused(request)

    def _list(
        self, request: httpx.Request, name: str, rows: Mapping[int, Row]
    ) -> httpx.Response:
        params = request.url.params
        if self._sorted.get(name, (-1,))[0] != self.moved:
            order = sorted((row["updated_at"], key) for key, row in rows.items())
            self._sorted[name] = self.moved, order
        order = self._sorted[name][1]
        since = params.get("since", "")
        first = bisect_left(order, (since, 1 << 60 if self.exclusive else 0))
        number = int(params.get("page", 1))
        size = self._size(params)
        begin = first + size * (number - 1)
        page = [rows[key] for _, key in order[begin : begin + size]]
        return self._page(request, page, number, len(order) - first)

    def _page(
        self, request: httpx.Request, rows: list[Row], number: int, total: int = -1
    ) -> httpx.Response:
        size = self._size(request.url.params)
        if total < 0:
            total, rows = len(rows), rows[size * (number - 1) : size * number]
        last = -(-total // size)
        if number > 100:
            return _error(422, "Pagination with the page parameter is not supported")
        links = {"next": number + 1, "last": last} if number < last else {}
        header = ", ".join(
            f'<{request.url.copy_set_param("page", page)}>; rel="{rel}"'
            for rel, page in links.items()
        )
        return httpx.Response(
            200, json=rows, headers={"link": header} if header else {}
        )

    def _size(self, params: Mapping[str, str]) -> int:
        return min(self.size, int(params.get("per_page", 30)))

    def _graph(self, asked: Mapping[str, Any]) -> httpx.Response:
        document, wrong = question(asked["query"])
        if wrong:
            return httpx.Response(200, json={"errors": [{"message": wrong}]})
        done = execute_sync(
            ours_schema(),
            document,
            root_value={
                "viewer": {"id": "U_eve", "login": "eve"},
                "rateLimit": {"limit": 5000, "remaining": 4990},
                "repository": self._repository,
                "node": lambda _, **named: self.nodes.get(named["id"]),
            },
            context_value={"size": self.size},
            variable_values=dict(asked["variables"]),
            operation_name=asked["operationName"],
        )
        told: dict[str, Any] = {"data": done.data}
        if done.errors:
            raise done.errors[0]
        if done.data and "repository" in done.data and not done.data["repository"]:
            told["errors"] = [_missing("repository")]
        elif (
            done.data
            and (done.data.get("repository") or {}).get("discussion", 1) is None
        ):
            told["errors"] = [_missing("repository", "discussion")]
        return httpx.Response(200, json=told)

    def _repository(self, _: Any, owner: str, name: str) -> Mapping[str, Any] | None:
        if f"{owner}/{name}".lower() != REPO:
            return None
        latest = sorted(
            self.discussions.values(),
            key=lambda row: (row["updatedAt"], row["number"]),
            reverse=True,
        )

        def discussions(
            info: Any, first: int = 100, after: str | None = None, **order: Any
        ) -> Any:
            if not order:
                return {"totalCount": len(latest)}
            assert order == {"orderBy": {"field": "UPDATED_AT", "direction": "DESC"}}
            # A place is a time, so what moves to the front meanwhile shifts nothing.
            begin = 0
            if after:
                places = [_place(row) for row in latest]
                begin = sum(place >= after for place in places)
            told = connected(latest[begin:])(info, first=first)
            if told["nodes"]:
                told["pageInfo"]["endCursor"] = _place(told["nodes"][-1])
            return told

        issues = [row for row in self.issues.values() if "pull_request" not in row]
        return {
            "id": "R_1",
            "nameWithOwner": REPO,
            "hasDiscussionsEnabled": True,
            "issues": {"totalCount": len(issues)},
            "discussions": discussions,
            "discussion": lambda _, number: self.discussions.get(number),
        }


def _place(row: Row) -> str:
    return f"{row['updatedAt']} {row['number']:06}"


def _missing(*path: str) -> dict[str, Any]:
    said = f"Could not resolve to a {path[-1].capitalize()}."
    return {"type": "NOT_FOUND", "path": list(path), "message": said}


def _error(status: int, said: str) -> httpx.Response:
    told = {"message": said, "documentation_url": f"{HOME}/docs", "status": str(status)}
    return httpx.Response(status, json=told)
