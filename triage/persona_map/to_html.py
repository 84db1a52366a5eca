"""A map as one page that needs nothing else and may load nothing."""

from __future__ import annotations

from collections.abc import Iterator

from triage.export.page import FOOT, blockquote, head, plain
from triage.persona_map.sheet import MapArea, MapEntry, Sheet

_LONGEST = 4_000


def html(sheet: Sheet) -> str:
    """The whole page; no script, no address, no file beside it."""
    written = "\n".join(_parts(sheet))
    return f'{head(sheet.title)}<main class="map">\n{written}\n</main>\n{FOOT}'


def _parts(sheet: Sheet) -> Iterator[str]:
    role = f'<p class="role">{_line(sheet.role)}</p>' if sheet.role else ""
    yield f"<header><h1>{_line(sheet.name)}</h1>{role}"
    kind = "assumed" if sheet.is_assumed else "soft"
    yield "".join(f'<p class="{kind}">{_line(fact)}</p>' for fact in sheet.facts)
    yield "</header>"
    yield f'<div class="areas">{"".join(map(_area, sheet.areas))}</div>'
    if sheet.own:
        yield f'<div class="areas">{"".join(map(_area, sheet.own))}</div>'
    if sheet.pains or sheet.feelings:
        yield "<h2>What its people are quoted for</h2>"
        yield _list(sheet.pains)
        if sheet.feelings:
            yield f"<p>Felt, as highlights have it: {_line(sheet.feelings)}.</p>"
    yield '<section class="bias"><h2>What speaks against it</h2>'
    yield f"<p>{_line(sheet.verdict)}</p>"
    yield "".join(
        f"<p><b>{_line(one.what)}</b>: {_line(one.todo)}</p>" for one in sheet.biases
    )
    yield "</section>"
    if sheet.missing:
        yield f'<p class="assumed">{_line(sheet.missing)}</p>'
    yield (
        '<p class="soft">● somebody said it · ○ somebody concluded it · drawn on'
        f" {sheet.at.date().isoformat()}</p>"
    )


def _area(area: MapArea) -> str:
    entries = "".join(map(_entry, area.entries))
    listed = f"<ul>{entries}</ul>" if entries else ""
    return (
        f'<section><h2>{area.title} <span class="soft">{area.told}</span></h2>'
        f"{listed}</section>"
    )


def _entry(one: MapEntry) -> str:
    kind = "observed" if one.observed else "inferred"
    text = f"<p>{_line(one.text)}</p>" if one.text else ""
    told = f'<p class="soft">{_line(one.told)}</p>' if one.told else ""
    quotes = "".join(
        blockquote(quote.text, _line(quote.who))
        if quote.text
        else f'<p class="soft">{_line(quote.who)}</p>'
        for quote in one.quotes
    )
    return f'<li class="{kind}">{text}{told}{quotes}</li>'


def _list(texts: tuple[str, ...]) -> str:
    listed = "".join(f"<li>{_line(text)}</li>" for text in texts)
    return f"<ul>{listed}</ul>" if listed else ""


def _line(text: str) -> str:
    return plain(text, _LONGEST)
