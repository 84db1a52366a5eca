"""A status of Mastodon as feedback: field names by docs.joinmastodon.org, as of 4.5."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Channel, Incoming, Kind
from triage.text.html import to_text
from triage_connectors import payload
from triage_connectors.payload import Values
from triage_connectors.social_post import Post, handle, speaks

if TYPE_CHECKING:
    from triage_connectors.mastodon import Mastodon as Settings

_PUBLIC: Final = frozenset({"public", "unlisted"})
# The text of these says all; their address would stand behind it.
_NAMED = re.compile(
    r"<a\b(?=[^>]*\bclass=\"[^\"]*\b(?:mention|hashtag)\b)[^>]*>", re.IGNORECASE
)
# Servers put it before a quoting post for programs that know no quotes.
_QUOTING = re.compile(r"<p class=\"quote-inline\">.*?</p>", re.IGNORECASE | re.DOTALL)
_SPOKEN_TO = re.compile(r"(?:@[\w.-]+(?:@[\w.-]+)?[\s,:]*)+")
_EMOJI = re.compile(r"\s*:\w{2,}:")


@dataclass(frozen=True, slots=True)
class Reader:
    """
    Takes statuses for what they are.

    Attributes:
        host: The server's, which names of its own accounts are told without.
        own: Our accounts, by name.
        others: Accounts that are left out.
    """

    settings: Settings
    host: str
    own: frozenset[str]
    others: frozenset[str]

    def post(self, status: Values, at: datetime | None = None) -> Post:
        """A status; ``at`` is its place in a stream of other things."""
        return self._post(status, at, is_kept=self._is_kept(status))

    def answer(self, status: Values) -> Post:
        """One of our own: what answers somebody else is kept, the rest is none."""
        to = payload.key(status, "in_reply_to_account_id")
        account = payload.key(payload.within(status, "account"))
        is_kept = bool(to) and to != account and self._is_kept(status)
        return self._post(status, None, is_kept=is_kept)

    def _post(self, status: Values, at: datetime | None, *, is_kept: bool) -> Post:
        name = payload.must_be_key(status)
        said = payload.must_be_moment(status, "created_at")
        edited = payload.text(status, "edited_at")
        told = partial(self._told, name, said, status) if is_kept else None
        return Post(name, at or said, said, edited, told)

    def _is_kept(self, status: Values) -> bool:
        """Whether it is public, no boost, in a language kept, of nobody left out."""
        settings = self.settings
        visibility = payload.text(status, "visibility")
        if visibility not in _PUBLIC and not (
            settings.direct and visibility == "direct"
        ):
            return False
        if status.get("reblog"):
            return False
        who = self._who(status)
        if who in self.others:
            return False
        return who in self.own or speaks(
            payload.text(status, "language"), settings.languages
        )

    def _who(self, status: Values) -> str:
        account = payload.within(status, "account")
        return handle(payload.must_be_key(account, "acct"), self.host)

    def _told(self, name: str, said: datetime, status: Values) -> Incoming:
        account = payload.within(status, "account")
        who = self._who(status)
        whole = f"@{who if '@' in who else f'{who}@{self.host}'}"
        title, body = payload.text(status, "spoiler_text"), _words(status)
        edited = payload.moment(status, "edited_at")
        kind = Kind.FEEDBACK if body or title else Kind.AUTO
        parent = payload.key(status, "in_reply_to_id")
        return Incoming(
            external_id=name,
            channel=Channel.SOCIAL,
            kind=Kind.AGENT if who in self.own else kind,
            title=title,
            body=body,
            # A display name alone is many people's.
            author=f"{_name(account)} ({whole})".strip(),
            received_at=said,
            edited_at=max(edited, said) if edited else said,
            language=payload.text(status, "language"),
            url=payload.text(status, "url") or payload.text(status, "uri"),
            references=(name, parent) if parent else (name,),
            context=_context(status, whole),
            attributes=_reach(status),
            raw=payload.raw(status),
        )


def _words(status: Values) -> str:
    html = payload.text(status, "content")
    if status.get("quote"):
        html = _QUOTING.sub("", html)
    text = to_text(_NAMED.sub("<a>", html), cut_quotes=False)
    spoken_to = _SPOKEN_TO.match(text)
    return text[spoken_to.end() :].strip() if spoken_to else text.strip()


def _name(account: Values) -> str:
    told = payload.text(account, "display_name")
    return _EMOJI.sub("", told).strip() or payload.text(account, "username")


def _context(status: Values, who: str) -> Mapping[str, Any]:
    """What else there is to it, save what changes without its author's doing."""
    visibility = payload.text(status, "visibility")
    quoted = payload.within(status, "quote", "quoted_status")
    media = payload.rows(status, "media_attachments")
    poll = payload.within(status, "poll")
    told = {
        "handle": who,
        "visibility": visibility if visibility != "public" else "",
        "bot": payload.within(status, "account").get("bot") is True,
        "sensitive": status.get("sensitive") is True,
        "hashtags": [payload.text(one, "name") for one in payload.rows(status, "tags")],
        "quotes": payload.text(quoted, "url"),
        "poll": [
            payload.text(one, "title")
            for one in (payload.rows(poll, "options") if poll else [])
        ],
        "attachments": [
            (payload.text(one, "description") or payload.text(one, "type"))[:200]
            for one in media
        ],
    }
    return {name: value for name, value in told.items() if value}


def _reach(status: Values) -> Mapping[str, Any]:
    """How far it had come when it was first told."""
    told = {
        "followers": payload.number(
            payload.within(status, "account"), "followers_count"
        ),
        "favourites": payload.number(status, "favourites_count"),
        "boosts": payload.number(status, "reblogs_count"),
        "replies": payload.number(status, "replies_count"),
    }
    return {name: int(value) for name, value in told.items() if value is not None}
