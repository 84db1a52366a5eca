"""Repositories of a small GitHub: issues, pull requests, discussions, and what is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

REPO = "acme/app"
HOME = "https://api.github.com"
WEB = "https://github.com"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BOT = "dependabot[bot]"

Row = dict[str, Any]


@dataclass(slots=True)
class Forge:
    """
    One repository.

    Attributes:
        moved: Grows with every change, so that what is sorted is sorted once.
    """

    now: datetime = NOW
    issues: dict[int, Row] = field(default_factory=dict)
    comments: dict[int, Row] = field(default_factory=dict)
    of_issue: dict[int, list[int]] = field(default_factory=dict)
    discussions: dict[int, Row] = field(default_factory=dict)
    nodes: dict[str, Row] = field(default_factory=dict)
    moved: int = 0
    numbers: int = 0

    def stamp(self) -> str:
        """Now, as GitHub writes it."""
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ}"

    def open(self, body: str, by: str = "ann", tie: str = "NONE", **told: Any) -> Row:
        """Somebody opens an issue."""
        number = self._number()
        url = f"{HOME}/repos/{REPO}/issues/{number}"
        row: Row = {
            "id": 1_000_000 + number, "node_id": f"I_kw{number}", "number": number,
            "url": url, "repository_url": f"{HOME}/repos/{REPO}",
            "labels_url": f"{url}/labels{{/name}}", "comments_url": f"{url}/comments",
            "events_url": f"{url}/events", "html_url": f"{WEB}/{REPO}/issues/{number}",
            "state": "open", "state_reason": None, "title": f"Export {number}",
            "body": body, "user": user(by), "labels": [], "assignee": None,
            "milestone": None, "locked": False, "comments": 0, "closed_at": None,
            "created_at": self.stamp(), "updated_at": self.stamp(),
            "author_association": tie, "reactions": reactions(url),
            **told,
        }  # fmt: skip
        self.issues[number] = row
        self.of_issue[number] = []
        return row

    def propose(self, body: str, by: str = "ann") -> Row:
        """Somebody opens a pull request, which is an issue as well."""
        row = self.open(body, by)
        url = f"{HOME}/repos/{REPO}/pulls/{row['number']}"
        row["html_url"] = f"{WEB}/{REPO}/pull/{row['number']}"
        row["pull_request"] = {"url": url, "html_url": row["html_url"]}
        return row

    def say(
        self, number: int, body: str, by: str = "ann", tie: str = "NONE", **told: Any
    ) -> Row:
        """Somebody says something to an issue."""
        name = 5_000_000 + len(self.comments)
        issue = self.issues[number]
        url = f"{HOME}/repos/{REPO}/issues/comments/{name}"
        row: Row = {
            "id": name, "node_id": f"IC_kw{name}", "url": url,
            "html_url": f"{issue['html_url']}#issuecomment-{name}",
            "issue_url": issue["url"], "body": body, "user": user(by),
            "created_at": self.stamp(), "updated_at": self.stamp(),
            "author_association": tie, "reactions": reactions(url), **told,
        }  # fmt: skip
        self.comments[name] = row
        self.of_issue[number].append(name)
        issue["comments"] += 1
        self.touch(issue)
        return row

    def touch(self, row: Row) -> None:
        """It changes now."""
        self.moved += 1
        row["updatedAt" if "updatedAt" in row else "updated_at"] = self.stamp()

    def ask(self, body: str, by: str = "ann", tie: str = "NONE", **told: Any) -> Row:
        """Somebody begins a discussion."""
        number = self._number()
        row = self._said(
            "Discussion", f"D_kw{number}", 20_000 + number, body, by, tie
        ) | {
            "number": number, "title": f"Idea {number}", "updatedAt": self.stamp(),
            "url": f"{WEB}/{REPO}/discussions/{number}", "closed": False,
            "closedAt": None, "stateReason": None, "isAnswered": False,
            "answerChosenAt": None, "category": {"id": "DIC_1", "name": "Ideas"},
            "labels": {"nodes": []}, "said": [], **told,
        }  # fmt: skip
        row["comments"] = connected(row["said"])
        self.discussions[number] = row
        self.nodes[row["id"]] = row
        return row

    def answer_to(
        self, talk: Row, body: str, by: str = "ann", tie: str = "NONE",
        to: Row | None = None, **told: Any,
    ) -> Row:  # fmt: skip
        """Somebody says something to a discussion, or replies to what was said."""
        name = 700_000 + len(self.nodes)
        row = self._said("DiscussionComment", f"DC_kw{name}", name, body, by, tie) | {
            "url": f"{talk['url']}#discussioncomment-{name}", "deletedAt": None,
            "isAnswer": False, "isMinimized": False, "minimizedReason": None,
            "said": [], "talk": talk, **told,
        }  # fmt: skip
        row["replies"] = connected(row["said"])
        (talk if to is None else to)["said"].append(row)
        self.nodes[row["id"]] = row
        self.touch(talk)
        return row

    def _said(
        self, kind: str, node: str, name: int, body: str, by: str, tie: str
    ) -> Row:
        author = {"id": f"U_{by}", "login": by.removesuffix("[bot]")}
        author["__typename"] = "Bot" if by.endswith("[bot]") else "User"
        return {
            "__typename": kind, "id": node, "databaseId": name, "body": body,
            "createdAt": self.stamp(), "lastEditedAt": None, "createdViaEmail": False,
            "author": author if by else None, "authorAssociation": tie,
            "upvoteCount": 1, "reactionGroups": [
                {"content": "THUMBS_UP", "reactors": {"totalCount": 0}}
            ],
        }  # fmt: skip

    def _number(self) -> int:
        self.moved += 1
        self.numbers += 1
        return self.numbers


def connected(rows: Sequence[Row]) -> Any:
    """A list as GraphQL gives it: so many rows after a place."""

    def page(
        info: Any, first: int | None = None, after: str | None = None, **_: Any
    ) -> Mapping[str, Any]:
        assert first is not None, "a list is asked for without `first`"
        assert 1 <= first <= 100, "a page has a hundred rows at most"
        most = min(first, info.context["size"])
        begin = int(after.removeprefix("place-")) if after else 0
        end = begin + most
        return {
            "totalCount": len(rows),
            "nodes": rows[begin:end],
            "pageInfo": {
                "hasNextPage": end < len(rows),
                "endCursor": f"place-{end}" if rows[begin:end] else None,
            },
        }

    return page


def user(login: str) -> Row | None:
    """A user of the lists; none is left of an account that was deleted."""
    if not login:
        return None
    kind = "Bot" if login.endswith("[bot]") else "User"
    return {
        "login": login, "id": sum(login.encode()), "node_id": f"U_{login}",
        "avatar_url": f"https://avatars.githubusercontent.com/{login}", "type": kind,
        "url": f"{HOME}/users/{login}", "html_url": f"{WEB}/{login}",
        "site_admin": False,
    }  # fmt: skip


def reactions(url: str) -> Row:
    """Nobody reacted yet."""
    names = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")
    return {"url": f"{url}/reactions", "total_count": 0, **dict.fromkeys(names, 0)}
