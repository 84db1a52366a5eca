"""A person's Markdown is blocks of plain text, whatever a customer wrote in it."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from triage.export.escaping import inline
from triage.text.display import one_line
from triage_connectors import adf
from triage_connectors.adf_written import document
from triage_connectors.prose import Block, Kind, blocks, escaped, to_markdown

_TEXT = """## What hurts

Exports lose their tags:
14 people say so.

> It loses **every** tag, @ann
> # twice

- one
- two

1. first
2. second
"""
_HOSTILE = st.lists(
    st.sampled_from(
        [
            *"\\`*_{}[]()<>#+-.!|~&:;@$^=/\"' \n\t0123ab",
            "://",
            "www.",
            "&lt;",
            "\u202e",
            "a.com",
            "www.ba",
            "<b>",
            "-->",
            "```",
            "http",
            "mailto:",
            "---",
        ]
    ),
    max_size=30,
).map("".join)
_LINES = st.lists(
    st.tuples(st.sampled_from(["", "# ", "- ", "1. ", "> "]), _HOSTILE), max_size=6
)
_BLOCKS = {
    "paragraph_open", "paragraph_close", "heading_open", "heading_close", "inline",
    "bullet_list_open", "bullet_list_close", "ordered_list_open", "list_item_open",
    "ordered_list_close", "list_item_close", "blockquote_open", "blockquote_close",
}  # fmt: skip
_WORDS = {"text", "softbreak", "hardbreak", "text_special"}
_READER = MarkdownIt("gfm-like", {"html": True, "linkify": True})


def test_blocks() -> None:
    """Headings, lists and quotations are seen; emphasis and mentions are characters."""
    assert blocks(_TEXT) == [
        Block(Kind.HEADING, "What hurts", 2),
        Block(Kind.PARAGRAPH, "Exports lose their tags:\n14 people say so."),
        Block(Kind.QUOTE, "It loses **every** tag, @ann\n# twice"),
        Block(Kind.BULLET, "one"),
        Block(Kind.BULLET, "two"),
        Block(Kind.STEP, "first"),
        Block(Kind.STEP, "second"),
    ]


def test_escapes_are_undone() -> None:
    """What was escaped for one reader of Markdown is not shown escaped by another."""
    (told,) = blocks(r"5 \* 3 \# \\ a\b")
    assert told.text == r"5 * 3 # \ a\b"


@given(_HOSTILE)
def test_drafts_are_read_as_they_were_meant(text: str) -> None:
    """What is put into a draft as a customer's words comes out as those very words."""
    meant = one_line(text)
    (told,) = blocks(f"> {inline(text)}") or [Block(Kind.QUOTE, "")]
    assert told == Block(Kind.QUOTE, meant.strip())


def test_what_keeps_drafts_quiet_is_not_shown() -> None:
    """A joiner that keeps a draft from mentioning anybody is no character to show."""
    assert blocks("@\u2060ann \\#\u206012") == [Block(Kind.PARAGRAPH, "@ann #12")]


def test_control_characters_are_seen() -> None:
    """What would reorder or hide text stands there as a picture of itself."""
    assert blocks("a\u202eb\x07") == [Block(Kind.PARAGRAPH, "a⟨202E⟩b␇")]


@given(_LINES)
def test_markdown_is_blocks_and_nothing_else(lines: list[tuple[str, str]]) -> None:
    """No reader of Markdown sees HTML, a link, code or emphasis in it."""
    written = to_markdown("\n".join(mark + text for mark, text in lines))
    for token in _READER.parse(written):
        assert token.type in _BLOCKS, written
        inner = {one.type for one in token.children or ()}
        assert inner <= _WORDS, (written, inner)


@given(_HOSTILE.map(str.strip).filter(lambda text: "\n" not in text))
def test_markdown_shows_the_same_characters(text: str) -> None:
    """What is read there is what was written, but for spaces of no width."""
    told = _READER.parse(escaped(text))
    shown = "".join(
        inner.content
        for token in told
        for inner in token.children or ()
        if inner.type in _WORDS
    )
    assert _folded(shown) == _folded(text)


def test_mentions_and_references_are_broken() -> None:
    """What trackers make links of in plain text is plain text no more."""
    told = escaped("@ann @acme/team #12 GH-7 acme/app#9 a@b.example :tada: https://x.y")
    found = re.findall(
        r"@\w|#\d|GH-\d|://|:\w+:", told.replace("\u200b", "|"), re.IGNORECASE
    )
    assert not found
    assert escaped("10:30, 5 # 3.5 and C#.") == "10:30, 5 # 3.5 and C#."
    assert escaped("www.x.com") == r"www\.x\.com"


@given(_LINES)
def test_documents_hold_words_alone(lines: list[tuple[str, str]]) -> None:
    """A document of Atlassian's has no node that mentions, leads or shows anything."""
    text = "\n".join(mark + words for mark, words in lines)
    made = document(text)
    kinds = set(_kinds(made))
    assert kinds <= {
        "doc", "paragraph", "heading", "bulletList", "orderedList", "listItem",
        "blockquote", "hardBreak", "text",
    }  # fmt: skip
    read = adf.to_text(made)
    for block in blocks(text):
        for line in block.text.split("\n"):
            assert line.strip() in read


def _kinds(node: dict[str, Any]) -> list[str]:
    assert node.keys() <= {"type", "version", "content", "attrs", "text"}
    assert node.get("text") != ""
    inner = [kind for one in node.get("content", ()) for kind in _kinds(one)]
    return [node["type"], *inner]


def _folded(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())
