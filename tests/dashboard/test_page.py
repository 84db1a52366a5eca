"""The dashboard's page: it says what the tiles say, and nothing on it acts."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.test_browser import CHROMIUM, FLAGS
from export.hostile import HOSTILE
from triage.dashboard import (
    Dashboard,
    Range,
    Ranges,
    Row,
    Rows,
    Spot,
    Spots,
    Tile,
    Weeks,
    html,
    write_to,
)
from triage.errors import UsageError

AT = datetime(2026, 3, 5, 12, tzinfo=UTC)
FIRST = date(2026, 1, 5)


def a_dashboard(text: str) -> Dashboard:
    """A tile of every shape, with a text wherever one can be."""
    mondays = tuple(FIRST + timedelta(weeks=week) for week in range(4))
    figures = (
        None,
        Weeks(mondays, (3, None, 0, 9), (1, 0, 0, 2)),
        Weeks((), ()),
        Ranges(
            (
                Range(text, text, 0.4, (0.1, 0.9)),
                Range("few", "too few to say", None, None),
            ),
            -1.0,
            1.0,
        ),
        Rows((Row(text, text, 0.5, True), Row("plain", "2 people")), more=3),
        Spots(text, text, (Spot(1.0, -1.0, text, text), Spot(-1.0, 1.0, "B", "n 3"))),
    )
    tiles = tuple(
        Tile(name=f"t{number}", title=text, said=text, notes=(text,), figure=figure)
        for number, figure in enumerate(figures)
    )
    return Dashboard(at=AT, weeks=4, query=text, tiles=tiles)


def test_says_what_the_tiles_say() -> None:
    """Titles, sentences, names, figures and notes are all on the page."""
    page = html(a_dashboard("Export & import"))
    assert page.count("Export &amp; import") > 15
    assert "too few to say" in page
    assert "and 3 more" in page
    assert "2026-01-05" in page
    assert html(a_dashboard("Export & import")) == page


@given(text=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)))
@settings(max_examples=60, deadline=None)
def test_a_page_whatever_is_said(text: str) -> None:
    """Whatever the texts, a strict parser finds our elements, and none of theirs."""
    page = html(a_dashboard(text))
    found = html5lib.HTMLParser(strict=True).parse(page)
    names = {element.tag.split("}")[1] for element in found.iter()
             if isinstance(element.tag, str)}  # fmt: skip
    assert names <= {
        "html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2",
        "p", "div", "section", "figure", "figcaption", "span", "svg", "rect", "line",
        "circle", "text", "table", "tbody", "tr", "th", "td", "footer",
    }  # fmt: skip
    assert not re.search(r"<[^>]+\s(href|src|on\w+|style)=", page)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here")
def test_in_a_browser(tmp_path: Path) -> None:
    """A real browser draws it in either theme, and never wider than a telephone."""
    assert CHROMIUM is not None
    page = tmp_path / "dashboard.html"
    write_to(a_dashboard("Export of a very long project " + "x" * 80), page)
    for number, flags in enumerate(
        ([], ["--blink-settings=preferredColorScheme=0"], ["--window-size=360,800"])
    ):
        shot = tmp_path / f"{number}.png"
        subprocess.run(
            [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / str(number)}",
             "--window-size=1100,800", *flags, f"--screenshot={shot}", page.as_uri()],
            capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        assert shot.stat().st_size > 5_000
    light, dark = ((tmp_path / f"{one}.png").read_bytes() for one in (0, 1))
    assert light != dark
    assert shutil.which(CHROMIUM)


def test_a_file_that_is_there(tmp_path: Path) -> None:
    """A file that is there is replaced only where somebody says so."""
    page = tmp_path / "dashboard.html"
    page.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        write_to(a_dashboard("x"), page)
    write_to(a_dashboard("x"), page, force=True)
    assert page.read_text().startswith("<!doctype html>")
