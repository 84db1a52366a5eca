"""A ticket of a Zammad desk and its articles as feedback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Incoming, Kind
from triage_connectors import desk, payload
from triage_connectors.desk import Talk, Who
from triage_connectors.told import Told
from triage_connectors.wording import written

if TYPE_CHECKING:
    from triage_connectors.zammad import Zammad as Settings

GONE: Final = frozenset({"merged", "removed"})
"""States of tickets in which nothing stands any more."""

_STATUS: Final = {
    "new": "new",
    "open": "open",
    "pending reminder": "pending",
    "pending action": "pending",
    "pending close": "pending",
    "closed": "closed",
    "merged": "merged",
    "removed": "removed",
}


@dataclass(frozen=True, slots=True)
class States:
    """What the states of a desk amount to, whatever its people call them."""

    types: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> States:
        """The states a desk has told."""
        return cls({payload.key(row): payload.text(row, "state_type") for row in rows})

    def status(self, ticket: Mapping[str, Any]) -> str:
        """In our word; that of the desk where it is unknown to us."""
        name = payload.text(ticket, "state")
        kind = self.types.get(payload.key(ticket, "state_id")) or name
        return _STATUS.get(kind.casefold(), name)


def told(
    settings: Settings,
    ticket: Mapping[str, Any],
    status: str,
    articles: Iterable[Mapping[str, Any]],
    tags: Sequence[str],
) -> Told:
    """
    Return the public articles of customers and agents.

    Internal ones were perhaps public once, so their ids are told as gone. Those of the
    system itself, such as confirmations, are nobody's words.
    """
    talk = _talk(settings, ticket, status, tags)
    items: list[Incoming] = []
    gone: list[str] = []
    for article in sorted(articles, key=_order):
        name = payload.must_be_key(article)
        sender = payload.text(article, "sender").casefold()
        if article.get("internal") is not False:
            gone.append(name)
        elif sender in {"customer", "agent"}:
            items.append(_said(talk, ticket, article, sender, first=not items))
    return Told(items, gone)


def _talk(
    settings: Settings, ticket: Mapping[str, Any], status: str, tags: Sequence[str]
) -> Talk:
    name = payload.must_be_key(ticket)
    known = desk.known(settings.fields, ticket)
    closed = payload.moment(ticket, "close_at") if status == "closed" else None
    about: dict[str, Any] = {
        "status": status,
        "solved_at": closed.isoformat() if closed else "",
        "tags": list(tags),
        "desk_channel": payload.text(ticket, "create_article_type"),
        "number": payload.key(ticket, "number"),
        "group": payload.text(ticket, "group"),
    }
    return Talk(
        name=name,
        subject=payload.text(ticket, "title"),
        url=f"{settings.url.strip().rstrip('/')}/#ticket/zoom/{name}",
        company=known.company or payload.text(ticket, "organization"),
        app_version=known.app_version,
        about=about,
        attributes=known.attributes,
    )


def _said(
    talk: Talk,
    ticket: Mapping[str, Any],
    article: Mapping[str, Any],
    sender: str,
    *,
    first: bool,
) -> Incoming:
    who = _who(ticket, article, is_ours=sender == "agent")
    files = payload.inside(article, "attachments")
    said = talk.said(
        payload.must_be_key(article),
        who,
        _words(article, who.name),
        payload.moment(article, "created_at"),
        raw=_kept(article),
        first=first,
        edited_at=payload.moment(article, "updated_at"),
        files=[payload.text(one, "filename") for one in files],
    )
    is_automatic = payload.within(article, "preferences").get("is-auto-response")
    if is_automatic is True and said.kind is Kind.FEEDBACK:
        return replace(said, kind=Kind.AUTO)
    return said


def _who(
    ticket: Mapping[str, Any], article: Mapping[str, Any], *, is_ours: bool
) -> Who:
    """
    Who wrote it: whoever it is from, and else the ticket's customer.

    An article an agent notes down for a customer, of a call perhaps, was created by the
    agent, so that is not asked.
    """
    name, address = _address(payload.text(article, "from")[:500])
    if is_ours:
        return Who(name or address, address, is_ours=True)
    login = payload.text(ticket, "customer")
    address = address or (login if "@" in login else "")
    return Who(name or login, address)


@lru_cache(maxsize=4096)
def _address(told: str) -> tuple[str, str]:
    """A name and an address, of which the desk may have only the first."""
    name, address = parseaddr(told)
    return (name, address) if "@" in address else (told, "")


def _words(article: Mapping[str, Any], author: str) -> str:
    body = payload.text(article, "body")
    is_html = "html" in payload.text(article, "content_type").casefold()
    is_mail = payload.text(article, "type") == "email"
    return written(body if is_html else "", body, mail=is_mail, author=author)


def _kept(article: Mapping[str, Any]) -> dict[str, Any]:
    """The article without what a web form noted of the visitor's address."""
    preferences = payload.within(article, "preferences")
    if "form" not in preferences:
        return dict(article)
    rest = {name: value for name, value in preferences.items() if name != "form"}
    return {**article, "preferences": rest}


def _order(article: Mapping[str, Any]) -> tuple[str, float]:
    return payload.text(article, "created_at"), payload.number(article, "id") or 0
