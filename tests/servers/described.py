"""Whether what was asked is what a service's OpenAPI description allows."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

T = TypeVar("T")


@dataclass(slots=True)
class _Asked:
    """A request as openapi-core wants to see one."""

    host_url: str
    path: str
    method: str
    parameters: RequestParameters
    content_type: str
    body: bytes | None
    full_url_pattern: str = ""


def vendors(name: str) -> Path | None:
    """A vendor's own description by its file's name; None where it is not at hand."""
    given = os.environ.get("TRIAGE_SHARED") or Path(__file__).parents[3] / "shared"
    path = Path(given) / "specs" / name
    return path if path.is_file() else None


def at_hand(found: T | None) -> T:
    """What was found of a vendor's own; a test that is about it is skipped without."""
    if not found:
        pytest.skip(
            "nothing of the vendor's is at hand: TRIAGE_SHARED names its folder"
        )
    return found


class Described:
    """
    A service as its description has it.

    ``refused`` tells why a request is none it allows, in a sentence; "" where it is
    one. What is not described is refused as well: an unknown path or method, and an
    unknown name in the query, which validators let pass.
    """

    def __init__(self, description: Mapping[str, Any]) -> None:
        # Vendors' own descriptions break rules of the format that concern nobody here.
        config = Config(spec_validator_cls=None)
        self._described = OpenAPI.from_dict(dict(description), config=config)
        self._paths: Mapping[str, Any] = description["paths"]
        self._shared: Mapping[str, Any] = description.get("components", {}).get(
            "parameters", {}
        )
        servers = description.get("servers") or [{"url": ""}]
        self._at = str(servers[0]["url"]).rstrip("/")

    @classmethod
    def at(cls, path: Path) -> Described:
        """The service a file describes."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def refused(self, request: httpx.Request) -> str:
        """Why it is no request this service allows; "" where it is one."""
        url = urlsplit(str(request.url))
        asked = _Asked(
            host_url=f"{url.scheme}://{url.netloc}",
            path=url.path,
            method=request.method.lower(),
            parameters=RequestParameters(
                query=ImmutableMultiDict(parse_qsl(url.query, keep_blank_values=True)),
                header=Headers(list(request.headers.items())),
                cookie=ImmutableMultiDict(),
            ),
            content_type=request.headers.get("content-type", ""),
            body=request.content or None,
        )
        try:
            self._described.validate_request(asked)
        except OpenAPIError as error:
            return f"{request.method} {url.path}: {_told(error)}"
        unknown = {name for name, _ in parse_qsl(url.query, keep_blank_values=True)}
        unknown -= self._names(url.path, request.method.lower())
        if unknown:
            return f"{request.method} {url.path}: no parameter {sorted(unknown)}"
        return ""

    def check(self, requests: Iterable[httpx.Request]) -> None:
        """Raise ``AssertionError`` for the first request that is not allowed."""
        for request in requests:
            assert not self.refused(request), self.refused(request)

    def _names(self, path: str, method: str) -> set[str]:
        """The names the query of an operation may hold."""
        template = self._template(path, method)
        declared = [
            *self._paths[template].get("parameters", []),
            *self._paths[template][method].get("parameters", []),
        ]
        found = set()
        for one in declared:
            told = one
            if "$ref" in one:
                told = self._shared[one["$ref"].rpartition("/")[2]]
            if told["in"] == "query":
                found.add(told["name"])
        return found

    def _template(self, path: str, method: str) -> str:
        """The path it is, of those that fit the one with most said literally."""
        base = urlsplit(self._at).path.rstrip("/")
        parts = path.removeprefix(base).strip("/").split("/")
        found = [
            template
            for template, operations in self._paths.items()
            if method in operations and _matches(template, parts)
        ]
        return max(found, key=lambda one: len(re.sub(r"{[^}]*}", "", one)))


def _matches(template: str, parts: Sequence[str]) -> bool:
    wanted = template.strip("/").split("/")
    return len(wanted) == len(parts) and all(map(_fits, wanted, parts))


def _fits(wanted: str, part: str) -> bool:
    if "{" not in wanted:
        return wanted == part
    # "{reviewId}:reply" stands for a part with that ending, "issues.{format}" for one
    # with that beginning.
    begin, end = wanted[: wanted.index("{")], wanted[wanted.rindex("}") + 1 :]
    return part.startswith(begin) and part.endswith(end)


def _told(error: BaseException) -> str:
    """An error and what lies under it, in one line."""
    words = []
    at: BaseException | None = error
    while at is not None:
        words.append(" ".join(str(at).split()) or type(at).__name__)
        inner = getattr(at, "schema_errors", None)
        if inner:
            words.append("; ".join(one.message for one in inner))
        at = at.__cause__
    return ": ".join(dict.fromkeys(words))
