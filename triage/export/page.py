"""An HTML page that asks for nothing: one file, no script, no address it would open."""

from __future__ import annotations

from html import escape
from pathlib import Path

from triage.text.display import one_line, safe

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
"""What a browser may do with it: apply its own style, and nothing else."""


def plain(text: str, limit: int = 500) -> str:
    """The text on one line, as characters and nothing else."""
    return escape(one_line(text, limit))


def lines(text: str) -> str:
    """The text with its line ends, as characters and nothing else."""
    return escape(safe(text.strip(), multiline=True))


def head(title: str) -> str:
    """All that comes before the page's own words."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{plain(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )


FOOT = "</body>\n</html>\n"
