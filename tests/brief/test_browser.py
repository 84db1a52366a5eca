"""A brief in a real browser: nothing of it runs, loads or changes the page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from brief.test_writing import a_brief
from export.hostile import HOSTILE
from triage.brief import written

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-dev-shm-usage", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here")
def test_a_hostile_page(tmp_path: Path) -> None:
    """What the browser made of the page has our elements only, and its own title."""
    assert CHROMIUM is not None
    page = tmp_path / "brief.html"
    text = " ".join(HOSTILE) + "<script>document.title='taken'</script>"
    page.write_text(written(a_brief(text), "html"), encoding="utf-8")
    told = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
         page.as_uri()],
        capture_output=True, check=True, timeout=60, text=True,
    ).stdout  # fmt: skip
    assert "<title>What customers tell us</title>" in told
    body = told[told.index("<body>") :]
    found = set(re.findall(r"<([a-z0-9]+)[\s>]", body))
    assert found <= {
        "body", "main", "h1", "h2", "h3", "p", "ul", "li", "figure", "figcaption",
        "svg", "rect", "line", "blockquote", "footer", "div", "table", "thead",
        "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert not re.search(r"<[^>]+\s(href|src|on\w+|style)=", body)
