"""A brief as text: the same bytes for the same value, and nothing of it acts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from export.hostile import HOSTILE, texts
from factories import NOON
from triage.brief import (
    Brief,
    BriefMove,
    BriefPain,
    BriefQuote,
    Effect,
    Planned,
    Shipped,
    Span,
    ToTell,
    Week,
    metrics,
    written,
)

NOW = Span(sentiments={"negative": 12, "positive": 20})


def a_brief(text: str = "Export is slow") -> Brief:
    """A brief with something in each part, all of it saying this."""
    pain = BriefPain(
        short="p1", title=text, statement=text, priority="high", rank=1, before=3, way="up 2",
        score=12.5, people=4, companies=2, new_people=3, new_companies=1,
        trend=(0, 1, 4), quotes=(BriefQuote(text=text, who=text),), more=2,
        plans=(text,),
    )  # fmt: skip
    return Brief(
        since=NOON, until=NOON + timedelta(weeks=4), pains=(pain,), ranked=2,
        moved=(
            BriefMove(short="p1", title=text, way="up 2", rank=1, before=3, why=text),
            BriefMove(short="p2", title=text, way="gone", rank=None, before=1, why=""),
        ),
        metrics=metrics(NOW, NOW), feedback=(32, 30), people=(20, 1),
        weeks=(Week(date(2026, 3, 2), 12, 3), Week(date(2026, 3, 9), 0, 0)),
        shipped=(
            Shipped(
                short="r1", title=text, at=NOON, pains=(text,),
                effect=Effect(
                    days=7, before=12, after=1, people_before=9, people_after=1,
                    weeks=(12, 1), weeks_before=1,
                ),
            ),
        ),
        planned=(
            Planned(short="r2", title=text, horizon="now", status=None, target=text,
                    people=3, pains=("p1",)),
        ),
        to_tell=(
            ToTell(short="p1", title=text, item=text, asked=5, companies=2, told=1,
                   names=(text,)),
        ),
        formula="demand-1",
    )  # fmt: skip


class Page(HTMLParser):
    """The elements of a page, their attributes and the words between."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it."""
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Remember them."""
        self.words.append(data)


def page_of(text: str) -> Page:
    """The page of a brief that says this everywhere."""
    page = Page()
    page.feed(written(a_brief(text), "html"))
    page.close()
    return page


def test_what_a_reader_finds() -> None:
    """Every part has its heading, and its figures in words."""
    text = written(a_brief(), "markdown")
    for heading in (
        "What hurts most", "What moved, and why", "In figures", "What shipped",
        "What is planned", "Whom to tell", "How this was counted",
    ):  # fmt: skip
        assert f"\n## {heading}\n" in text
    assert "score 12.5 · 4 people in 2 companies · up 2 · priority high" in text
    assert "| up 2 | 3 | 1 |" in text
    assert "| gone | 1 | – |" in text
    assert "12 a week in the 1 week before (12 from 9 people)" in text
    assert "fewer than chance explains" in text
    assert "5 people in 2 companies asked, 1 told" in text
    assert "unmapped" in text
    assert "38 % (23 to 55 %)" in text


@pytest.mark.parametrize("to", ["markdown", "html"])
def test_the_same_brief_gives_the_same_bytes(to: str) -> None:
    """Nothing of the moment or the machine gets in."""
    assert written(a_brief(), to) == written(a_brief(), to)


def test_an_empty_brief() -> None:
    """Where there is nothing, each part says so in a sentence."""
    nothing = Brief(
        since=NOON, until=NOON + timedelta(days=1), pains=(), ranked=0, moved=(),
        metrics=(), feedback=(0, 0), people=(0, 0), weeks=(), shipped=(), planned=(),
        to_tell=(), formula="demand-1",
    )  # fmt: skip
    text = written(nothing, "markdown")
    for said in (
        "No pain point is open", "Nothing moved", "Nothing was said", "Nothing shipped",
        "Nothing is planned", "Nobody waits to be told",
    ):  # fmt: skip
        assert said in text
    assert "<svg" not in written(nothing, "html")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_changes_no_page(text: str) -> None:
    """The elements and attributes are those of any other brief, and none loads."""
    page, usual = page_of(text), page_of("Export")
    quiet = {"blockquote"}
    assert set(page.elements) <= set(usual.elements) | quiet
    assert page.attributes <= usual.attributes
    assert not {"script", "a", "img", "link", "iframe"} & set(page.elements)
    assert not {"href", "src", "style", "onerror", "onclick"} & page.attributes


def test_the_page_allows_itself_nothing() -> None:
    """Its policy refuses everything but the one style it has, told by its hash."""
    text = written(a_brief(), "html")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "url(" not in text
    assert "http" not in re.sub(r"<!doctype.*?<body>", "", text, flags=re.DOTALL)


@given(texts)
def test_a_hostile_text_is_no_markdown(text: str) -> None:
    """Whatever a text holds, there is no link, picture, HTML or code in the result."""
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    found = {
        token.type
        for line in parser.parse(written(a_brief(text), "markdown"))
        for token in (line, *(line.children or ()))
    }
    active = {"html_inline", "html_block", "link_open", "image", "code_block", "fence"}
    assert not found & active
