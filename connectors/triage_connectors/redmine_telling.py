"""What is filed at a Redmine, and how it is found again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from triage.connector import ConfigError, Outgoing, Receipt, SourceUnavailable
from triage_connectors import filing, payload
from triage_connectors.marked import defined, mark
from triage_connectors.prose import to_markdown

if TYPE_CHECKING:
    from triage_connectors.redmine import Redmine as Settings
    from triage_connectors.redmine_api import Redmine as Api

_TITLE = 255
_OWN = re.compile(r"(?<=\{)(?=\{)|(?<=\[)(?=\\?\[)")
"""Where what Redmine alone takes for a macro or a page of a wiki begins."""


async def sent(api: Api, settings: Settings, outgoing: Outgoing) -> Receipt | None:
    """The issue or the note that bears the draft's mark."""
    if outgoing.act == "create":
        rows = await api.issues({"description": f"~triage:{outgoing.key}"}, 5)
        for row in rows:
            if _mark(settings, outgoing) in payload.text(row, "description"):
                return await _filed(api, settings, row)
        return None
    issue = await api.issue(filing.about(outgoing))
    return _noted(api, settings, outgoing, issue)


async def send(api: Api, settings: Settings, outgoing: Outgoing) -> Receipt:
    """
    File an issue or add a note.

    Raises:
        SourceUnavailable: Redmine took the note without a word, and it is not there.
    """
    text = f"{_mark(settings, outgoing)}\n\n{_words(settings, outgoing)}"
    if outgoing.act == "create":
        title = filing.title(outgoing, _TITLE)
        issue = {"project_id": settings.project, "subject": title, "description": text}
        made = await api.create({**issue, **await _wanted(api, settings)})
        return await _filed(api, settings, made)
    key = filing.about(outgoing)
    await api.note(key, text)
    receipt = _noted(api, settings, outgoing, await api.issue(key))
    if receipt is None:
        raise SourceUnavailable(
            f"{api.shown(key)} took the note and does not have it; give the"
            " key's role the permission to add notes"
        )
    return receipt


def _words(settings: Settings, outgoing: Outgoing) -> str:
    """What is said, in Markdown that refers to nothing; Textile shows it as it is."""
    if outgoing.act not in {"create", "comment", "link"}:
        raise filing.unknown(outgoing, "Redmine")
    is_textile = settings.markup == "textile"
    text = outgoing.text if is_textile else _quiet(outgoing.text)
    if outgoing.act != "link":
        return text
    return f"{text}\n\n<{filing.address(outgoing)}>"


def _quiet(text: str) -> str:
    return _OWN.sub("\u200b", to_markdown(text))


def _mark(settings: Settings, outgoing: Outgoing) -> str:
    """
    What no reader sees: Redmine's Markdown shows comments, Textile definitions.

    CommonMark shows neither.
    """
    if settings.markup == "textile":
        return mark(outgoing.key)
    return defined(outgoing.key)


async def _wanted(api: Api, settings: Settings) -> Mapping[str, int]:
    """Tracker and status by their numbers, where the settings name any."""
    told: dict[str, int] = {}
    if settings.tracker:
        told["tracker_id"] = _id(await api.trackers(), settings.tracker, "tracker")
    if settings.status:
        told["status_id"] = _id(await api.statuses(), settings.status, "status")
    return told


def _id(rows: list[dict[str, Any]], name: str, what: str) -> int:
    for row in rows:
        if name.strip().casefold() == payload.text(row, "name").casefold():
            return int(payload.must_be_key(row))
    known = ", ".join(payload.text(row, "name") for row in rows)
    raise ConfigError(f"no {what} is called {name!r} there; there are {known}")


async def _filed(api: Api, settings: Settings, row: Mapping[str, Any]) -> Receipt:
    """An issue that is there, and what of it is not as it was asked for."""
    key = payload.must_be_key(row)
    ignored = [
        f"the {what} is “{there}”, not “{asked}” as asked"
        for what, asked in (("tracker", settings.tracker), ("status", settings.status))
        if asked
        and asked.strip().casefold()
        != (there := payload.text(payload.within(row, what), "name")).casefold()
    ]
    return Receipt(
        external_id=key,
        at=payload.moment(row, "created_on"),
        url=api.shown(key),
        state=payload.text(payload.within(row, "status"), "name"),
        text=f"Redmine took it, but {' and '.join(ignored)}" if ignored else "",
    )


def _noted(
    api: Api, settings: Settings, outgoing: Outgoing, issue: Mapping[str, Any]
) -> Receipt | None:
    for journal in payload.inside(issue, "journals"):
        if _mark(settings, outgoing) in payload.text(journal, "notes"):
            name = payload.key(journal)
            return Receipt(
                external_id=name, at=payload.moment(journal, "created_on"),
                url=f"{api.shown(filing.about(outgoing))}#change-{name}",
            )  # fmt: skip
    return None
