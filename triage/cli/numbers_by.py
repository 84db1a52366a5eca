"""numbers --by: a row for each version, country, product or whatever else is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.figures import between, scale, share_shape, span, tally_shape, wordless
from triage.cli.output import count, day, emit_json, moment, note, table
from triage.model import Sentiment
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.query import Query
    from triage.workspace.breakdown import Breakdown, Part
    from triage.workspace.numbers import Scale

_BAR = 6
_ARROWS = {1: " ▲", -1: " ▼", 0: ""}
_WAYS = {1: "up", -1: "down", 0: ""}


def tell(found: Breakdown, query: Query, *, as_json: bool) -> None:
    """Print it, for a program or for a person."""
    if as_json:
        emit_json("numbers-by", _told(found, query))
    else:
        _show(found)


def named(part: Part) -> str:
    """What a row is called: its value, ``13 others`` or ``not told``."""
    if part.values > 1:
        return f"{part.values:,} others"
    return one_line(part.name, 60) if part.values else "not told"


def _told(found: Breakdown, query: Query) -> dict[str, Any]:
    return {
        "by": found.by,
        "weeks": found.weeks,
        "query": str(query),
        **tally_shape(found.whole),
        "parts": [_part(part) for part in found.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    shape = tally_shape(part.tally)
    for told in shape["ratings"]:
        of = told["metric"], told["scale"]
        lowest = share_shape(part.tally.lowest(of))
        told["lowest"] = {name: lowest[name] for name in lowest if name != "name"}
        told["trend"] = _WAYS[part.rises(of)]
    return {
        "name": part.name,
        "values": part.values,
        "first_at": moment(part.first_at),
        "last_at": moment(part.last_at),
        **shape,
        "negative_trend": _WAYS[part.sounds_worse()],
    }


def _show(found: Breakdown) -> None:
    if not found.parts:
        note("nothing was said in these weeks; --weeks looks further back")
        return
    chosen = next(iter(found.scales()), None)
    most = max(part.tally.heard for part in found.parts)
    is_version = found.by == "version"
    lines = [
        [named(part), part.tally.n, *_rated(part, chosen), *_negative(part)]
        for part in found.parts
    ]
    headings = [found.by, ">feedback", *_heads(chosen), ">negative", "interval"]
    if is_version:
        headings.append("first seen")
        told = [day(part.first_at) for part in found.parts]
    else:
        headings.append("")
        told = [_bar(part.tally.heard / most) for part in found.parts]
    table(headings, [[*line, end] for line, end in zip(lines, told, strict=True)])
    than = "the version before it" if is_version else "the earlier half of these weeks"
    note(
        f"{count(found.whole.n, 'feedback', 'feedback')}{wordless(found.whole)};"
        f" ▲▼ than {than}, where the intervals are apart"
    )


def _heads(chosen: Scale | None) -> list[str]:
    if chosen is None:
        return []
    lowest = ">1★" if chosen == ("stars", "1-5") else ">lowest"
    return [f">{scale(chosen)}", "interval", ">n", lowest]


def _rated(part: Part, chosen: Scale | None) -> list[object]:
    if chosen is None:
        return []
    mean = part.tally.mean(chosen)
    if mean.value is None:
        return ["", "", "", ""]
    arrow = _ARROWS[part.rises(chosen)]
    lowest = part.tally.lowest(chosen)
    return [
        f"{mean.value:.2f}", between(mean) + arrow, mean.n, f"{lowest.share:.0%}",
    ]  # fmt: skip


def _negative(part: Part) -> list[object]:
    told = part.tally.share(Sentiment.NEGATIVE)
    if not told.n:
        return ["", ""]
    return [f"{told.share:.0%}", span(told) + _ARROWS[part.sounds_worse()]]


def _bar(share: float) -> str:
    """Never nothing for what is there."""
    return "█" * max(1, round(_BAR * share))
