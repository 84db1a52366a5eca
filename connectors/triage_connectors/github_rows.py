"""Issues and comments of GitHub's lists, as feedback each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from triage.connector import Channel, Incoming
from triage_connectors import github_words, payload
from triage_connectors.desk import Talk, Who

OURS: Final = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})

_PULL: Final = re.compile(r"/pull/\d+(?:#|$)")
_NUMBER: Final = re.compile(r"/issues/(\d{1,12})$")
_REACTIONS: Final = (
    "+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """
    How the rows of one repository are read.

    Attributes:
        repo: "owner/name".
        team: Logins of our side, beside those GitHub knows as such; in lower case.
    """

    repo: str
    team: Collection[str] = ()

    def issue(self, row: payload.Values) -> Incoming | None:
        """What an issue begins with; None for a pull request, which is no feedback."""
        if payload.within(row, "pull_request"):
            return None
        number = payload.must_be_key(row, "number")
        markdown = payload.text(row, "body")
        talk = Talk(
            name=self.thread(number),
            subject=payload.text(row, "title"),
            url=payload.text(row, "html_url"),
            about=_about(row),
            channel=Channel.SOCIAL,
        )
        return talk.said(
            f"issue {payload.must_be_key(row)}",
            self.who(row, "user"),
            github_words.said(markdown) or talk.subject,
            payload.must_be_moment(row, "created_at"),
            raw=row,
            first=True,
            context=_beside(row, markdown),
        )

    def comment(self, row: payload.Values) -> Incoming | None:
        """What somebody said to an issue; None where it is about a pull request."""
        url = payload.text(row, "html_url")
        number = _NUMBER.search(payload.text(row, "issue_url"))
        if _PULL.search(url) or number is None:
            return None
        markdown = payload.text(row, "body")
        talk = Talk(name=self.thread(number[1]), url=url, channel=Channel.SOCIAL)
        return talk.said(
            f"comment {payload.must_be_key(row)}",
            self.who(row, "user"),
            github_words.said(markdown),
            payload.must_be_moment(row, "created_at"),
            raw=row,
            edited_at=payload.moment(row, "updated_at"),
            context=_beside(row, markdown),
        )

    def thread(self, number: str) -> str:
        """A conversation's name: issues and discussions count by the same numbers."""
        return f"{self.repo.lower()}#{number}"

    def who(self, row: payload.Values, name: str) -> Who:
        """Who wrote it, and whether for us; nobody is left of a deleted account."""
        user = payload.within(row, name)
        login = payload.text(user, "login")
        kind = payload.text(user, "type") or payload.text(user, "__typename")
        tie = payload.text(row, "author_association") or payload.text(
            row, "authorAssociation"
        )
        is_ours = tie in OURS or kind == "Bot" or login.lower() in self.team
        return Who(name=login, is_ours=is_ours)


def _about(row: payload.Values) -> dict[str, Any]:
    """What is true of the whole issue."""
    about: dict[str, Any] = {"status": _status(row)}
    closed_at = payload.moment(row, "closed_at")
    if closed_at and about["status"] == "solved":
        about["solved_at"] = closed_at.isoformat()
    labels = row.get("labels")
    tags = [
        payload.text(one, "name") if isinstance(one, Mapping) else one
        for one in (labels if isinstance(labels, list) else [])
        if isinstance(one, Mapping | str)
    ]
    about |= {
        "tags": [tag for tag in tags if tag],
        "issue_type": payload.text(payload.within(row, "type"), "name"),
        "milestone": payload.text(payload.within(row, "milestone"), "title"),
    }
    return about


def _status(row: payload.Values) -> str:
    if payload.text(row, "state") != "closed":
        return "open"
    reason = payload.text(row, "state_reason")
    return "closed" if reason in {"not_planned", "duplicate"} else "solved"


def _beside(row: payload.Values, markdown: str) -> dict[str, Any]:
    """What is true of one message: reactions, files, and why it was hidden."""
    told = payload.within(row, "reactions")
    counts = {
        name: int(many)
        for name in _REACTIONS
        if (many := payload.number(told, name)) and many > 0
    }
    return {
        "reactions": counts,
        "attachments": github_words.attachments(markdown),
        "hidden": payload.text(payload.within(row, "minimized"), "reason"),
    }
