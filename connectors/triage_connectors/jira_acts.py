"""What is written to Jira: issues, comments and links, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from triage.connector import Act, Outgoing, Receipt
from triage_connectors import filing, payload
from triage_connectors.adf_written import document
from triage_connectors.jira_api import AT_ONCE, Site

if TYPE_CHECKING:
    from triage_connectors.jira import Jira

LONGEST: Final = 30_000
"""Characters of a text; Jira takes 32,767, and counts breaks as it likes."""

ACTS: Final[Mapping[str, Act]] = {
    "create": Act("Creates an issue in the project.", longest=LONGEST),
    "comment": Act("Comments on the issue.", longest=LONGEST),
    "link": Act("Puts a link on the issue.", longest=LONGEST),
}

_MARK: Final = "triage"
"""The property of an issue or a comment that holds the key of the draft it was."""
_TITLE: Final = 255
_OURS: Final = 1000
"""Our account's latest issues in the project, among which one is looked for."""


async def send(site: Site, settings: Jira, outgoing: Outgoing) -> Receipt:
    """Do it, once: neither is asked twice, whatever becomes of the answer."""
    match outgoing.act:
        case "create":
            return await _create(site, settings, outgoing)
        case "comment":
            return await _comment(site, outgoing)
        case "link":
            return await _link(site, outgoing)
    raise filing.unknown(outgoing, "Jira")


async def sent(site: Site, settings: Jira, outgoing: Outgoing) -> Receipt | None:
    """Return what is there of it, by what only this draft has left."""
    match outgoing.act:
        case "create":
            return await _created(site, settings, outgoing)
        case "comment":
            return await _commented(site, outgoing)
        case "link":
            return await _linked(site, outgoing)
    raise filing.unknown(outgoing, "Jira")


async def _create(site: Site, settings: Jira, outgoing: Outgoing) -> Receipt:
    fields: dict[str, Any] = {
        "project": {"key": settings.project},
        "issuetype": {"name": settings.issue_type},
        "summary": filing.title(outgoing, _TITLE),
        "description": document(outgoing.text),
    }
    if settings.labels:
        fields["labels"] = list(settings.labels)
    values = {"fields": fields, "properties": _mark(outgoing)}
    made = await site.write("rest/api/3/issue", values)
    key = payload.must_be_key(made, "key")
    return Receipt(external_id=key, url=site.page_of(key))


async def _created(site: Site, settings: Jira, outgoing: Outgoing) -> Receipt | None:
    """
    Look for the mark among what our account created there, the latest first.

    Jira searches by properties of registered apps alone, so it is looked for here; and
    a search shows what was created some seconds later, so the keys that come next are
    asked for as well.
    """
    mine = f'project = "{settings.project}" AND creator = currentUser()'
    rows = site.search(
        f"{mine} ORDER BY created DESC", ("created",), _OURS, properties=[_MARK]
    )
    async for row in rows:
        if made := _made_by(site, row, outgoing):
            return made
    latest = f'project = "{settings.project}" ORDER BY key DESC'
    number = 0
    async for row in site.search(latest, ("created",), 1):
        told = payload.must_be_key(row, "key").rpartition("-")[2]
        number = int(told) if told.isdecimal() else 0
    keys = [f"{settings.project}-{number + more}" for more in range(1, AT_ONCE + 1)]
    for row in await site.fetched(keys, ("created",), properties=[_MARK]):
        if made := _made_by(site, row, outgoing):
            return made
    return None


def _made_by(site: Site, row: payload.Values, outgoing: Outgoing) -> Receipt | None:
    """What is told of an issue, if it is the draft's."""
    if not _is_marked(payload.within(row, "properties", _MARK), outgoing):
        return None
    key = payload.must_be_key(row, "key")
    at = payload.moment(payload.within(row, "fields"), "created")
    return Receipt(external_id=key, url=site.page_of(key), at=at)


async def _comment(site: Site, outgoing: Outgoing) -> Receipt:
    key = filing.about(outgoing)
    values = {"body": document(outgoing.text), "properties": _mark(outgoing)}
    made = await site.write(f"rest/api/3/issue/{quote(key, safe='')}/comment", values)
    return _comment_receipt(site, key, made)


async def _commented(site: Site, outgoing: Outgoing) -> Receipt | None:
    key, start = filing.about(outgoing), 0
    while True:
        answer = await site.get(
            f"rest/api/3/issue/{quote(key, safe='')}/comment",
            startAt=start,
            maxResults=AT_ONCE,
            orderBy="-created",
            expand="properties",
        )
        told = payload.found(answer)
        rows = payload.rows(told, "comments")
        for row in rows:
            marks = payload.inside(row, "properties")
            for mark in marks:
                is_ours = payload.text(mark, "key") == _MARK
                if is_ours and _is_marked(payload.within(mark, "value"), outgoing):
                    return _comment_receipt(site, key, row)
        start += len(rows)
        if not rows or start >= (payload.number(told, "total") or 0):
            return None


def _comment_receipt(site: Site, key: str, row: payload.Values) -> Receipt:
    number = payload.must_be_key(row)
    return Receipt(
        external_id=number,
        url=f"{site.page_of(key)}?focusedCommentId={quote(number, safe='')}",
        at=payload.moment(row, "created"),
    )


async def _link(site: Site, outgoing: Outgoing) -> Receipt:
    key, url = filing.about(outgoing), filing.address(outgoing)
    title = filing.called(outgoing, _TITLE)
    values = {"globalId": _global_id(url), "object": {"url": url, "title": title}}
    made = await site.write(
        f"rest/api/3/issue/{quote(key, safe='')}/remotelink", values
    )
    return Receipt(external_id=payload.must_be_key(made), url=site.page_of(key))


async def _linked(site: Site, outgoing: Outgoing) -> Receipt | None:
    key, url = filing.about(outgoing), filing.address(outgoing)
    answer = await site.get(
        f"rest/api/3/issue/{quote(key, safe='')}/remotelink",
        missing=True,
        globalId=_global_id(url),
    )
    if answer.status == 404:
        return None
    told = payload.found(answer)
    return Receipt(external_id=payload.must_be_key(told), url=site.page_of(key))


def _global_id(url: str) -> str:
    """What makes a link the same link; at most 255 characters."""
    return f"triage={hashlib.sha256(url.encode()).hexdigest()}"


def _mark(outgoing: Outgoing) -> list[dict[str, Any]]:
    return [{"key": _MARK, "value": {"draft": outgoing.key}}]


def _is_marked(value: payload.Values, outgoing: Outgoing) -> bool:
    return payload.text(value, "draft") == outgoing.key
