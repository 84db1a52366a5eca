"""What customers wrote is read as they wrote it, and does nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from export.backlogs import backlog, filled_with, planned, quoted, said, text_of, view
from export.hostile import HOSTILE, broken, words
from triage.export.escaping import block, code, inline
from triage.export.to_markdown import Markdown
from triage.model import Importance, PainPoint, PainStatus, Priority, RoadmapItem
from triage.text.display import one_line, safe

COMMONMARK = MarkdownIt("commonmark", {"html": True})
GITHUB_LIKE = MarkdownIt("gfm-like", {"html": True, "linkify": True})
RENDERERS = (COMMONMARK, GITHUB_LIKE)

ACTIVE = {"html_inline", "html_block", "link_open", "image", "code_block", "fence"}


def tokens(parser: MarkdownIt, text: str) -> Iterator[Token]:
    """Every token, those inside lines included."""
    for token in parser.parse(text):
        yield token
        yield from token.children or ()


def plain(parser: MarkdownIt, text: str) -> str:
    """The words a reader sees."""
    shown = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        shown.get(token.type, token.content)
        for token in tokens(parser, text)
        if token.type != "inline"
    )


@given(broken)
@example("1. a")
@example("a\\")
def test_a_line_means_only_itself(text: str) -> None:
    """Escaped text is one paragraph of plain text with the same characters."""
    wanted = one_line(text)
    for parser in RENDERERS:
        found = {token.type for token in tokens(parser, inline(text))}
        assert found <= {"paragraph_open", "inline", "text", "paragraph_close"}
        assert plain(parser, inline(text)) == wanted.strip()


@given(broken)
def test_a_block_means_only_itself(text: str) -> None:
    """Quoted text is one block quote of paragraphs with the same lines."""
    lines = block(text, "> ")
    wanted = [" ".join(line.split()) for line in safe(text, multiline=True).split("\n")]
    for parser in RENDERERS:
        found = list(tokens(parser, "\n".join(lines)))
        kinds = {token.type for token in found}
        assert kinds <= {
            "blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close",
            "inline", "text", "softbreak",
        }  # fmt: skip
        assert sum(token.type == "blockquote_open" for token in found) == bool(lines)
        shown = [
            " ".join(line.split())
            for token in found
            if token.type == "inline"
            for line in plain(parser, token.content).split("\n")
        ]
        assert shown == [line for line in wanted if line]


@given(broken)
def test_a_code_span_holds_any_text(text: str) -> None:
    """Whatever backticks it has, the text stays inside one span."""
    written = f"see {code(text)} there"
    for parser in RENDERERS:
        spans = [one for one in tokens(parser, written) if one.type == "code_inline"]
        assert len(spans) == 1
        assert spans[0].content.strip() == one_line(text, 500).strip()


@pytest.mark.parametrize("parser", RENDERERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_active_comes_from_data(text: str, parser: MarkdownIt) -> None:
    """A backlog full of hostile text renders without HTML, links, pictures or code."""
    written = text_of(Markdown(), filled_with(text))
    found = [token.type for token in tokens(parser, written)]
    assert not ACTIVE & set(found)
    assert found.count("heading_open") == 2
    assert found.count("bullet_list_open") == 1
    made = set(re.findall(r"<(\w+)", parser.render(written)))
    assert made <= {
        "h1", "h2", "p", "strong", "ul", "li", "blockquote", "code",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip


@given(words)
def test_the_frame_is_ours_alone(text: str) -> None:
    """Whatever the texts, the document has the same blocks."""
    for parser in RENDERERS:
        found = [
            token.type for token in parser.parse(text_of(Markdown(), filled_with(text)))
        ]
        assert found.count("heading_open") == 2
        assert found.count("blockquote_open") == 2
        assert not ACTIVE & set(found)


@given(broken)
def test_nothing_in_it_commands_a_terminal(text: str) -> None:
    """No control characters, nothing invisible, no half characters."""
    written = text_of(Markdown(), filled_with(text)).replace("\n", "")
    assert safe(written, limit=10**6) == written
    written.encode()


def test_it_reads_as_a_backlog() -> None:
    """Priority, score with its inputs in words, who said what when, and the roadmap."""
    angry = said(
        1, "It lost my rows.\n\nAll of them!", company="Acme", source="app-store"
    )
    calm = said(2, "Rows go missing", customer_id=2)
    quotes = [
        quoted(angry, importance=Importance.CRITICAL),
        quoted(calm, observed=False),
    ]
    point = PainPoint(
        id=3, title="Export loses rows", severity=4, priority=Priority.URGENT,
        effort=2.0, statement="Rows go missing.", acceptance="All rows are there.",
        owner="ada", tags=("export",),
    )  # fmt: skip
    item = RoadmapItem(
        id=2, title="Export anew", tracker="jira", key="APP-1", url="https://x.y"
    )
    settled = PainPoint(id=9, title="Slow start", status=PainStatus.RESOLVED)
    written = text_of(
        Markdown(), backlog(view(point, quotes, [planned(item, 3)]), view(settled))
    )
    for line in (
        "2 pain points as of 2026-03-01 12:00 UTC.",
        "| 1 | Export loses rows (p3) | urgent | 7 | 2 | 1 | APP-1 |",
        "## 1. Export loses rows (p3)",
        "**Urgent** · score **7** (6 to 8) · 2 people in 1 company · 2 feedback",
        "- Score: demand 3.5 × severity 4 × confidence 100 % (not set) ÷ effort 2 = 7",
        "- Trend: 0 this week, 0 in the median week of the 8 before (0 0 0 0 2 0 0 0 0);",
        "; first heard 2026-01-31, last 2026-02-01",
        "- Roadmap: Export anew (r2): later, planned; settles it; jira APP-1; `https://x.y`",
        "> It lost my rows.\n>\n> All of them!\n>\n> — Person 1 (Acme), review in `app-store`, 2026-01-31, critical, f1",
        "> — Person 2, review in `reviews`, 2026-02-01, nice to have, inferred, f2",
        "**Resolved** · **No priority** · score **0** · 0 people in 0 companies",
    ):  # fmt: skip
        assert line in written


def test_only_the_best_quotes_are_shown() -> None:
    """Three quotes of three people, the rest counted."""
    quotes = [quoted(said(n, f"quote {n}", customer_id=n % 4)) for n in range(1, 8)]
    written = text_of(Markdown(), backlog(view(PainPoint(id=1, title="x"), quotes)))
    assert [f"quote {n}" in written for n in range(1, 8)] == [
        False, False, False, False, True, True, True,
    ]  # fmt: skip
    assert "… and 4 more quotes." in written


def test_an_empty_backlog_says_so() -> None:
    """No table, no headings but the first."""
    written = text_of(Markdown(), backlog())
    assert "0 pain points" in written
    assert "|" not in written
