"""Whether a description of Zendesk allows a request: ours, and the vendor's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import httpx

from servers.described import Described, vendors

_OURS = Path(__file__).with_name("zendesk.openapi.json")
# Told in prose by the vendor and missing from the description's parameters: pages of
# up to a thousand, side-loads, and how ratings are narrowed and paged.
_IN_PROSE = {
    "/api/v2/incremental/tickets/cursor": {"per_page", "include"},
    "/api/v2/incremental/ticket_events": {"include"},
    "/api/v2/satisfaction_ratings": {
        "score", "start_time", "page[size]", "page[after]",
    },
}  # fmt: skip
_COMMENTS_IN_PROSE = {"page[size]", "page[after]"}


@cache
def ours_described() -> Described:
    """The service in our own words."""
    return Described.at(_OURS)


@cache
def theirs_described() -> Described | None:
    """A part of it in the vendor's words, where the file is at hand."""
    path = vendors("zendesk-support.subset.json")
    return Described.at(path) if path else None


def refused(request: httpx.Request) -> str:
    """Why a description allows no such request; "" where each does."""
    theirs, path = theirs_described(), request.url.path
    is_comments = path.endswith("/comments")
    if theirs is None or not (path in _IN_PROSE or is_comments):
        return ours_described().refused(request)
    known = _COMMENTS_IN_PROSE if is_comments else _IN_PROSE[path]
    url = request.url
    for name in known:
        url = url.copy_remove_param(name)
    # It knows passwords alone; access tokens of OAuth are told of elsewhere.
    signed = (
        {"Authorization": "Basic eDp5"} if "authorization" in request.headers else {}
    )
    bare = httpx.Request(request.method, url, headers=signed)
    return ours_described().refused(request) or theirs.refused(bare)
