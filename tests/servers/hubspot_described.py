"""Whether HubSpot's descriptions allow a request: ours, and a community's of theirs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described, vendors

_OURS = Path(__file__).with_name("hubspot.openapi.json")
_THEIRS = ("crm", "conversations")
# HubSpot's own reference has these, the community's file of it has not.
_UNTOLD = (
    "/account-info/v3/details",
    "/crm/v3/pipelines/tickets",
    "/crm/v3/objects/contacts/batch/read",
    "/crm/v3/objects/companies/batch/read",
    "/crm/v4/associations/",
)
_UNTOLD_NAMES = {"association"}


@cache
def described() -> Described:
    """HubSpot in our own words."""
    return Described.at(_OURS)


@cache
def theirs() -> Mapping[str, Any]:
    """The paths of the community's files; none where they are not at hand."""
    found: dict[str, Any] = {}
    for name in _THEIRS:
        path = vendors(f"hubspot-{name}-v3.powerplatform.trim.json")
        if path:
            found |= json.loads(path.read_text(encoding="utf-8"))["paths"]
    return found


def refused(request: httpx.Request) -> str:
    """Why a description has no such request; "" where each has."""
    return described().refused(request) or refused_by_theirs(request)


def refused_by_theirs(request: httpx.Request) -> str:
    """
    Why the community's files have no such request.

    They are Swagger 2.0, which validators take no more, and tell every number as text:
    held against them are paths, methods and names.
    """
    path, method = request.url.path, request.method.lower()
    if not theirs() or path.startswith(_UNTOLD):
        return ""
    operation = next(
        (told[method] for one, told in theirs().items()
         if method in told and _fits(one, path)),
        None,
    )  # fmt: skip
    if operation is None:
        return f"no {method} {path}"
    known = {one["name"] for one in operation.get("parameters", [])} | _UNTOLD_NAMES
    unknown = set(request.url.params) - known
    body = next((one for one in operation["parameters"] if one["in"] == "body"), None)
    if body and request.content:
        unknown |= json.loads(request.content).keys() - body["schema"]["properties"]
    return f"{method} {path} has no {sorted(unknown)}" if unknown else ""


def _fits(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        one == other or "{" in one for one, other in zip(wanted, given, strict=True)
    )
