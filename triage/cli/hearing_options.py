"""The options that say what is heard in a highlight, read into its own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from triage.errors import UsageError

if TYPE_CHECKING:
    from enum import StrEnum

    from triage.research import Comparison, Feeling, Highlight
    from triage.workspace import Workspace

    E = TypeVar("E", bound=StrEnum)

NONE = "none"
"""What takes something away again."""


def heard(function: Callable[..., None]) -> Callable[..., None]:
    """Feeling, meaning, tags and who is compared; one not given changes nothing."""
    for option in reversed(
        (
            click.option(
                "--feeling", default="", metavar="FEELING[:1-3]",
                help="What they felt, and how much: frustrated:2.",
            ),
            click.option(
                "--means", default="", metavar="MEANING",
                help="What it tells of them: need, worry, job, goal …",
            ),
            click.option("--tag", "tags", multiple=True, metavar="TAG",
                         help="A tag; again for several."),
            click.option("--beside", default="", metavar="NAME",
                         help="The competitor it compares us with."),
            click.option("--aspect", default="", metavar="WHAT",
                         help="In what: price."),
            click.option("--they", default="", metavar="STANCE",
                         help="Is the competitor better, worse or the same in it?"),
        )
    ):  # fmt: skip
        function = option(function)
    return function


def told(
    workspace: Workspace, given: dict[str, Any], before: Highlight | None = None
) -> dict[str, Any]:
    """
    What was given, as a highlight has it; what was not given is left out.

    ``none`` takes a feeling, a meaning or a competitor away again.
    """
    from triage.research import Meaning

    found: dict[str, Any] = {}
    if given["feeling"] == NONE:
        found["feeling"] = None
    elif given["feeling"]:
        found["feeling"], intensity = feeling(given["feeling"])
        if intensity:
            found["intensity"] = intensity
    if given["means"]:
        named = given["means"]
        found["meaning"] = None if named == NONE else choice(Meaning, named, "--means")
    if given["tags"]:
        found["tags"] = given["tags"]
    if given["beside"] == NONE:
        found["comparison"] = None
    elif given["beside"] or given["aspect"] or given["they"]:
        found["comparison"] = _comparison(workspace, given, before)
    return found


def feeling(named: str) -> tuple[Feeling, int]:
    """``frustrated:2`` or ``frustrated``: the feeling, and how much or 0."""
    from triage.research import Feeling

    name, _, much = named.partition(":")
    if much not in {"", "1", "2", "3"}:
        raise UsageError(f"--feeling {named}: how much goes from 1 to 3, as {name}:2")
    return choice(Feeling, name, "--feeling"), int(much or 0)


def choice(among: type[E], named: str, option: str) -> E:
    """The one of these that is named, or begins so."""
    folded = named.strip().casefold()
    begun = [one for one in among if one.value.startswith(folded) and folded]
    exact = [one for one in begun if one.value == folded]
    if len(exact or begun) == 1:
        return (exact or begun)[0]
    names: Sequence[str] = [one.value for one in among]
    raise UsageError(f"{option} {named!r} is none of {', '.join(names)}")


def _comparison(
    workspace: Workspace, given: dict[str, Any], before: Highlight | None
) -> Comparison:
    from triage.research import Comparison, Stance

    was = before.comparison if before else None
    name = given["beside"] or (was.competitor if was else "")
    if not name:
        raise UsageError(
            "--aspect and --they are about a competitor; add --beside NAME"
        )
    they = given["they"]
    return Comparison(
        competitor=workspace.competitor_called(name),
        aspect=given["aspect"] or (was.aspect if was else ""),
        stance=choice(Stance, they, "--they")
        if they
        else (was.stance if was else Stance.SAME),
    )
