"""Atlassian's documents become the text their readers see."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage_connectors.adf import to_text


def doc(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "version": 1, "content": list(blocks)}


def said(*words: Any, kind: str = "paragraph") -> dict[str, Any]:
    content = [{"type": "text", "text": w} if isinstance(w, str) else w for w in words]
    return {"type": kind, "content": content}


def entry(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "listItem", "content": list(blocks)}


_LINK = {"type": "text", "text": "here", "marks": [
    {"type": "link", "attrs": {"href": "https://acme.example/x"}}]}  # fmt: skip
_BARE = {"type": "text", "text": "https://a.example", "marks": [
    {"type": "link", "attrs": {"href": "https://a.example"}}]}  # fmt: skip


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (None, ""),
        ("Plain already.", "Plain already."),
        (doc(said("One."), said("Two.")), "One.\n\nTwo."),
        (doc(said("Head", kind="heading"), said("Body")), "Head\n\nBody"),
        (doc(said("a", {"type": "hardBreak"}, "b")), "a\nb"),
        (doc(said("See ", _LINK, " or ", _BARE)),
         "See here (https://acme.example/x) or https://a.example"),
        (doc({"type": "bulletList", "content": [
            entry(said("one")),
            entry(said("two"), {"type": "orderedList", "content": [
                entry(said("first")), entry(said("second"))]})]}),
         "• one\n• two\n  1. first\n  2. second"),
        (doc({"type": "taskList", "content": [said("do it", kind="taskItem")]}),
         "• do it"),
        (doc({"type": "table", "content": [
            {"type": "tableRow", "content": [
                {"type": "tableHeader", "content": [said("A")]},
                {"type": "tableCell", "content": [said("B")]}]},
            {"type": "tableRow", "content": [
                {"type": "tableCell", "content": [said("1")]},
                {"type": "tableCell", "content": [said("2")]}]}]}),
         "A | B\n1 | 2"),
        (doc(said({"type": "mention", "attrs": {"id": "1", "text": "@Ann"}}, " hi ",
                  {"type": "emoji", "attrs": {"shortName": ":x:", "text": "😀"}})),
         "@Ann hi 😀"),
        (doc(said("by ", {"type": "date", "attrs": {"timestamp": "1763640000000"}})),
         "by 2025-11-20"),
        (doc(said({"type": "inlineCard", "attrs": {"url": "https://a.example/1"}})),
         "https://a.example/1"),
        (doc({"type": "panel", "content": [said("Note")]},
             {"type": "mediaSingle", "content": [{"type": "media", "attrs": {}}]},
             {"type": "expand", "attrs": {"title": "More"}, "content": [said("x")]}),
         "Note\n\nMore\n\nx"),
        (doc({"type": "codeBlock", "content": [{"type": "text", "text": "a\n  b"}]}),
         "a\n  b"),
        (doc({"type": "blockquote", "content": [said("quoted")]}, {"type": "rule"},
             said("answer")), "quoted\n\nanswer"),
    ],
)  # fmt: skip
def test_documents(document: Any, text: str) -> None:
    """Each kind of node shows what a reader sees of it."""
    assert to_text(document) == text


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "content", "attrs", "text", "marks", "x"]),
            inner
            | st.sampled_from(["paragraph", "bulletList", "table", "text", "date"]),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_VALUES)
def test_anything(value: Any) -> None:
    """Whatever is in a document, there is a text of it."""
    assert isinstance(to_text(value), str)
