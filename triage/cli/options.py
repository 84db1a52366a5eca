"""Options several commands share, each said once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from triage.errors import UsageError

ids_argument = click.argument("ids", nargs=-1)

limit_option = click.option(
    "--limit", type=click.IntRange(1), metavar="N", default=50, show_default=True,
    help="How many.",
)  # fmt: skip

most_option = click.option(
    "--limit", type=click.IntRange(1), metavar="N",
    help="Stop after so many inputs of each.",
)  # fmt: skip

importance_option = click.option(
    "--importance", type=click.IntRange(0, 3), metavar="N", default=1,
    show_default=True,
    help="To the customer: 0 not, 1 nice to have, 2 important, 3 critical.",
)  # fmt: skip

map_option = click.option(
    "--map", "mapping", multiple=True, metavar="FIELD=COLUMN",
    help="Which column holds a field: body=Text. Again for several.",
)  # fmt: skip

set_option = click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE",
    help="A setting of the connector or format. Again for several.",
)  # fmt: skip


def quoting(function: Callable[..., None]) -> Callable[..., None]:
    """The options that say which words are quoted, and what they weigh."""
    for option in (
        click.option("--inferred", is_flag=True, help="Not said so; we gather it."),
        importance_option,
        click.option(
            "--span", default="", metavar="START:END", help="The same, by character."
        ),
        click.option(
            "--quote", default="", metavar="WORDS",
            help="The customer's words that say it; all of them without.",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def pairs(given: Sequence[str], where: str) -> dict[str, str]:
    """``["body=Text"]`` as a mapping; ``where`` names the option in errors."""
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"{where} {one!r} needs NAME=VALUE, for example body=Text")
        found[name.strip()] = value
    return found


def told_settings(given: Sequence[str], where: str) -> dict[str, Any]:
    """The same, where ``fields.plan=x`` is the entry ``plan`` of a table ``fields``."""
    found: dict[str, Any] = {}
    for name, value in pairs(given, where).items():
        table, dot, entry = name.partition(".")
        if not dot:
            found[name] = value
        elif not entry or isinstance(found.get(table), str):
            raise UsageError(f"{where} {name!r} needs TABLE.NAME=VALUE")
        else:
            found.setdefault(table, {})[entry] = value
    return found
