"""An HTML page that asks for nothing: one file, no script, no address it would open."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from triage.text.display import one_line, safe


def plain(text: str, limit: int = 500) -> str:
    """The text on one line, as characters and nothing else."""
    return escape(one_line(text, limit))


def lines(text: str) -> str:
    """The text with its line ends, as characters and nothing else."""
    return escape(safe(text.strip(), multiline=True))


def blockquote(words: str, signed: str) -> str:
    """A customer's words with their line ends, and who said them, already written."""
    told = f'<p class="lines">{lines(words)}</p>'
    return f"<blockquote>{told}<footer>{signed}</footer></blockquote>"


def head(title: str, more: str = "") -> str:
    """All that comes before the page's own words; ``more`` is added to its style."""
    sheet = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    style = f"\n{sheet}{more}"
    # Said by its hash, so that no other style on the page is obeyed, and nothing else.
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none';"
        " form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{plain(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


FOOT = "</body>\n</html>\n"
