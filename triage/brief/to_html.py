"""Blocks as one page that needs nothing else and may load nothing."""

from __future__ import annotations

from collections.abc import Iterable

from triage.brief.blocks import Bars, Block, Heading, Paragraph, Points, Said, Table
from triage.export.drawing import bars
from triage.export.page import FOOT, blockquote, head, plain

_LONGEST = 2_000


def html(blocks: Iterable[Block]) -> str:
    """The whole page; no script, no address, no file beside it."""
    told = list(blocks)
    titles = [one.text for one in told if isinstance(one, Heading) and one.level == 1]
    written = "\n".join(_written(one) for one in told)
    opened = head(titles[0] if titles else "")
    return f'{opened}<main class="brief">\n{written}\n</main>\n{FOOT}'


def _written(one: Block) -> str:
    match one:
        case Heading():
            return f"<h{one.level}>{_line(one.text, 200)}</h{one.level}>"
        case Paragraph():
            kind = ' class="soft"' if one.quiet else ""
            return f"<p{kind}>{_line(one.text)}</p>"
        case Points():
            listed = "".join(f"<li>{_line(text)}</li>" for text in one.texts)
            return f"<ul>{listed}</ul>"
        case Said():
            return blockquote(one.text, _line(one.who))
        case Table():
            return _table(one)
        case Bars():
            shown = bars(
                one.values, one.says, parts=one.parts, split=one.split, small=one.small
            )
            if one.small:
                return f"<figure>{shown}</figure>"
            told = _line(one.says)
            return f"<figure>{shown}<figcaption>{told}</figcaption></figure>"


def _table(table: Table) -> str:
    kinds = [' class="n"' if name[:1] == ">" else "" for name in table.headings]
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
    return plain(text, limit)
