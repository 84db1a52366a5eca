"""
A post on Bluesky as feedback, by the lexicons of atproto as of 2025.

All is read from the record its author signed, never from how a stream shows it, so that
each stream tells the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from triage.connector import Channel, Incoming, Kind
from triage_connectors import payload
from triage_connectors.payload import Values
from triage_connectors.social_post import Post, speaks

_SPOKEN_TO = re.compile(r"(?:@[\w-]+(?:\.[\w-]+)+[\s,:]*)+")
_NOBODY = "handle.invalid"  # what an account whose name does not lead to it is told as
_LINK = "app.bsky.richtext.facet#link"
_TAG = "app.bsky.richtext.facet#tag"


@dataclass(frozen=True, slots=True)
class Reader:
    """
    Takes posts for what they are.

    Attributes:
        own: Our accounts, by handle or DID.
        others: Accounts that are left out.
        languages: Those that are kept; none for all.
    """

    own: frozenset[str]
    others: frozenset[str]
    languages: Sequence[str]

    def post(self, view: Values, at: datetime | None = None) -> Post:
        """A post; ``at`` is its place in a stream of other things."""
        return self._post(view, at, is_kept=self._is_kept(view))

    def answer(self, row: Values) -> Post:
        """One of our own feed: what answers somebody else is kept, the rest is none."""
        view, reason = payload.within(row, "post"), payload.within(row, "reason")
        author = payload.key(payload.within(view, "author"), "did")
        parent = payload.text(payload.within(view, "record", "reply", "parent"), "uri")
        is_answer = bool(parent) and _author(parent) != author and not reason
        at = payload.must_be_moment(reason, "indexedAt") if reason else None
        return self._post(view, at, is_kept=is_answer and self._is_kept(view))

    def _post(self, view: Values, at: datetime | None, *, is_kept: bool) -> Post:
        name = payload.must_be_key(view, "uri")
        indexed = payload.must_be_moment(view, "indexedAt")
        # A client may say any time; what is to come was said when it was heard of.
        created = payload.moment(payload.within(view, "record"), "createdAt")
        said = min(created or indexed, indexed)
        version = payload.must_be_key(view, "cid")[-8:]
        told = partial(self._told, name, said, view) if is_kept else None
        return Post(name, at or said, said, version, told)

    def _is_kept(self, view: Values) -> bool:
        author, record = payload.within(view, "author"), payload.within(view, "record")
        who = {payload.text(author, one).casefold() for one in ("handle", "did")}
        if who & self.others:
            return False
        languages = payload.texts(record, "langs") or [""]
        return bool(who & self.own) or any(
            speaks(one, self.languages) for one in languages
        )

    def _told(self, name: str, said: datetime, view: Values) -> Incoming:
        author, record = payload.within(view, "author"), payload.within(view, "record")
        did = payload.must_be_key(author, "did")
        handle = payload.text(author, "handle").casefold()
        who = f"@{handle}" if handle not in {"", _NOBODY} else did
        body = _words(record)
        root = payload.text(payload.within(record, "reply", "root"), "uri")
        kind = Kind.FEEDBACK if body else Kind.AUTO
        languages = payload.texts(record, "langs")
        return Incoming(
            external_id=name,
            channel=Channel.SOCIAL,
            kind=Kind.AGENT if {handle, did} & self.own else kind,
            body=body,
            # A display name alone is many people's.
            author=f"{payload.text(author, 'displayName')} ({who})".strip(),
            received_at=said,
            edited_at=said,
            language=languages[0] if languages else "",
            url=f"https://bsky.app/profile/{did}/post/{name.rpartition('/')[2]}",
            thread=root or name,
            context=_context(record, who),
            attributes=_reach(view),
            raw=payload.raw(view),
        )


def _author(uri: str) -> str:
    """Whose post an address is of: at://did:plc:…/app.bsky.feed.post/…"""
    return uri.removeprefix("at://").partition("/")[0]


def _words(record: Values) -> str:
    """The text, with each link whole that a client shortened, and nobody spoken to."""
    told = record.get("text")
    text = (told if isinstance(told, str) else "").encode("utf-8", "surrogatepass")
    links = []
    for facet in payload.rows_if_any(record, "facets"):
        index = payload.within(facet, "index")
        begin, end = index.get("byteStart"), index.get("byteEnd")
        for feature in payload.rows_if_any(facet, "features"):
            uri = payload.text(feature, "uri")
            if feature.get("$type") == _LINK and uri and _fits(begin, end, text):
                links.append((begin, end, uri))
    for begin, end, uri in sorted(links, reverse=True):
        text = text[:begin] + uri.encode("utf-8", "surrogatepass") + text[end:]
    words = text.decode("utf-8", "replace").strip()
    spoken_to = _SPOKEN_TO.match(words)
    return words[spoken_to.end() :].strip() if spoken_to else words


def _fits(begin: Any, end: Any, text: bytes) -> bool:
    return type(begin) is int and type(end) is int and 0 <= begin < end <= len(text)


def _context(record: Values, who: str) -> Mapping[str, Any]:
    embed = payload.within(record, "embed")
    media = payload.within(embed, "media") or embed
    quoted = payload.within(embed, "record")
    quoted = payload.within(quoted, "record") or quoted
    features = [
        one
        for facet in payload.rows_if_any(record, "facets")
        for one in payload.rows_if_any(facet, "features")
    ]
    tags = [payload.text(one, "tag") for one in features if one.get("$type") == _TAG]
    images = [
        payload.text(one, "alt") or "image"
        for one in payload.rows_if_any(media, "images")
    ]
    video = [payload.text(media, "alt") or "video"] if media.get("video") else []
    told = {
        "handle": who,
        "hashtags": list(dict.fromkeys([*tags, *payload.texts(record, "tags")])),
        "labels": [
            payload.text(one, "val")
            for one in payload.rows_if_any(payload.within(record, "labels"), "values")
        ],
        "quotes": payload.text(quoted, "uri"),
        "link": payload.text(payload.within(media, "external"), "uri"),
        "attachments": [one[:200] for one in [*images, *video]],
    }
    return {name: value for name, value in told.items() if value}


def _reach(view: Values) -> Mapping[str, Any]:
    """How far it had come when it was first told."""
    told = {
        "likes": payload.number(view, "likeCount"),
        "reposts": payload.number(view, "repostCount"),
        "quotes": payload.number(view, "quoteCount"),
        "replies": payload.number(view, "replyCount"),
    }
    return {name: int(value) for name, value in told.items() if value is not None}
