from __future__ import annotations

import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text.html import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two <b>bold</b>\n words</p>", "One\n\nTwo bold words"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>x<li>y<ul><li>z</ul></ul>", "- x\n- y\n  - z"),
        ("<ol><li>x</li><li>y</li></ol>", "1. x\n2. y"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("1 &lt; 2 &amp; &eacute;&nbsp;x", "1 < 2 & é x"),
        (
            'see <a href="https://x.example/a">this</a>',
            "see this (https://x.example/a)",
        ),
        ('<a href="https://x.example/">x.example</a>', "x.example"),
        ('<a href="mailto:a@b.c">a@b.c</a>', "a@b.c"),
        ('<a href="javascript:x()">go</a>', "go"),
        ('<img alt="Chart"> <img src="t.gif">', "[Chart]"),
        ("no tags at all", "no tags at all"),
        ("", ""),
    ],
)
def test_text_is_what_a_reader_sees(html: str, text: str) -> None:
    """Blocks are lines, lists have bullets, links show where they lead."""
    assert to_text(html) == text


def test_what_a_reader_does_not_see_is_dropped() -> None:
    """Scripts, styles, the head, comments and hidden elements leave nothing."""
    html = (
        "<head><title>t</title><style>b{}</style></head><script>x()</script>"
        "<!-- c --><p style='Display: None'>pre</p><span hidden>h</span>"
        "<p style='font-size:0px'>z</p><noscript>n</noscript>seen"
    )
    assert to_text(html) == "seen"


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote">old</div>',
        '<div class="gmail_quote gmail_quote_container">old</div>',
        '<blockquote type="cite">old</blockquote>',
        '<div class="yahoo_quoted">old</div>',
        '<div class="protonmail_quote">old</div>',
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: x</div><p>old</p>',
        '<span id="OLK_SRC_BODY_SECTION">old</span>',
        '<div class="gmail_signature">old</div>',
    ],
)
def test_quoted_mails_are_cut_where_asked(quote: str) -> None:
    """What mail programs mark as quoted or signature goes, or stays if asked."""
    html = f"<div>new</div>{quote}"
    assert to_text(html) == "new"
    assert to_text(html, cut_quotes=False) != "new"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300_000 + "x",
        "".join(f"<b a={n}>" for n in range(400)) + "<p>x" * 100_000,
        "<ul><li>a" * 50_000,
        "<a href=http://x>" * 60_000,
        "<" * 500_000,
        "<table><tr><td>" * 30_000,
        "<!--" * 100_000,
        "<p " + "a=b " * 200_000 + ">x",
    ],
)
def test_no_page_takes_long(html: str) -> None:
    """However deep, unclosed or repeated: seconds are never needed."""
    begun = time.process_time()
    to_text(html)
    assert time.process_time() - begun < 2


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures, frames and styles from elsewhere are left there."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    html = (
        '<img src="http://x/t.gif"><iframe src="http://x"></iframe><link href="//x">ok'
    )
    assert to_text(html) == "ok"


@given(st.text(max_size=200) | st.text("<>/pbdiv ahref='\"!-&;#x", max_size=200))
def test_nothing_crashes_it(html: str) -> None:
    """Any text is HTML enough, and the result is text without markup's own lines."""
    for cut in (True, False):
        assert isinstance(to_text(html, cut_quotes=cut), str)


def test_forum_asides() -> None:
    """What a forum's post quotes of another, or previews of a page, is left out."""
    html = (
        '<aside class="quote no-group"><blockquote><p>Since when?</p></blockquote>'
        '</aside><p>Since May</p><aside class="onebox"><p>A page</p></aside>'
        '<aside class="note"><p>Truly</p></aside>'
    )
    assert to_text(html) == "Since May\n\nTruly"
    assert "Since when?" in to_text(html, cut_quotes=False)
