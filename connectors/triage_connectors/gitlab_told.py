"""What GitLab is told: issues, and comments on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from triage.connector import ConfigError, Outgoing, Receipt
from triage_connectors import filing, payload, prose
from triage_connectors.gitlab_api import GitLab, Row
from triage_connectors.gitlab_rows import parted
from triage_connectors.marked import mark, marked

if TYPE_CHECKING:
    from triage_connectors.gitlab import GitLab as Settings

_TITLE: Final = 255
_TEXT: Final = 1_000_000
_OWN: Final = re.compile(r"(?m)^([ \t]*)/|(?<!\\)%(?=[\w\"])")
"""What GitLab alone takes for an order (/close) or for a milestone (%1.0)."""


async def sent(
    gitlab: GitLab, settings: Settings, outgoing: Outgoing
) -> Receipt | None:
    """What is there of it already, found by its mark."""
    if outgoing.act == "create":
        rows = await gitlab.issues(
            settings.path, search=outgoing.key, **{"in": "description"}
        )
        for row in rows:
            if mark(outgoing.key) in payload.text(row, "description"):
                return _filed(settings.path, row)
        return None
    path, number = _about(outgoing)
    async for row in gitlab.notes(path, number):
        if mark(outgoing.key) in payload.text(row, "body"):
            return _said(row)
    return None


async def send(gitlab: GitLab, settings: Settings, outgoing: Outgoing) -> Receipt:
    """
    File, comment or link.

    Raises:
        SourceError: It is too long, or refused; nothing was told.
    """
    match outgoing.act:
        case "create":
            title = filing.title(outgoing, _TITLE)
            text = _written(outgoing, written(outgoing.text))
            return _filed(settings.path, await gitlab.file(settings.path, title, text))
        case "comment":
            text = written(outgoing.text)
        case "link":
            # No mark of GitLab's own leads out of it, so a comment does.
            url, title = filing.address(outgoing), filing.called(outgoing, _TITLE)
            text = f"[{_quiet(prose.escaped(title))}](<{url}>)"
        case _:
            raise filing.unknown(outgoing, "GitLab")
    path, number = _about(outgoing)
    return _said(await gitlab.say(path, number, _written(outgoing, text)))


def written(text: str) -> str:
    """A text as Markdown of GitLab's, which orders and refers to nothing."""
    return _quiet(prose.to_markdown(text))


def _quiet(markdown: str) -> str:
    return _OWN.sub(_behind_a_backslash, markdown)


def _behind_a_backslash(found: re.Match[str]) -> str:
    return r"\%" if found[0] == "%" else f"{found[1]}\\/"


def _written(outgoing: Outgoing, text: str) -> str:
    return filing.fitting(marked(text, outgoing.key), _TEXT, "GitLab")


def _about(outgoing: Outgoing) -> tuple[str, str]:
    known = parted(filing.about(outgoing))
    if not known:
        raise ConfigError(
            f"{filing.about(outgoing)[:60]!r} is no issue of GitLab's; one looks like"
            " group/name#12"
        )
    return known


def _filed(path: str, row: Row) -> Receipt:
    return Receipt(
        external_id=f"{path}#{payload.must_be_key(row, 'iid')}",
        at=payload.moment(row, "created_at"),
        url=payload.text(row, "web_url"),
        state=payload.text(row, "state"),
    )


def _said(row: Row) -> Receipt:
    return Receipt(
        external_id=payload.must_be_key(row), at=payload.moment(row, "created_at")
    )
