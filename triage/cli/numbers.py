"""numbers: how much was said, how it was rated, how it sounds; by week, or by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.figures import between, scale, span, tally_shape, wordless
from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import NotFound, UsageError
from triage.model import Sentiment
from triage.query.fields import PARTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.workspace.numbers import Numbers, Scale, Week

_BAR = 16


@verb(
    "numbers", example="triage numbers --by version 'channel:review country:de'",
    schemas=("numbers", "numbers-by", "numbers-changed", "numbers-answers"),
    takes_dashes=True,
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option(
    "--by", type=click.Choice(PARTS), help="A row for each of them, instead of weeks."
)
@click.option(
    "--changed", default="", metavar="VERSION",
    help="What changed with it: 5.2 is every 5.2.x, and all that was ever said counts.",
)  # fmt: skip
@click.option(
    "--answers", is_flag=True,
    help="How long customers waited for an answer, and until it was solved.",
)  # fmt: skip
@click.option("--source", default="", metavar="NAME", help="Only what came from there.")
@click.option(
    "--weeks", type=click.IntRange(1, 5200), metavar="N", default=13,
    show_default=True, help="How many weeks back, the one that runs included.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", default=12, show_default=True,
    help="With --by: so many rows, the others as one; 0 for all.",
)  # fmt: skip
def numbers(
    session: Session,
    query: tuple[str, ...],
    by: str | None,
    changed: str,
    answers: bool,
    source: str,
    weeks: int,
    limit: int,
    as_json: bool,
) -> None:
    """
    Show volume, ratings and sentiment, week by week.

    Every mean and every share has its n and its 95 % interval beside it; a mean of
    fewer than ten ratings has none. Weeks begin on Monday, in UTC. QUERY narrows what
    is counted: `triage fields`. Stars that came without a word count as ratings.
    """
    from triage.query import Term, parsed

    if (by is not None) + bool(changed) + answers > 1:
        raise UsageError(
            "--by, --changed and --answers are three questions; ask one at a time"
        )
    workspace = session.open()
    workspace.read_tones()
    if source and source not in {view.name for view in workspace.sources()}:
        raise NotFound(f"no source is called {source}; `triage sources list`")
    wanted = parsed(" ".join(query))
    if not by and not changed and not answers:
        found = workspace.numbers(weeks, source=source, query=wanted)
        if as_json:
            emit_json("numbers", _told(found))
        else:
            _show(found)
        return
    if source:
        wanted = wanted.with_term(Term(field="source", values=(source,)))
    if answers:
        from triage.cli import numbers_answers

        waits = workspace.answers(weeks, query=wanted)
        numbers_answers.tell(waits, wanted, as_json=as_json)
        return
    if by:
        from triage.cli import numbers_by

        parts = workspace.breakdown(by, weeks, query=wanted, most=limit)
        numbers_by.tell(parts, wanted, as_json=as_json)
        return
    from triage.cli import numbers_changed

    told = workspace.changed(changed, query=wanted)
    numbers_changed.tell(told, wanted, as_json=as_json)


def _told(found: Numbers) -> dict[str, Any]:
    return {
        "source": found.source,
        **tally_shape(found.whole),
        "sources": [
            {"name": one.name, "n": one.n, "weeks": list(one.weeks)}
            for one in found.sources
        ],
        "weeks": [
            {
                "week": week.monday.isoformat(),
                "is_over": week.is_over,
                **tally_shape(week.tally),
            }
            for week in found.weeks
        ],
    }


def _show(found: Numbers) -> None:
    if not found.whole.heard:
        note("nothing was said in these weeks; --weeks looks further back")
        return
    scales = found.scales()
    every = sum(one.n for one in found.sources)
    table(
        ("week", ">feedback", *_heads(scales[:1]), ">negative", "interval", ""),
        [_week(week, found.weeks, scales[:1]) for week in found.weeks],
    )
    emit()
    table(
        ("source", ">feedback", ">share", ""),
        [
            (one.name, one.n, f"{one.n / every:.0%}", _bar(one.n, found.sources[0].n))
            for one in found.sources
        ],
    )
    if scales:
        emit()
        table(
            ("rating", ">n", ">mean", "95 % interval"),
            [
                (scale(one), told.n, f"{told.value:.2f}", between(told))
                for one in scales
                for told in [found.whole.mean(one)]
            ],
        )
    emit()
    table(
        ("sentiment", ">feedback", ">share", "95 % interval"),
        [
            (one.name or "not read yet", one.count, f"{one.share:.0%}", span(one))
            for one in found.whole.shares()
        ],
    )
    of = f" from {found.source}" if found.source else ""
    runs = "; the last week still runs"
    feedback = count(found.whole.n, "feedback", "feedback")
    note(f"{feedback}{of}{wordless(found.whole)}{runs}")


def _heads(scales: Sequence[Scale]) -> list[str]:
    return [head for one in scales for head in (f">{scale(one)}", "interval", ">n")]


def _week(week: Week, weeks: Sequence[Week], scales: Sequence[Scale]) -> list[object]:
    tally = week.tally
    most = max(one.tally.n for one in weeks)
    negative = tally.share(Sentiment.NEGATIVE)
    told: list[object] = [week.monday.isoformat(), tally.n]
    for one in map(tally.mean, scales):
        value = "" if one.value is None else f"{one.value:.2f}"
        told += [value, between(one), one.n or ""]
    if not tally.n:
        return [*told, "", "", ""]
    return [*told, f"{negative.share:.0%}", span(negative), _bar(tally.n, most)]


def _bar(many: int, most: int) -> str:
    return "█" * round(_BAR * many / (most or 1))
