"""One command's end: what it printed, its exit code, its JSON checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@dataclass(frozen=True, slots=True)
class Told:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on the last line, checked against its schema."""
        document = json.loads(self.out.splitlines()[-1])
        name, _, version = document["schema"].removeprefix("triage.").partition("/")
        jsonschema.validate(document, strict_schema(f"{name}-{version}"))
        assert self.out.isascii(), "JSON is pure ASCII"
        return document


@cache
def strict_schema(name: str) -> Any:
    """A schema of the docs that allows no key it does not name."""
    path = SCHEMAS / f"{name}.schema.json"
    return _strict(json.loads(path.read_text(encoding="utf-8")))


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "required" in schema:
        made.setdefault("additionalProperties", False)
    return made


Run = Callable[..., Told]
