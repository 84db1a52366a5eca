"""Blocks as one page that needs nothing else and may load nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from importlib.resources import files

from triage.brief.blocks import Bars, Block, Heading, Paragraph, Points, Said, Table
from triage.brief.chart import svg
from triage.text.display import one_line, safe

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""

_LONGEST = 2_000


def html(blocks: Iterable[Block]) -> str:
    """The whole page; no script, no address, no file beside it."""
    told = list(blocks)
    titles = [one.text for one in told if isinstance(one, Heading) and one.level == 1]
    style = files("triage.brief").joinpath("style.css").read_text(encoding="utf-8")
    # Said by its hash, so that no other style on the page is obeyed.
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none';"
        " form-action 'none'"
    )
    return _PAGE.format(
        policy=policy,
        title=_line(titles[0] if titles else ""),
        style=style,
        body="\n".join(_written(one) for one in told),
    )


def _written(one: Block) -> str:
    match one:
        case Heading():
            return f"<h{one.level}>{_line(one.text, 200)}</h{one.level}>"
        case Paragraph():
            kind = ' class="quiet"' if one.quiet else ""
            return f"<p{kind}>{_line(one.text)}</p>"
        case Points():
            listed = "".join(f"<li>{_line(text)}</li>" for text in one.texts)
            return f"<ul>{listed}</ul>"
        case Said():
            said = escape(safe(one.text, multiline=True))
            return f"<blockquote>{said}<footer>{_line(one.who)}</footer></blockquote>"
        case Table():
            return _table(one)
        case Bars():
            shown = svg(one)
            if one.small:
                return f"<figure>{shown}</figure>"
            told = _line(one.says)
            return f"<figure>{shown}<figcaption>{told}</figcaption></figure>"


def _table(table: Table) -> str:
    kinds = [' class="number"' if name[:1] == ">" else "" for name in table.headings]
    names = [_line(name.removeprefix(">")) for name in table.headings]
    head = "".join(
        f'<th scope="col"{kind}>{name}</th>'
        for kind, name in zip(kinds, names, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{kind}>{_line(cell)}</td>"
            for kind, cell in zip(kinds, row, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _line(text: str, limit: int = _LONGEST) -> str:
    return escape(one_line(text, limit))
