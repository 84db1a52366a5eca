"""What Intercom in small is made of: people, numbers and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

ADMIN = {
    "type": "admin", "id": "274", "name": "Bob", "email": "bob@us.example",
}  # fmt: skip
BOT = {"type": "bot", "id": "278", "name": "Fin", "email": "operator+x@intercom.io"}
ME = {
    "type": "admin", "id": "991", "email": "bob@us.example", "name": "Bob",
    "app": {
        "type": "app", "id_code": "xyz789", "name": "Acme", "region": "US",
        "timezone": "Europe/Berlin", "created_at": 1671465577,
    },
}  # fmt: skip


def author_of(person: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "user", "id": person["id"], "name": person["name"],
        "email": person["email"],
    }  # fmt: skip


def statistics(**told: int) -> dict[str, Any]:
    return {
        "type": "conversation_statistics", "count_conversation_parts": 0,
        "first_contact_reply_at": None, "last_contact_reply_at": None,
        "last_admin_reply_at": None, "last_close_at": None,
        "last_assignment_at": None, **told,
    }  # fmt: skip


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def error(status: int, code: str, message: str) -> httpx.Response:
    told = {"type": "error.list", "request_id": "f93", "errors": [
        {"code": code, "message": message}
    ]}  # fmt: skip
    return httpx.Response(status, json=told)
