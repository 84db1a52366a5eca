"""metrics: NPS, CSAT, CES, reviews, waits, retention and tasks, each with its n."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.output import emit_json
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.workspace.metrics import PARTS, WEEKS

if TYPE_CHECKING:
    from triage.workspace import Workspace

_MONTHS = 52
"""Weeks told of by month, unless somebody says how many."""


@verb(
    "metrics", example="triage metrics metric:nps --by segment",
    schemas=("metrics", "metrics-shipped", "metrics-pricing"), takes_dashes=True,
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option("--by", type=click.Choice(PARTS), help="Each of them by itself.")
@click.option(
    "--waves", nargs=2, metavar="A B",
    help="Compare two stretches of time: 2026-Q1 2026-Q2, or 2026-01..2026-03 2026-04.",
)  # fmt: skip
@click.option(
    "--method", type=click.Choice(("adjusted", "plain")), default="adjusted",
    show_default=True,
    help="Intervals of NPS and of the CES index: adjusted Wald, or Wald as it is.",
)  # fmt: skip
@click.option(
    "--weeks", type=click.IntRange(1, 5200), metavar="N",
    help=f"How many weeks back; {WEEKS} unless told, {_MONTHS} by month.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", default=12, show_default=True,
    help="With --by: so many parts; 0 for all.",
)  # fmt: skip
@click.option(
    "--shipped", default="", metavar="ID",
    help="Before and after this roadmap item shipped (r2).",
)  # fmt: skip
@click.option(
    "--pricing", is_flag=True,
    help="Van Westendorp's price points, from four prices a person.",
)  # fmt: skip
def metrics(
    session: Session,
    query: tuple[str, ...],
    by: str | None,
    waves: tuple[str, str] | None,
    method: str,
    weeks: int | None,
    limit: int,
    shipped: str,
    pricing: bool,
    as_json: bool,
) -> None:
    """
    Show NPS, CSAT, CES, reviews and retention, with intervals.

    Each respondent counts once a survey, by the latest answer in the time a figure is
    of. Reviews are given unasked and stand apart. Intervals are of 95 %; fewer than
    ten answers are too few to say. Waves are in UTC, and QUERY narrows what is counted:
    `triage fields`.
    """
    if (by is not None or waves is not None) + bool(shipped) + pricing > 1:
        raise UsageError(
            "--shipped and --pricing are questions of their own; ask one at a time"
        )
    if shipped and query:
        raise UsageError("--shipped looks at all that was said; leave out the query")
    workspace = session.open()
    workspace.read_tones()
    asked = " ".join(query)
    if pricing:
        _pricing(workspace, asked, weeks, as_json=as_json)
    elif shipped:
        _shipped(workspace, shipped, method, as_json=as_json)
    else:
        _metrics(workspace, asked, by or "", waves, method, weeks, limit, as_json)


def _metrics(
    workspace: Workspace, query: str, by: str, waves: tuple[str, str] | None,
    method: str, weeks: int | None, limit: int, as_json: bool,
) -> None:  # fmt: skip
    from triage.cli import metrics_shapes, metrics_tables
    from triage.measures.net import Interval
    from triage.measures.wave import waves as two_waves

    if waves is not None and weeks is not None:
        raise UsageError("--waves says when; leave out --weeks")
    found = workspace.metrics(
        query, by=by, weeks=weeks or (_MONTHS if by == "month" else WEEKS),
        waves=two_waves(*waves) if waves else None, way=Interval(method),
    )  # fmt: skip
    if as_json:
        emit_json("metrics", metrics_shapes.measured(found, method))
    else:
        metrics_tables.show(found, limit)


def _pricing(
    workspace: Workspace, query: str, weeks: int | None, *, as_json: bool
) -> None:
    from triage.cli import metrics_pricing

    metrics_pricing.tell(workspace.prices(query, weeks=weeks), query, as_json=as_json)


def _shipped(workspace: Workspace, name: str, method: str, *, as_json: bool) -> None:
    from triage.cli import metrics_shipped
    from triage.measures.net import Interval

    found = workspace.shipped_metrics(name, way=Interval(method))
    metrics_shipped.tell(found, method, as_json=as_json)
