"""What is written to GitHub: issues and comments, each once, by a mark nobody sees."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Act, ConfigError, Outgoing, Receipt
from triage_connectors import filing, payload
from triage_connectors.github_api import ROWS
from triage_connectors.github_roadmap_api import Forge
from triage_connectors.github_roadmap_planned import KEY
from triage_connectors.marked import mark, marked
from triage_connectors.prose import escaped, to_markdown

if TYPE_CHECKING:
    from triage_connectors.github_roadmap import GitHubRoadmap

ACTS: Final[Mapping[str, Act]] = {
    "create": Act("Creates an issue in the repository.", longest=60_000),
    "comment": Act("Comments on the issue.", longest=60_000),
    "link": Act("Comments on the issue with a link.", longest=60_000),
}

_MOST: Final = 65_536
"""Characters of a body, at most."""
_TITLE: Final = 256
_PAGES: Final = 10
"""Of our latest issues there, among which one is looked for; a hundred each."""


async def send(forge: Forge, settings: GitHubRoadmap, outgoing: Outgoing) -> Receipt:
    """Do it, once: neither is asked twice, whatever becomes of the answer."""
    if outgoing.act == "create":
        return await _create(forge, settings, outgoing)
    path = _issue(outgoing)
    made = await forge.write(f"{path}/comments", {"body": _said(outgoing)})
    return _receipt(made, payload.must_be_key(made))


async def sent(
    forge: Forge, settings: GitHubRoadmap, outgoing: Outgoing
) -> Receipt | None:
    """Return what is there of it, by the mark in its text."""
    if outgoing.act == "create":
        login = payload.found(await forge.get("user", {}))
        ours: dict[str, str | int] = {
            "creator": payload.must_be_key(login, "login"), "state": "all",
            "sort": "created", "direction": "desc",
        }  # fmt: skip
        repo = settings.repo
        async for row in _rows(forge, f"repos/{repo}/issues", ours, _PAGES):
            if _is_marked(row, outgoing):
                return _created(row, settings)
        return None
    path = _issue(outgoing)
    async for row in _rows(forge, f"{path}/comments", {}):
        if _is_marked(row, outgoing):
            return _receipt(row, payload.must_be_key(row))
    return None


async def _create(forge: Forge, settings: GitHubRoadmap, outgoing: Outgoing) -> Receipt:
    values: dict[str, Any] = {
        "title": filing.title(outgoing, _TITLE),
        "body": _body(to_markdown(outgoing.text), outgoing),
    }
    if settings.labels:
        values["labels"] = list(settings.labels)
    made = await forge.write(f"repos/{settings.repo}/issues", values)
    return _created(made, settings)


def _created(row: payload.Values, settings: GitHubRoadmap) -> Receipt:
    """What was created; GitHub drops labels the token may not set, and says nothing."""
    there = {payload.text(one, "name").lower() for one in payload.inside(row, "labels")}
    lacking = [one for one in settings.labels if one.lower() not in there]
    state = payload.text(row, "state")
    if lacking:
        state = f"{state}, without {', '.join(lacking)}: the token may set no labels"
    key = f"{settings.repo}#{payload.must_be_key(row, 'number')}"
    return _receipt(row, key, state)


def _said(outgoing: Outgoing) -> str:
    """What a comment says; a link is one that leads somewhere on purpose."""
    if outgoing.act == "comment":
        return _body(to_markdown(outgoing.text), outgoing)
    if outgoing.act != "link":
        raise filing.unknown(outgoing, "GitHub")
    url, title = filing.address(outgoing), filing.called(outgoing, _TITLE)
    return _body(f"[{escaped(title)}](<{url}>)", outgoing)


def _body(markdown: str, outgoing: Outgoing) -> str:
    return filing.fitting(marked(markdown, outgoing.key), _MOST, "GitHub")


def _is_marked(row: payload.Values, outgoing: Outgoing) -> bool:
    return payload.text(row, "body").startswith(mark(outgoing.key))


def _issue(outgoing: Outgoing) -> str:
    """The path of the issue a comment is about."""
    if outgoing.act not in ACTS:
        raise filing.unknown(outgoing, "GitHub")
    key = filing.about(outgoing)
    found = KEY.fullmatch(key)
    if not found:
        raise ConfigError(f"{key!r} is no issue of GitHub's; it looks like acme/app#12")
    return f"repos/{found[1]}/{found[2]}/issues/{found[3]}"


async def _rows(
    forge: Forge, path: str, params: Mapping[str, str | int], most: int = 1000
) -> AsyncIterator[dict[str, Any]]:
    """Every row of a list, page by page."""
    for number in range(1, most + 1):
        answer = await forge.get(path, {**params, "per_page": ROWS, "page": number})
        for row in payload.listed(answer):
            yield row
        if not answer.next_url:
            return


def _receipt(row: payload.Values, name: str, state: str = "") -> Receipt:
    return Receipt(
        external_id=name,
        url=payload.text(row, "html_url"),
        at=payload.moment(row, "created_at"),
        state=state,
    )
