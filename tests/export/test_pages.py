"""The page and the workbook hold what the backlog holds, and nothing that acts."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import openpyxl
import pytest
from hypothesis import given

from export.backlogs import AS_OF, backlog, filled_with, quoted, said, view
from export.hostile import HOSTILE, broken
from export.test_formats import build
from triage.export import COLUMNS
from triage.export.writing import written
from triage.model import PainPoint, Priority

OUR_TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "b", "a",
    "div", "table", "thead", "tbody", "tr", "th", "td", "span", "svg", "line", "text",
    "circle", "polyline", "figure", "figcaption", "article", "blockquote", "footer",
    "ul", "li", "code",
}  # fmt: skip


def page(whole: Any, **options: Any) -> str:
    [raw] = written(build("html", **options), whole).values()
    return raw.decode()


def elements(text: str) -> list[Element]:
    """Every element, as a browser's own way to read it has them."""
    # Not strict: its table of errors takes an SVG's own title for a mistake.
    parsed = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return list(parsed.iter())


def tag(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_has_only_our_tags(text: str) -> None:
    """No element, attribute, script or address on it comes from data."""
    found = elements(page(filled_with(text)))
    assert {tag(one) for one in found if isinstance(one.tag, str)} <= OUR_TAGS
    assert not [one for one in found if not isinstance(one.tag, str)]
    for one in found:
        for name, value in one.attrib.items():
            assert not str(name).startswith("on")
            assert name not in {"src", "action", "srcset", "style"}
            assert name != "href" or re.fullmatch(r"#p\d+", value)


@given(broken)
def test_the_frame_of_a_page_is_ours_alone(text: str) -> None:
    """Whatever the texts, the page has the same elements."""
    wanted = [tag(one) for one in elements(page(filled_with("x")))]
    found = [tag(one) for one in elements(page(filled_with(f"x{text}")))]
    assert found == wanted


def test_a_page_asks_for_nothing() -> None:
    """Its policy forbids everything but its own style, and nothing names an address."""
    text = page(backlog(view(PainPoint(id=1, title="x", effort=1), [quoted(said(1))])))
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "<script" not in text
    assert not re.search(r"https?:|url\(|@import", text)


def test_a_page_shows_what_is_ranked() -> None:
    """Ranking, plot, trend and quotes are there; what has no effort is counted."""
    views = [
        view(
            PainPoint(id=1, title="Rows & <more>", effort=2, priority=Priority.URGENT),
            [quoted(said(29))],
        ),
        view(PainPoint(id=2, title="Slow"), [quoted(said(3))]),
    ]
    text = page(backlog(*views))
    assert "Rows &amp; &lt;more&gt;" in text
    assert text.count('<circle class="dot"') == 1
    assert "1 have no effort yet" in text
    assert text.count('<polyline class="spark"') == 2
    assert "<footer>Person 29, review, 2026-02-28</footer>" in text
    assert "No pain point yet." in page(backlog())


def book(whole: Any) -> Any:
    [raw] = written(build("xlsx"), whole).values()
    return openpyxl.load_workbook(io.BytesIO(raw))


@given(broken)
def test_a_workbook_holds_texts(text: str) -> None:
    """Whatever a text begins with, its cell is a text: no formula, no link."""
    read = book(filled_with(text))
    for sheet in read.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "inlineStr"}
                assert cell.hyperlink is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "@a", "'x", "http://x.example", "a\nb"])
def test_a_workbook_gives_texts_back(text: str) -> None:
    """What was written is what is read, in columns named as in the CSV."""
    sheet = book(filled_with(text))["Backlog"]
    head, row = sheet.iter_rows(values_only=True)
    assert list(head) == [column.name for column in COLUMNS]
    told = dict(zip(head, row, strict=True))
    assert told["title"] == told["statement"] == text
    assert (told["rank"], told["people"], told["score"]) == (1, 1, 1)
    assert [one.title for one in book(backlog()).worksheets] == [
        "Backlog", "Quotes", "About",
    ]  # fmt: skip


def test_a_workbook_says_when_it_was_made() -> None:
    """It was made as of the backlog's moment, so the same backlog is the same file."""
    made = book(backlog()).properties.created
    assert made == datetime(2026, 3, 1, 12, tzinfo=UTC).replace(tzinfo=None)
    assert AS_OF.replace(tzinfo=None) == made
