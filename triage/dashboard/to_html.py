"""A dashboard as one page that needs nothing else and may load nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from triage.dashboard import drawing
from triage.dashboard.tiles import Dashboard, Ranges, Rows, Spots, Tile, Weeks
from triage.export.page import FOOT, head, plain

_LONGEST = 2_000


def html(dashboard: Dashboard) -> str:
    """The whole page; the same dashboard gives the same bytes."""
    sheet = Path(__file__).with_name("dashboard.css").read_text(encoding="utf-8")
    tiles = "\n".join(_tile(tile) for tile in dashboard.tiles)
    about = [f"{dashboard.weeks} weeks up to {dashboard.at:%Y-%m-%d %H:%M} UTC"]
    if dashboard.query:
        about.append(plain(dashboard.query))
    return (
        f"{head('What customers tell us', sheet)}"
        '<main class="dash">\n<header><h1>What customers tell us</h1>'
        f'<p class="soft">{" · ".join(about)}</p></header>\n'
        f'<div class="tiles">\n{tiles}\n</div>\n'
        '<footer class="soft">An interval is where the true figure lies in 19 of 20'
        f" cases. What is too few to say is left unsaid.</footer></main>\n{FOOT}"
    )


def _tile(tile: Tile) -> str:
    return (
        f'<section class="tile" id="{plain(tile.name)}">'
        f"<h2>{plain(tile.title)}</h2><p>{plain(tile.said, _LONGEST)}</p>"
        f"{''.join(_figure(tile))}"
        + "".join(f'<p class="soft">{plain(one, _LONGEST)}</p>' for one in tile.notes)
        + "</section>"
    )


def _figure(tile: Tile) -> Iterator[str]:
    match tile.figure:
        case Weeks() as weeks if weeks.mondays:
            first, last = weeks.mondays[0], weeks.mondays[-1]
            yield (
                f"<figure>{drawing.weeks(weeks, tile.said)}"
                f'<figcaption class="ends"><span>{first:%Y-%m-%d}</span>'
                f"<span>{last:%Y-%m-%d}</span></figcaption></figure>"
            )
            if any(weeks.parts):
                yield '<p class="soft">What stands out sounds negative.</p>'
        case Ranges() as ranges:
            whiskers = (
                (row.name, drawing.whisker(row, ranges), row.said, False)
                for row in ranges.rows
            )
            yield _table(whiskers, "ranges")
        case Rows() as rows if rows.rows:
            yield _table(
                (
                    row.name,
                    ""
                    if row.share is None
                    else drawing.bar(row.share, row.said, stands_out=row.stands_out),
                    row.said,
                    row.stands_out,
                )
                for row in rows.rows
            )
            if rows.more:
                yield f'<p class="soft">and {rows.more:,} more</p>'
        case Spots() as spots:
            yield f"<figure>{drawing.spots(spots)}</figure>"


def _table(rows: Iterator[tuple[str, str, str, bool]], kind: str = "rows") -> str:
    """Named rows; the drawing is written already, the words are not."""
    written = "".join(
        f'<tr{" class=stands" if stands else ""}><th scope="row">{plain(name, 200)}'
        f"</th><td>{drawn}</td><td>{plain(said, 400)}</td></tr>"
        for name, drawn, said, stands in rows
    )
    body = f"<tbody>{written}</tbody>"
    return f'<div class="wide"><table class="{kind}">{body}</table></div>'
