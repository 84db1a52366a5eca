"""rank: pain points by a formula, each place explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.moments import moment_named
from triage.cli.output import clock, count, emit, emit_json, facts, note, number, table
from triage.cli.ranking_moved import tell as tell_moved
from triage.cli.ranking_shapes import (
    by_whom,
    of_check,
    of_formula,
    of_ranking,
    of_stability,
    value_of,
)
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from triage.scoring import (
        MoscowCheck,
        Part,
        Ranked,
        Ranking,
        Scored,
        Span,
        Stability,
    )
    from triage.workspace import Workspace


@verb(
    "rank", schemas=("ranking", "ranking-moved", "formulas"),
    example="triage rank --formula rice --explain p3",
)  # fmt: skip
@click.option(
    "--formula", default="", metavar="NAME", help="The settings' own without."
)
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", default=0, show_default=True,
    help="So many rows; 0 for all.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="What is settled and dismissed too.")
@click.option("--explain", default="", metavar="P", help="Every input of this one.")
@click.option(
    "--stability", is_flag=True,
    help="The ranks each gets where a weight is 20 % more or less.",
)  # fmt: skip
@click.option(
    "--as-of", default="", metavar="DATE",
    help="As it was then: 30d, 2026-05-01 or an exact moment.",
)  # fmt: skip
@click.option(
    "--diff", default="", metavar="DATE", help="What moved since then, and why."
)
@click.option("--formulas", is_flag=True, help="List formulas and what they ask for.")
def rank(
    session: Session,
    formula: str,
    limit: int,
    every: bool,
    explain: str,
    stability: bool,
    as_of: str,
    diff: str,
    formulas: bool,
    as_json: bool,
) -> None:
    """
    Rank pain points by a formula, and explain each place.

    Scores are absolute: none moves because another pain point came. What lacks an
    input has no score and comes last. A place a person gave goes before the formula's.
    A past ranking is exactly what it was, by the weights of then.
    """
    from triage.model import PainStatus

    workspace = session.open()
    if formulas:
        _show_formulas(workspace, as_json=as_json)
        return
    status = None if every else PainStatus.OPEN
    at = moment_named("--as-of", as_of, workspace)
    since = moment_named("--diff", diff, workspace)
    if since is not None:
        if explain or stability:
            raise UsageError("--diff goes without --explain and --stability")
        found = workspace.moved(since, formula, until=at, status=status)
        tell_moved(found, limit, as_json=as_json)
        return
    ranking = workspace.rank(formula, as_of=at, status=status)
    rows = ranking.rows[: limit or None]
    if explain:
        ranking, rows = _one(workspace, ranking, explain, at)
    steady = (
        workspace.stability(formula, as_of=at, status=status) if stability else None
    )
    check = workspace.moscow_check(at) if ranking.formula == "moscow" else None
    if as_json:
        told = of_ranking(ranking, rows, steady.spans if steady else None)
        told["stability"] = of_stability(steady) if steady else None
        told["moscow"] = of_check(check) if check else None
        emit_json("ranking", told)
        return
    if explain:
        _explain(workspace, ranking, rows[0], steady.spans if steady else {})
    else:
        _show(ranking, rows, steady.spans if steady else {})
    if steady:
        _tell_stability(steady)
    if check and not explain:
        _show_check(check)


def _one(
    workspace: Workspace, ranking: Ranking, name: str, at: datetime | None
) -> tuple[Ranking, tuple[Ranked, ...]]:
    """The row of one; in a ranking of all where it is not among these."""
    wanted = workspace.pain_point(name).pain_point
    found = _row(ranking, wanted.id)
    if found is None:
        ranking = workspace.rank(ranking.formula, as_of=at, status=None)
        found = _row(ranking, wanted.id)
    if found is not None:
        return ranking, (found,)
    when = clock(ranking.as_of)
    raise UsageError(f"{wanted.short} was not there yet at {when}, or not any more")


def _row(ranking: Ranking, pain_point_id: int) -> Ranked | None:
    rows = (row for row in ranking.rows if row.case.pain_point.id == pain_point_id)
    return next(rows, None)


def _show(
    ranking: Ranking, rows: tuple[Ranked, ...], spans: Mapping[int, Span]
) -> None:
    has_places = any(row.scored.placed for row in rows)
    has_gaps = any(row.scored.lacks for row in rows)
    heads = [">rank", "id", ">score"]
    heads += [">placed"] if has_places else []
    heads += [">ranks"] if spans else []
    heads += [">people", ">companies", "priority"]
    heads += [">lacks"] if has_gaps else []
    table(
        (*heads, "title"),
        [
            (
                row.rank,
                row.case.pain_point.short,
                _value(row.scored),
                *([_placed(row.scored)] if has_places else []),
                *([_span(row, spans)] if spans else []),
                row.people,
                row.companies or "",
                row.case.pain_point.priority.name.lower(),
                *([len(row.scored.lacks) or ""] if has_gaps else []),
                row.case.pain_point.title,
            )
            for row in rows
        ],
    )
    left = len(ranking.rows) - len(rows)
    more = f", {left:,} more" if left else ""
    note(f"{count(len(rows), 'pain point')}{more} by {_made_by(ranking)}")
    lacking = dict.fromkeys(name for row in rows for name in row.scored.lacks)
    if lacking:
        note(f"lacking here and there: {', '.join(lacking)}; --explain says where")


def _explain(
    workspace: Workspace, ranking: Ranking, row: Ranked, spans: Mapping[int, Span]
) -> None:
    scored, point = row.scored, row.case.pain_point
    emit(one_line(f"{point.short}  {point.title}"))
    emit()
    span = (
        f"{number(scored.low)} to {number(scored.high)}"
        if scored.low is not None and scored.low != scored.high
        else ""
    )
    facts(
        [
            ("rank", f"{row.rank:,} of {len(ranking.rows):,}"),
            ("ranks", _span(row, spans)),
            ("score", _value(scored) or "none yet"),
            ("lacks", ", ".join(scored.lacks)),
            ("between", span),
            ("working", scored.working),
            ("placed", _placed_why(scored)),
            ("people", f"{row.people:,}"),
            ("companies", f"{row.companies:,}" if row.companies else ""),
            ("formula", workspace.formula(ranking.formula).says),
            ("made by", _made_by(ranking)),
            ("as of", clock(ranking.as_of)),
        ]
    )
    if scored.parts:
        emit()
        _show_inputs(scored.parts)


def _show_inputs(parts: Sequence[Part]) -> None:
    """Each with what it is made of below it, whole: it is what people come for."""
    names = [one_line(part.name) for part in parts]
    values = [value_of(part) for part in parts]
    wide, right = max(map(len, names)), max(map(len, values))
    for part, name, value in zip(parts, names, values, strict=True):
        whose = one_line(by_whom(part) or part.origin.value)
        emit(f"{name:<{wide}}  {value:>{right}}  {whose}")
        if told := _made_of(part):
            emit(f"    {one_line(told, 1000)}")


def _made_of(part: Part) -> str:
    quotes = " ".join(f"e{one}" for one in part.evidence[:3])
    more = len(part.evidence) - 3
    told = (
        part.says,
        "" if part.uncapped is None else f"{number(part.uncapped)} without a cap",
        part.reason,
        f"{quotes} and {more:,} more" if more > 0 else quotes,
    )
    return "; ".join(one for one in told if one)


def _show_formulas(workspace: Workspace, *, as_json: bool) -> None:
    usual = workspace.config.weights.formula
    known = workspace.formulas().values()
    if as_json:
        told = [of_formula(one, is_usual=one.name == usual) for one in known]
        emit_json("formulas", {"formulas": told})
        return
    for one in known:
        own = " (ranks unless another is named)" if one.name == usual else ""
        emit(f"{one.title}  {one.hash}{own}")
        emit(f"  {one.says}.")
        for asked in one.inputs:
            lacking = "" if asked.needed else ", not needed"
            emit(f"    {asked.name:<18}{asked.says}; {asked.scale}{lacking}")
        emit()
    note(count(len(workspace.formulas()), "formula"))


def _show_check(check: MoscowCheck) -> None:
    emit()
    table(
        ("label", ">pain points", ">effort", "share"),
        [
            (label, check.counts[label], number(effort), _percent(check.share(label)))
            for label, effort in check.effort.items()
        ],
    )
    note(check.says)


def _tell_stability(steady: Stability) -> None:
    if not steady.weights:
        note(f"{steady.formula} uses no weights of the settings")
        return
    worst = f", where {steady.worst}" if steady.worst else ""
    note(
        f"Kendall's tau {steady.tau:.2f} at worst{worst}:"
        f" {count(len(steady.weights), 'weight')} moved 20 % each way"
    )


def _value(scored: Scored) -> str:
    return "" if scored.value is None else number(scored.value)


def _placed(scored: Scored) -> str:
    return number(round(scored.placed.value, 2)) if scored.placed else ""


def _placed_why(scored: Scored) -> str:
    if scored.placed is None:
        return ""
    placed = scored.placed
    by = placed.by or "somebody"
    return f"at {number(round(placed.value, 2))} by {by}: {placed.reason}"


def _span(row: Ranked, spans: Mapping[int, Span]) -> str:
    span = spans.get(row.case.pain_point.id)
    if span is None:
        return ""
    return f"{span.best}" if span.best == span.worst else f"{span.best}–{span.worst}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _made_by(ranking: Ranking) -> str:
    return (
        f"{ranking.formula}-{ranking.version}, {ranking.formula_hash},"
        f" weights {ranking.weights_hash}"
    )
