"""A small JMAP server in this process, for what a real one cannot be made to do."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from triage.transport import Http

HOST = "https://mail.example"
TOKEN = "canary-jmap-41c9"
_CORE = "urn:ietf:params:jmap:core"
_MAIL = "urn:ietf:params:jmap:mail"
_START = datetime(2026, 3, 2, 12, tzinfo=UTC)


class _Failed(Exception):
    """A method's error, by its type."""


@dataclass(slots=True)
class Stored:
    """One mail as the server keeps it."""

    id: str
    raw: bytes
    at: str
    boxes: set[str]


@dataclass(slots=True)
class JmapServer:
    """
    An account with an inbox, an archive and a sent box.

    Attributes:
        limits: What the session says of core limits.
        largest: Ids that one call really takes, whatever the session says.
        forgotten: States up to this one are no longer known.
        download_url: The session's template.
        session: Fields of the session that are to be others.
        cut: Bytes of a text after which the server leaves the rest out.
        broken: Whether the server could not tell an encoding.
        before: Looks at a request first and may answer it.
        asked: Every method that was called, in order, with its arguments.
        requests: Every request that came.
    """

    limits: dict[str, int] = field(default_factory=dict)
    largest: int = 1_000_000
    forgotten: int = -1
    download_url: str = "/down/{accountId}/{blobId}/{name}?as={type}"
    session: dict[str, Any] = field(default_factory=dict)
    cut: int = 1_000_000
    broken: bool = False
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    mails: dict[str, Stored] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)
    _log: list[tuple[str, str]] = field(default_factory=list)
    _number: int = 0

    def http(self) -> Http:
        """A client that asks this server alone, and never really waits."""

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        return Http(client_transport=httpx.MockTransport(self.answer), sleep=sleep)

    def add(self, raw: bytes, box: str = "inbox", minutes: float | None = None) -> str:
        """Take a mail in; its id."""
        self._number += 1
        name = f"M{self._number}"
        at = _START + timedelta(minutes=self._number if minutes is None else minutes)
        self.mails[name] = Stored(name, raw, f"{at:%Y-%m-%dT%H:%M:%SZ}", {box})
        self._log.append(("created", name))
        return name

    def move(self, name: str, box: str) -> None:
        self.mails[name].boxes = {box}
        self._log.append(("updated", name))

    def flag(self, name: str) -> None:
        self._log.append(("updated", name))

    def destroy(self, name: str) -> None:
        del self.mails[name]
        self._log.append(("destroyed", name))

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the server says to one request."""
        self.requests.append(request)
        told = self.before(request)
        if told is not None:
            return told
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return httpx.Response(401)
        path = request.url.path
        if path == "/.well-known/jmap":
            return httpx.Response(301, headers={"location": "/s/session"})
        if path == "/s/session":
            return httpx.Response(200, json=self._session())
        if path.startswith("/down/"):
            mail = self.mails.get(path.split("/")[3].removeprefix("B"))
            return (
                httpx.Response(200, content=mail.raw) if mail else httpx.Response(404)
            )
        return self._called(json.loads(request.content))

    def _session(self) -> dict[str, Any]:
        return {
            "username": "ann@mail.example",
            "apiUrl": "../api",
            "downloadUrl": self.download_url,
            "capabilities": {_CORE: {"maxObjectsInGet": 100, **self.limits}, _MAIL: {}},
            "accounts": {
                "a1": {"name": "ann@mail.example", "accountCapabilities": {_MAIL: {}}},
                "a2": {"name": "Team", "accountCapabilities": {_MAIL: {}}},
                "a3": {"name": "Calendars", "accountCapabilities": {}},
            },
            "primaryAccounts": {_MAIL: "a1"},
            **self.session,
        }

    def _called(self, told: dict[str, Any]) -> httpx.Response:
        answers: list[list[Any]] = []
        for method, arguments, call in told["methodCalls"]:
            self.asked.append((method, arguments))
            try:
                given = _resolved(arguments, answers)
                name = method.replace("/", "_").lower()
                answers.append([method, getattr(self, name)(given), call])
            except _Failed as error:
                answers.append(["error", {"type": str(error)}, call])
        return httpx.Response(200, json={"methodResponses": answers})

    def mailbox_get(self, _: dict[str, Any]) -> dict[str, Any]:
        boxes = [
            {"id": "inbox", "name": "Inbox", "role": "inbox", "parentId": None},
            {"id": "archive", "name": "Archive", "role": "archive", "parentId": None},
            {"id": "sent", "name": "Sent", "role": "sent", "parentId": None},
            {"id": "eu", "name": "EU", "role": None, "parentId": "archive"},
            {"id": "eu2", "name": "EU", "role": None, "parentId": "inbox"},
        ]
        return {"list": [{**box, "totalEmails": 1} for box in boxes]}

    def email_query(self, told: dict[str, Any]) -> dict[str, Any]:
        found = [one.id for one in self.mails.values() if _fits(one, told["filter"])]
        found.sort(key=lambda name: (self.mails[name].at, int(name[1:])))
        start = int(told.get("position", 0))
        if "anchor" in told:
            if told["anchor"] not in found:
                raise _Failed("anchorNotFound")
            start = found.index(told["anchor"]) + told["anchorOffset"]
        if told["limit"] > self.largest:
            raise _Failed("requestTooLarge")
        total = {"total": len(found)} if told.get("calculateTotal") else {}
        return {"ids": found[start : start + told["limit"]], **total}

    def email_get(self, told: dict[str, Any]) -> dict[str, Any]:
        if len(told["ids"]) > self.largest:
            raise _Failed("requestTooLarge")
        found = [self.mails[one] for one in told["ids"] if one in self.mails]
        whole = "bodyValues" in told["properties"]
        # In no order at all, as the standard allows.
        rows = [self._texts(one) if whole else _listed(one) for one in found[::-1]]
        return {"state": str(len(self._log)), "list": rows, "notFound": []}

    def email_changes(self, told: dict[str, Any]) -> dict[str, Any]:
        since = int(told["sinceState"])
        if since <= self.forgotten:
            raise _Failed("cannotCalculateChanges")
        if told["maxChanges"] > self.largest:
            raise _Failed("tooManyChanges")
        some = self._log[since : since + told["maxChanges"]]
        names = dict.fromkeys(name for _, name in some)
        kinds: dict[str, list[str]] = {"created": [], "updated": [], "destroyed": []}
        for name in names:
            told_of = {kind for kind, one in some if one == name}
            if "destroyed" in told_of:
                kinds["destroyed"].append(name)
            elif name in self.mails:
                kinds["created" if "created" in told_of else "updated"].append(name)
        until = since + len(some)
        more = until < len(self._log)
        return {**kinds, "newState": str(until), "hasMoreChanges": more}

    def _texts(self, mail: Stored) -> dict[str, Any]:
        parsed = email.message_from_bytes(mail.raw, policy=email.policy.compat32)
        parts: dict[str, list[dict[str, Any]]] = {"text": [], "html": [], "other": []}
        values: dict[str, Any] = {}
        for number, part in enumerate(_leaves(parsed)):
            kind = part.get_content_type()
            data = part.get_payload(decode=True) or b""
            assert isinstance(data, bytes)
            row = {"partId": str(number), "type": kind, "name": part.get_filename()}
            row |= {"size": len(data), "header:Content-Type": part["content-type"]}
            if part.get_content_disposition() == "attachment":
                parts["other"].append(row)
                continue
            if not kind.startswith("text/"):
                parts["text"].append(row)
                parts["html"].append(row)
                continue
            parts["html" if kind == "text/html" else "text"].append(row)
            text = data.decode(part.get_content_charset() or "utf-8", "replace")
            values[str(number)] = {
                "value": text[: self.cut].replace("\r\n", "\n"),
                "isTruncated": len(text) > self.cut,
                "isEncodingProblem": self.broken,
            }
        return {
            "id": mail.id,
            "headers": [
                {"name": name, "value": f" {value}"} for name, value in parsed.items()
            ],
            "textBody": parts["text"] or parts["html"],
            "htmlBody": parts["html"] or parts["text"],
            "attachments": parts["other"],
            "bodyValues": values,
        }


def _leaves(parsed: Any) -> Iterator[Any]:
    return (part for part in parsed.walk() if not part.is_multipart())


def _listed(mail: Stored) -> dict[str, Any]:
    return {
        "id": mail.id,
        "blobId": f"B{mail.id}",
        "threadId": "T1",
        "mailboxIds": dict.fromkeys(mail.boxes, True),
        "size": len(mail.raw),
        "receivedAt": mail.at,
    }


def _fits(mail: Stored, wanted: dict[str, Any]) -> bool:
    if "operator" in wanted:
        each = (_fits(mail, one) for one in wanted["conditions"])
        return all(each) if wanted["operator"] == "AND" else any(each)
    if "after" in wanted:
        return mail.at >= str(wanted["after"])
    return wanted["inMailbox"] in mail.boxes


def _resolved(told: dict[str, Any], answers: list[list[Any]]) -> dict[str, Any]:
    """The arguments, with what they take from earlier answers (RFC 8620 §3.7)."""
    given = {name: value for name, value in told.items() if not name.startswith("#")}
    for name, value in told.items():
        if not name.startswith("#"):
            continue
        method, values, _ = answers[int(value["resultOf"])]
        if method != value["name"]:
            raise _Failed("invalidResultReference")
        given[name[1:]] = values[re.sub("^/", "", value["path"])]
    return given
