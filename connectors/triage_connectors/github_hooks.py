"""What a GitHub webhook tells, and how what it tells of is read anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from triage.connector import Incoming, Page, Push, Secret
from triage_connectors import payload, pushed
from triage_connectors.github_api import ROWS, Api
from triage_connectors.github_discussions import Discussions
from triage_connectors.github_rows import Rows

_SIGNATURE: Final = "x-hub-signature-256"
_EVENT: Final = "x-github-event"
_DELIVERY: Final = "x-github-delivery"
_ABOUT: Final = re.compile(
    r"(?P<repo>[\w.-]{1,100}/[\w.-]{1,100}) (?P<kind>issue|discussion)"
    r" (?P<number>\d{1,12})(?: comment (?P<comment>\d{1,20}))?"
)
_NO_MORE: Final = frozenset({404, 410})


def push(
    headers: Mapping[str, str],
    body: bytes,
    secret: Secret | None,
    repos: Collection[str],
) -> Push:
    """
    Return which conversations a delivery is about: "acme/app issue 12".

    It is signed over the body, with HMAC-SHA256, in hexadecimal digits.

    Raises:
        SignInFailed: It is not signed with the webhook's secret.
    """
    digest = pushed.digest(secret, body).hex()
    pushed.must_match(headers.get(_SIGNATURE, ""), f"sha256={digest}")
    delivery = headers.get(_DELIVERY) or digest
    return Push(delivery, _about(headers.get(_EVENT, ""), body, repos))


def _about(event: str, body: bytes, repos: Collection[str]) -> list[str]:
    kind = event.removesuffix("_comment")
    values = pushed.values(body)
    kind = "issue" if kind == "issues" else kind
    repo = payload.text(payload.within(values, "repository"), "full_name")
    talk = payload.within(values, kind)
    number = payload.key(talk, "number")
    if (
        repo.lower() not in {one.lower() for one in repos}
        or kind not in {"issue", "discussion"}
        or payload.within(talk, "pull_request")
    ):
        return []
    name = f"{repo} {kind} {number}"
    comment = payload.key(payload.within(values, "comment"))
    if comment and payload.text(values, "action") == "deleted":
        name += f" comment {comment}"
    return [name] if _ABOUT.fullmatch(name) else []


@dataclass(slots=True)
class Anew:
    """Conversations read again, each whole, and what of them is no more."""

    api: Api
    repos: Collection[str]
    team: Collection[str]

    async def page(self, about: Sequence[str]) -> Page:
        """Return them as they are now."""
        said: list[Incoming] = []
        gone: list[str] = []
        threads: list[str] = []
        known = {one.lower() for one in self.repos}
        for (repo, kind, number), deleted in _by_talk(about).items():
            if repo.lower() not in known:
                continue
            rows = Rows(repo, self.team)
            read = self._issue if kind == "issue" else self._discussion
            found = await read(rows, number)
            if found is None:
                threads.append(rows.thread(number))
                continue
            there, lost = found
            table = "comment" if kind == "issue" else "discussion comment"
            names = {one.external_id for one in there}
            missing = (f"{table} {one}" for one in deleted)
            said += there
            gone += [*lost, *(one for one in missing if one not in names)]
        return Page(said, None, gone=gone, gone_threads=threads)

    async def _issue(
        self, rows: Rows, number: str
    ) -> tuple[list[Incoming], Sequence[str]] | None:
        path = f"repos/{rows.repo}/issues/{number}"
        answer = await self.api.answered(path, allow=_NO_MORE)
        if answer.status in _NO_MORE:
            # Of a repository it may not read any more GitHub says the same.
            await self.api.answered(f"repos/{rows.repo}")
            return None
        row = payload.found(answer)
        at = payload.text(row, "repository_url").lower()
        if at and not at.endswith(f"/repos/{rows.repo.lower()}"):
            return None  # it was transferred, and the answer is its new place's
        first = rows.issue(row)
        if first is None:
            return [], ()
        return [first, *await self._comments(path, rows)], ()

    async def _comments(self, path: str, rows: Rows) -> list[Incoming]:
        turns = self.api.lists.pages()
        said: list[Incoming] = []
        number, more = 1, True
        while more:
            turns.turn(str(number))
            answer = await self.api.answered(
                f"{path}/comments", {"per_page": ROWS, "page": number}
            )
            turns.saw(answer.content)
            more = bool(answer.next_url)
            number += 1
            said += [
                one for row in payload.listed(answer) if (one := rows.comment(row))
            ]
        return said

    async def _discussion(
        self, rows: Rows, number: str
    ) -> tuple[list[Incoming], Sequence[str]] | None:
        reader = Discussions(self.api, rows)
        row = await reader.one(number)
        if row is None:
            return None
        told = await reader.whole([row])
        return list(told.said), told.gone


def _by_talk(about: Sequence[str]) -> dict[tuple[str, str, str], set[str]]:
    """Each conversation once, with the comments that are said to be deleted."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for name in about:
        told = _ABOUT.fullmatch(name)
        if told:
            talk = told["repo"], told["kind"], told["number"]
            found.setdefault(talk, set()).update(filter(None, [told["comment"]]))
    return found
