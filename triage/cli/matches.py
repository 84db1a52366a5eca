"""matches: which feedback may say the same, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.listing import limit_option
from triage.cli.naming import members
from triage.cli.output import count, emit_json, emit_list, facts, note, number, table
from triage.cli.session import Session
from triage.cli.shapes import of_kept, of_suggestion, plain, reason_in_words
from triage.cli.verbs import verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from triage.workspace import Workspace

_SCREEN = 50


@verb(
    "matches",
    example="triage matches --explain f12 f40",
    schemas=("match-list", "matches", "explanation"),
)
@click.argument("ids", nargs=-1)
@click.option("--explain", is_flag=True, help="Why two do or do not say the same.")
@click.option(
    "--min-score", "least", type=click.FloatRange(0, 100), metavar="S", default=None,
    help="Without ids: only from this score, 0 to 100.",
)  # fmt: skip
@click.option(
    "--band", type=click.Choice(["grouped", "suggested"]),
    help="Without ids: only what is sure enough to group, or only what is not.",
)  # fmt: skip
@click.option(
    "--proposed", is_flag=True,
    help="Without ids: of each two groups that may be one, what speaks for it.",
)  # fmt: skip
@limit_option
def matches(
    session: Session,
    ids: tuple[str, ...],
    explain: bool,
    least: float | None,
    band: str | None,
    proposed: bool,
    limit: int | None,
    as_json: bool,
) -> None:
    """
    List groups that may say the same, or explain a pair.

    Without ids, every match that is kept, the surest first, and what became of it.
    Word for word copies are grouped without a match.
    """
    workspace = session.open()
    if not ids and not explain:
        _list_kept(workspace, least or 0, band or "", proposed, limit, as_json=as_json)
    elif least is not None or band or proposed:
        raise UsageError("--min-score, --band and --proposed are for no ids at all")
    elif len(ids) != (2 if explain else 1):
        raise UsageError("give one id, or --explain and two: f12 f40")
    elif explain:
        _explain(workspace, *ids, as_json=as_json)
    else:
        _suggest(workspace, ids[0], limit, as_json=as_json)


def _list_kept(
    workspace: Workspace,
    least: float,
    band: str,
    proposed: bool,
    limit: int | None,
    *,
    as_json: bool,
) -> None:
    if limit is None:
        limit = 0 if as_json else _SCREEN
    found = workspace.matches(least=least, band=band, proposed=proposed, limit=limit)
    if as_json:
        emit_list("match-list", {}, "matches", map(of_kept, found))
        return
    rows = [
        (
            one.left, one.right, number(one.score), one.band,
            one.verdict.value if one.verdict else "",
            one.left_group if one.is_together
            else f"{one.left_group} {one.right_group}",
            one.left_opening, one.right_opening,
        )
        for one in found
    ]  # fmt: skip
    table(("left", "right", ">score", "band", "ruled", "in", "one", "other"), rows)
    note(count(len(rows), "match", "matches"))
    if proposed and rows:
        note("`triage merge g12 --into g40` makes one of two; `triage apart` never")


def _explain(workspace: Workspace, one: str, other: str, *, as_json: bool) -> None:
    left, right = (members(workspace, name)[0] for name in (one, other))
    told = plain(workspace.explain(left, right))
    if as_json:
        emit_json(
            "explanation",
            {"left": left.short, "right": right.short, "explanation": told},
        )
        return
    facts((name.replace("_", " "), _in_words(value)) for name, value in told.items())


def _suggest(
    workspace: Workspace, name: str, limit: int | None, *, as_json: bool
) -> None:
    group = workspace.group(name)
    found = workspace.suggestions(group, 5 if limit is None else limit or _SCREEN)
    if as_json:
        emit_json(
            "matches",
            {"group": group.short, "matches": [of_suggestion(one) for one in found]},
        )
        return
    table(
        ("group", ">size", ">score", "why", "text"),
        [
            (
                one.group_short,
                one.size,
                round(one.match.score),
                reason_in_words(one.match.reason),
                one.other.title or one.other.body,
            )
            for one in found
        ],
    )
    if not found:
        note(f"nothing else looks like {group.short}")


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return reason_in_words(value)
    if isinstance(value, list):
        return ", ".join(_in_words(one) for one in value)
    return number(round(value, 4)) if isinstance(value, float) else str(value)
