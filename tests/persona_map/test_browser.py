"""A map in a real browser: nothing of it runs, and it fits a narrow window."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from brief.test_browser import CHROMIUM, FLAGS
from export.hostile import HOSTILE
from persona_map.maps import a_sheet
from triage.persona_map import written

WIDE = """<script>document.title = Math.max(
  document.documentElement.scrollWidth, document.body.scrollWidth)</script>"""


def dumped(page: Path, tmp_path: Path, *more: str) -> str:
    """What the browser made of a page."""
    assert CHROMIUM is not None
    return subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", *more,
         "--dump-dom", page.as_uri()],
        capture_output=True, check=True, timeout=60, text=True,
    ).stdout  # fmt: skip


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here")
@pytest.mark.parametrize("ending", [".html", ".svg"])
def test_a_hostile_map(ending: str, tmp_path: Path) -> None:
    """What the browser made of it has our elements only, and no attribute that acts."""
    page = tmp_path / f"map{ending}"
    text = " ".join(HOSTILE) + "<script>document.title='taken'</script>"
    page.write_text(written(a_sheet(text), ending), encoding="utf-8")
    told = dumped(page, tmp_path)
    assert "<title>taken" not in told
    body = told[told.index("<body>" if ending == ".html" else "<svg") :]
    found = set(re.findall(r"<([a-z0-9]+)[\s>]", body))
    assert found <= {
        "body", "main", "header", "h1", "h2", "p", "ul", "li", "div", "section", "b",
        "span", "blockquote", "footer", "svg", "title", "style", "rect", "line", "text",
    }  # fmt: skip
    # What a value says is text.
    bare = re.sub(r'="[^"]*"', '=""', body)
    assert not re.search(r"<[^>]+\s(href|src|on\w+|style)=", bare)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here")
def test_a_map_fits_a_narrow_window(tmp_path: Path) -> None:
    """At 480 nothing has to be scrolled sideways, however long a word is."""
    page = tmp_path / "map.html"
    text = written(a_sheet("x" * 400 + " and words " * 40), ".html")
    # Only to measure: the page itself allows no script.
    text = re.sub(r"<meta http-equiv=[^>]+>", "", text)
    page.write_text(text.replace("</body>", f"{WIDE}</body>"), encoding="utf-8")
    told = dumped(page, tmp_path, "--window-size=480,900")
    title = re.search(r"<title>(\d+)</title>", told)
    assert title is not None
    assert int(title[1]) <= 500
