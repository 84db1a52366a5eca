"""Rows of a made-up Request Tracker, told as the real one tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

HOST = "https://rt.acme.example"
REST = "/REST/2.0/"

Row: TypeAlias = dict[str, Any]


def _as_told(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return "" if value is None else str(value)


def _person(users: Mapping[str, Row], name: str) -> Row:
    user = users[name]
    names = ("Name", "EmailAddress", "RealName", "Organization")
    at = f"{HOST}{REST}user/{name}"
    return {"type": "user", "id": name, "_url": at, **{one: user[one] for one in names}}


def transaction(users: Mapping[str, Row], row: Row, fields: Sequence[str]) -> Row:
    """What happened to a ticket."""
    told = {one: _as_told(row.get(one)) for one in fields}
    if "Creator" in fields:
        told["Creator"] = _person(users, row["Creator"])
    return {"type": "transaction", "id": str(row["id"]), **told}


def ticket(users: Mapping[str, Row], row: Row, fields: Sequence[str]) -> Row:
    """A ticket as it is now."""
    told = {one: _as_told(row.get(one)) for one in fields}
    if "Requestor" in fields:
        told["Requestor"] = [_person(users, name) for name in row["Requestor"]]
    if "CustomFields" in fields:
        told["CustomFields"] = [
            {"type": "customfield", "id": str(number), "name": name, "values": values}
            for number, (name, values) in enumerate(row["CustomFields"].items())
        ]
    return {"type": "ticket", "id": str(row["id"]), **told}


def part(users: Mapping[str, Row], row: Row, fields: Sequence[str]) -> Row:
    """A part of a message."""
    del users  # a part names nobody
    told = {one: _as_told(row.get(one)) for one in fields}
    return {"type": "attachment", "id": str(row["id"]), **told}
