"""A message put together again from what JMAP tells of it, to be read like others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from triage_connectors.jmap_values import number, rows, within

TEXT: Final = 262_144
"""Bytes of one part's text that are asked for."""
WANTED: Final[dict[str, Any]] = {
    "properties": [
        "id",
        "headers",
        "textBody",
        "htmlBody",
        "bodyValues",
        "attachments",
    ],
    "bodyProperties": ["partId", "type", "name", "size", "header:Content-Type"],
    "fetchTextBodyValues": True,
    "fetchHTMLBodyValues": True,
    "maxBodyValueBytes": TEXT,
}
"""Arguments of ``Email/get``."""
_FILES: Final = 50
_FLOWED: Final = re.compile(r'\b(format|delsp)\s*=\s*"?(flowed|yes)\b', re.IGNORECASE)
_FOLDED: Final = re.compile(r"\r?\n(?=[ \t])")
_UNSAFE: Final = re.compile(r'[^ -~]|["\\]')
_BREAK: Final = re.compile(r"[\r\n\0]+")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """
    A message without its attachments.

    Attributes:
        raw: Its header as it was sent, its texts as UTF-8.
        truncated: Whether the server left out the end of a text.
        guessed: Whether the server could not tell what encoding a text is in.
        attachments: Name, type and size in bytes of each.
    """

    raw: bytes
    truncated: bool
    guessed: bool
    attachments: list[dict[str, Any]]


def message(told: Mapping[str, Any]) -> Rebuilt:
    """Return the message an ``Email`` object tells of."""
    values = within(told, "bodyValues")
    shown = _by_id(rows(told, "textBody") + rows(told, "htmlBody"))
    texts = {
        name: part
        for name, part in shown.items()
        if str(part.get("type")).startswith("text/")
    }
    # A picture that is shown in place is one of the shown parts, not an attachment.
    others = [part for name, part in shown.items() if name not in texts]
    said = {name: within(values, name) for name in texts}
    bodies = [_body(part, said[name]) for name, part in texts.items()]
    boundary = f"=_{hashlib.sha256(b''.join(bodies)).hexdigest()[:40]}"
    lines = [
        *_header(told),
        b"MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"'.encode(),
        b"",
    ]
    for body in bodies:
        lines += [f"--{boundary}".encode(), body]
    lines += [f"--{boundary}--".encode(), b""]
    return Rebuilt(
        raw=b"\r\n".join(lines),
        truncated=any(one.get("isTruncated") is True for one in said.values()),
        guessed=any(one.get("isEncodingProblem") is True for one in said.values()),
        attachments=[
            {
                "name": str(one.get("name") or "")[:200],
                "type": str(one.get("type") or "")[:100],
                "size": number(one, "size", 0),
            }
            for one in [*rows(told, "attachments"), *others][:_FILES]
        ],
    )


def _by_id(parts: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(part.get("partId")): part for part in parts}


def _header(told: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the fields as they came, but for those that describe the old body."""
    for field in rows(told, "headers"):
        name, value = str(field.get("name")), str(field.get("value"))
        if name.lower().startswith("content-") or name.lower() == "mime-version":
            continue
        kept = _BREAK.sub(" ", _FOLDED.sub("\v", value)).replace("\v", "\r\n")
        yield f"{_BREAK.sub(' ', name)}:{kept}".encode("utf-8", "replace")


def _body(part: Mapping[str, Any], told: Mapping[str, Any]) -> bytes:
    """Return one text with the few fields that say how to read it."""
    said = "".join(
        f"; {name.lower()}={value.lower()}"
        for name, value in _FLOWED.findall(str(part.get("header:Content-Type")))
    )
    # A text with a name is a file that came along, and is measured as one.
    if name := _UNSAFE.sub("_", str(part.get("name") or ""))[:100]:
        said += f'; name="{name}"'
    kind = "text/html" if part.get("type") == "text/html" else "text/plain"
    head = f"Content-Type: {kind}; charset=utf-8{said}\r\n\r\n"
    return (head + str(told.get("value") or "")).encode("utf-8", "replace")
