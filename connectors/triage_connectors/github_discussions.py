"""Discussions of GitHub, whole: what was asked, and all that was said to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from triage.connector import Channel, Incoming, SourceUnavailable
from triage_connectors import github_words, payload
from triage_connectors.desk import Talk
from triage_connectors.github_api import Api, repository
from triage_connectors.github_queries import (
    COMMENTS,
    DISCUSSIONS,
    LATEST,
    MORE,
    MORE_COMMENTS,
    MORE_REPLIES,
    ONE,
    REPLIES,
)
from triage_connectors.github_rows import Rows
from triage_connectors.together import together

FEWER: Final = 10
"""Of the first page of a run that goes on: mostly little has changed."""

_SIZES: Final = {"comments": COMMENTS, "replies": REPLIES}


@dataclass(frozen=True, slots=True)
class Told:
    """
    Discussions as feedback.

    Attributes:
        gone: Comments that were deleted while their replies stand.
    """

    said: Sequence[Incoming] = ()
    gone: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Discussions:
    """Those of one repository."""

    api: Api
    rows: Rows

    async def page(
        self, after: str, *, few: bool
    ) -> tuple[list[dict[str, Any]], str, bytes]:
        """A page of what changed, the latest first; the place of the next, or ""."""
        data = await self.api.asked(
            LATEST,
            "Latest",
            self._of()
            | {"first": FEWER if few else DISCUSSIONS, "after": after or None}
            | _SIZES,
        )
        found = repository(data, self.rows.repo).get("discussions")
        rows, following = _connection(found)
        return rows, following, payload.raw(data)

    async def one(self, number: str) -> dict[str, Any] | None:
        """That discussion; None where it is no more."""
        variables = self._of() | {"number": int(number)} | _SIZES
        data = await self.api.asked(ONE, "One", variables)
        return payload.within(repository(data, self.rows.repo), "discussion") or None

    async def whole(self, rows: Sequence[Mapping[str, Any]]) -> Told:
        """All that is said in these, also what their page had no room for."""
        found = await together(partial(self._comments, row) for row in rows)
        said: list[Incoming] = []
        gone: list[str] = []
        for row, comments in zip(rows, found, strict=True):
            talk = _talk(self.rows, row)
            said.append(self._said(talk, "discussion", row, first=True))
            for comment in comments:
                name = named(comment)
                if payload.text(comment, "deletedAt"):
                    gone.append(name)
                else:
                    said.append(self._said(talk, "discussion comment", comment))
        return Told(said, gone)

    async def _comments(self, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Its comments and the replies to them, in order."""
        comments, after = _connection(row.get("comments"))
        turns = self.api.graph.pages()
        while after:
            variables = {"id": payload.must_be_key(row), "after": turns.turn(after)}
            data = await self.api.asked(
                MORE_COMMENTS,
                "MoreComments",
                variables | {"comments": MORE, "replies": REPLIES},
            )
            more, after = _connection(payload.within(data, "node").get("comments"))
            comments += more
        begun = [_connection(comment.get("replies")) for comment in comments]
        cut = {at: place for at, (_, place) in enumerate(begun) if place}
        read_on = await together(
            partial(self._replies, comments[at], place) for at, place in cut.items()
        )
        rest = dict(zip(cut, read_on, strict=True))
        return [
            said
            for at, (comment, (replies, _)) in enumerate(
                zip(comments, begun, strict=True)
            )
            for said in (comment, *replies, *rest.get(at, ()))
        ]

    async def _replies(
        self, comment: Mapping[str, Any], after: str
    ) -> list[dict[str, Any]]:
        """The replies to a comment from that place on."""
        replies: list[dict[str, Any]] = []
        turns = self.api.graph.pages()
        while after:
            variables = {"id": payload.must_be_key(comment), "after": turns.turn(after)}
            data = await self.api.asked(
                MORE_REPLIES, "MoreReplies", variables | {"replies": MORE}
            )
            more, after = _connection(payload.within(data, "node").get("replies"))
            replies += more
        return replies

    def _said(
        self, talk: Talk, table: str, row: Mapping[str, Any], *, first: bool = False
    ) -> Incoming:
        markdown = payload.text(row, "body")
        by_mail = row.get("createdViaEmail") is True
        words = github_words.said(markdown, by_mail=by_mail)
        bare = {
            name: value
            for name, value in row.items()
            if name not in {"comments", "replies"}
        }
        own = Talk(
            name=talk.name,
            subject=talk.subject,
            url=payload.text(row, "url"),
            about=talk.about,
            channel=Channel.SOCIAL,
        )
        return own.said(
            named(row, table),
            self.rows.who(row, "author"),
            words or (talk.subject if first else ""),
            payload.must_be_moment(row, "createdAt"),
            raw=bare,
            first=first,
            edited_at=payload.moment(row, "lastEditedAt"),
            context=_beside(row, markdown),
        )

    def _of(self) -> dict[str, Any]:
        owner, _, name = self.rows.repo.partition("/")
        return {"owner": owner, "name": name}


def named(row: payload.Values, table: str = "discussion comment") -> str:
    """The id of what was said; GitHub's number of it where it has one."""
    return f"{table} {payload.key(row, 'databaseId') or payload.must_be_key(row)}"


def _connection(told: Any) -> tuple[list[dict[str, Any]], str]:
    """The rows of a list, and the place of its next page; "" at its end."""
    values = told if isinstance(told, dict) else {}
    page = values.get("pageInfo")
    more = page.get("hasNextPage") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(more, bool):
        raise SourceUnavailable(
            "GitHub told a list without saying whether more follows; try again later"
        )
    rows = payload.rows(values, "nodes")
    return list(rows), payload.must_be_key(page, "endCursor") if more else ""


def _talk(rows: Rows, row: payload.Values) -> Talk:
    about: dict[str, Any] = {"status": _status(row)}
    if about["status"] == "solved":
        at = payload.moment(row, "answerChosenAt") or payload.moment(row, "closedAt")
        about |= {"solved_at": at.isoformat()} if at else {}
    labels = payload.inside(payload.within(row, "labels"), "nodes")
    about |= {
        "tags": [name for one in labels if (name := payload.text(one, "name"))],
        "category": payload.text(payload.within(row, "category"), "name"),
    }
    return Talk(
        name=rows.thread(payload.must_be_key(row, "number")),
        subject=payload.text(row, "title"),
        about=about,
        channel=Channel.SOCIAL,
    )


def _status(row: payload.Values) -> str:
    if row.get("isAnswered") is True:
        return "solved"
    if row.get("closed") is not True:
        return "open"
    return "solved" if payload.text(row, "stateReason") == "RESOLVED" else "closed"


def _beside(row: payload.Values, markdown: str) -> dict[str, Any]:
    votes = payload.number(row, "upvoteCount") or 0
    return {
        "reactions": dict(_reactions(row)),
        "upvotes": int(votes) or None,
        "attachments": github_words.attachments(markdown),
        "hidden": payload.text(row, "minimizedReason"),
        "answer": row.get("isAnswer") is True or None,
    }


def _reactions(row: payload.Values) -> Iterator[tuple[str, int]]:
    for one in payload.inside(row, "reactionGroups"):
        many = payload.number(payload.within(one, "reactors"), "totalCount") or 0
        if many > 0:
            yield payload.text(one, "content").lower(), int(many)
