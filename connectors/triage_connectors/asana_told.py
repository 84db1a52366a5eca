"""What Asana is told: tasks, and comments on them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from triage.connector import Outgoing, Receipt
from triage_connectors import filing, payload
from triage_connectors.asana_api import Asana, Row
from triage_connectors.asana_tasks import KEY
from triage_connectors.prose_html import Html, plain

if TYPE_CHECKING:
    from triage_connectors.asana import Asana as Settings

_TITLE: Final = 1_024
_MARK: Final = "https://triage.invalid/{}"
"""Where a word leads that nobody need follow: Asana keeps no comments in its HTML, and
``external``, which is meant for it, is only for apps that sign in with OAuth."""

_NOTES: Final = Html(heading="h2", paragraph="")
_COMMENT: Final = Html(heading="strong", paragraph="")
"""Comments have no headings."""


async def sent(asana: Asana, settings: Settings, outgoing: Outgoing) -> Receipt | None:
    """What is there of it already, found by its mark."""
    mark = _MARK.format(outgoing.key)
    if outgoing.act == "create":
        async for task in asana.tasks(settings.name, "html_notes,permalink_url"):
            if mark in payload.text(task, "html_notes"):
                return _receipt(task)
        return None
    async for story in asana.stories(_about(outgoing)):
        if mark in payload.text(story, "html_text"):
            return _receipt(story)
    return None


async def send(asana: Asana, settings: Settings, outgoing: Outgoing) -> Receipt:
    """
    Add a task, or comment; a link is a comment, for Asana takes attached addresses only
    as a form of several parts.

    Raises:
        SourceError: It is refused; nothing was told.
    """
    match outgoing.act:
        case "create":
            name = filing.title(outgoing, _TITLE)
            html = _marked(outgoing, _NOTES.write(outgoing.text))
            return _receipt(await asana.add(settings.name, name, html))
        case "comment":
            html = _COMMENT.write(outgoing.text)
        case "link":
            url, name = filing.address(outgoing), filing.called(outgoing, _TITLE)
            html = f'<a href="{escape(url)}">{plain(name)}</a>'
        case _:
            raise filing.unknown(outgoing, "Asana")
    return _receipt(await asana.say(_about(outgoing), _marked(outgoing, html)))


def _marked(outgoing: Outgoing, html: str) -> str:
    mark = f'<a href="{_MARK.format(outgoing.key)}">Triage</a>'
    return f"<body>{html}\n\n{mark}</body>"


def _about(outgoing: Outgoing) -> str:
    which = "task of Asana's; one is the last number in its address"
    return filing.about(outgoing, KEY, which)


def _receipt(row: Row) -> Receipt:
    return Receipt(
        external_id=payload.must_be_key(row, "gid"),
        at=payload.moment(row, "created_at"),
        url=payload.text(row, "permalink_url"),
    )
