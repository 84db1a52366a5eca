"""A map as text, page and picture: the same bytes, nothing of it acts, nothing overlaps."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from export.hostile import HOSTILE, broken, texts
from persona_map.maps import a_sheet
from triage.errors import UsageError
from triage.persona_map import FORMATS, format_of, write_to, written
from triage.persona_map.measuring import width, wrapped

SVG = "{http://www.w3.org/2000/svg}"


class Page(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it."""
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}


def page_of(text: str) -> Page:
    """The page of a map that says this everywhere."""
    page = Page()
    page.feed(written(a_sheet(text), ".html"))
    page.close()
    return page


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_map_gives_the_same_bytes(ending: str) -> None:
    """Every area, sign and count is in it, and nothing of the machine."""
    told = written(a_sheet(), ending)
    assert told == written(a_sheet(), ending)
    for said in (
        "Says", "Thinks", "Does", "Feels", "Pains", "Gains", "Goals", "inferred by",
        "withheld: who said it has not agreed", "1 quote withheld, and the entries",
        "1 objection", "What speaks against it", "2026-03-02",
    ):  # fmt: skip
        assert said in told, said
    if ending != ".html":
        # There the page's own style draws them.
        assert told.count("●") > 6
        assert told.count("○") > 6


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_changes_no_page(text: str) -> None:
    """The elements and attributes are those of any other map, and none loads."""
    page, usual = page_of(text), page_of("Export")
    assert page.elements <= usual.elements
    assert page.attributes <= usual.attributes
    assert not {"script", "a", "img", "link", "iframe"} & page.elements
    assert not {"href", "src", "style", "onerror", "onclick"} & page.attributes


@given(broken)
def test_a_hostile_text_is_text_in_a_picture(text: str) -> None:
    """Whatever a text holds, the picture is XML of our elements, 1200 wide."""
    root = ET.fromstring(written(a_sheet(text), ".svg").encode())
    assert root.get("width") == "1200"
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert tags <= {"svg", "title", "style", "rect", "line", "text"}
    names = {name for one in root.iter() for name in one.attrib}
    assert names <= {
        "viewBox", "width", "height", "role", "aria-label", "class", "x", "y", "x1",
        "x2", "y1", "y2", "font-size", "textLength", "lengthAdjust",
    }  # fmt: skip


@given(texts)
def test_a_hostile_text_is_no_markdown(text: str) -> None:
    """Whatever a text holds, there is no link, picture, HTML or code in the result."""
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    found = {
        token.type
        for line in parser.parse(written(a_sheet(text), ".md"))
        for token in (line, *(line.children or ()))
    }
    active = {"html_inline", "html_block", "link_open", "image", "code_block", "fence"}
    assert not found & active


@given(texts)
def test_a_picture_keeps_texts_apart(text: str) -> None:
    """No line is wider than its room, and none stands on another or below the edge."""
    root = ET.fromstring(written(a_sheet(text), ".svg").encode())
    high = float(root.attrib["height"])
    at: dict[float, list[float]] = {}
    for one in root.iter(f"{SVG}text"):
        x, y = float(one.attrib["x"]), float(one.attrib["y"])
        wide = float(one.get("textLength", 0))
        assert x + wide <= 1200 - 39
        if x > 440:
            assert wide <= 360
        assert 0 < y < high
        if wide:
            at.setdefault(round(x), []).append(y)
    for places in at.values():
        assert len(places) == len(set(places))


@given(st.text(), st.integers(1, 400))
def test_wrapping_loses_nothing(text: str, room: int) -> None:
    """Lines hold every sign but white space, in order, none wider than its room."""
    lines = list(wrapped(text, room, lambda part: width(part, 14)))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(one, 14) <= room + 1e-6 or len(one) == 1 for one in lines)


def test_the_name_says_as_what(tmp_path: Path) -> None:
    """A file is written by how its name ends, and never over another unasked."""
    assert format_of(Path("a.SVG")) == ".svg"
    with pytest.raises(UsageError, match=r"end it in \.md, \.html or \.svg"):
        format_of(tmp_path / "map")
    file = tmp_path / "map.md"
    write_to(a_sheet(), file)
    with pytest.raises(UsageError):
        write_to(a_sheet(), file)
    write_to(a_sheet("other"), file, force=True)
    assert "other" in file.read_text(encoding="utf-8")


def test_the_page_allows_itself_nothing() -> None:
    """Its policy refuses everything but the one style it has, told by its hash."""
    text = written(a_sheet(), ".html")
    assert "default-src 'none'; style-src 'sha256-" in text
    assert "http" not in re.sub(r"<!doctype.*?<body>", "", text, flags=re.DOTALL)
    picture = written(a_sheet(), ".svg").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in picture
    assert "url(" not in picture


def test_a_picture_needs_no_browser() -> None:
    """Its colours are written out: what knows no variables draws it all the same."""
    picture = written(a_sheet(), ".svg")
    assert "var(" not in picture
    assert "text { fill: #1c2126; }" in picture
