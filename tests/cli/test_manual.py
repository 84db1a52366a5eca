"""The manual and the schemas say what the commands do."""

from __future__ import annotations

import json

import jsonschema
import pytest

from cli.commands import every_verb
from cli.manual import DOCS, PARTS, written
from cli.running import SCHEMAS


@pytest.mark.parametrize("page", PARTS)
def test_manual_is_what_the_commands_are(page: str) -> None:
    """Every command, option, schema and setting is in the manual as the code has it."""
    manual = (DOCS / page).read_text(encoding="utf-8")
    assert written(page, manual) == manual, "run `python tests/cli/manual.py`"


def test_every_schema_is_a_schema_and_is_printed() -> None:
    """A schema file belongs to a command, names its document, and is sound."""
    printed = {schema for _, verb in every_verb() for schema in verb.schemas}
    files = {path.name.removesuffix("-1.schema.json") for path in SCHEMAS.iterdir()}
    assert files == printed | {"backlog"}
    for path in SCHEMAS.iterdir():
        schema = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        name = path.name.removesuffix("-1.schema.json")
        assert schema["properties"]["schema"] == {"const": f"triage.{name}/1"}
