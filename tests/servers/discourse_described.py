"""Whether a description of Discourse allows a request: ours, and the vendor's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import httpx

from servers.described import Described, vendors
from servers.discourse_forum import HOME

_OURS = Path(__file__).with_name("discourse.openapi.json")
# The vendor's description lacks what its own pages ask lists of topics with.
_UNTOLD = ("page", "topic_ids")


@cache
def ours_described() -> Described:
    """The forum in our own words."""
    return Described.at(_OURS)


@cache
def theirs_described() -> Described | None:
    """The forum in the vendor's words, where the file is at hand."""
    path = vendors("discourse.trim.json")
    return Described.at(path) if path else None


def refused(request: httpx.Request) -> str:
    """Why a description allows no such request; "" where each does."""
    ours = request.url.copy_with(host=httpx.URL(HOME).host)
    here = httpx.Request(request.method, ours, headers=request.headers)
    if said := ours_described().refused(here):
        return said
    theirs = theirs_described()
    if theirs is None or (
        # It wants the numbers of posts in the body of a GET, where no forum looks.
        request.url.path.startswith("/t/") and request.url.path.endswith("/posts.json")
    ):
        return ""
    url = request.url.copy_with(host="discourse.example.com")
    for name in _UNTOLD:
        url = url.copy_remove_param(name)
    # It wants a key of everybody, though any visitor may read an open forum.
    headers = {"Api-Key": "x", "Api-Username": "x"}
    return theirs.refused(httpx.Request(request.method, url, headers=headers))
