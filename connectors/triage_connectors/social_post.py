"""What a network of posts is asked for, so that one walk serves them all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from triage.connector import ConfigError, Incoming

MENTIONS = "mentions"
"""The stream of what is said to us."""


@dataclass(frozen=True, slots=True)
class Post:
    """
    A post, as a stream shows it.

    Attributes:
        name: The network's own id of it.
        at: Its place in the stream, which goes from the newest to the oldest.
        said: When it was posted.
        version: Another one after each edit.
        told: Makes what is kept of it; None where nothing is. Most of what streams
            show is known, and need not be read.
    """

    name: str
    at: datetime
    said: datetime
    version: str
    told: Callable[[], Incoming] | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """
    One answer of a stream.

    Attributes:
        after: Where the next one begins; "" behind the last.
        content: The bytes of it, by which a circle is noticed.
    """

    posts: Sequence[Post]
    after: str
    content: bytes


class Network(Protocol):
    """
    Somewhere people post in public.

    Attributes:
        streams: What is followed, by the names cursors hold.
        most: Posts that are looked at again by one question.
    """

    streams: Sequence[str]
    most: int

    async def leaf(self, stream: str, after: str) -> Leaf:
        """What a stream shows there; "" is its newest."""
        ...

    async def again(self, names: Sequence[str]) -> Mapping[str, Post] | None:
        """Those of the posts that are there; None where a server does not tell."""
        ...

    async def gone(self, names: Sequence[str]) -> Collection[str]:
        """Those of the posts that are surely not there; they seem not to be."""
        ...


def must_look(searches: Sequence[str], recheck_days: int, *, mentions: bool) -> None:
    """Refuse settings by which nothing would ever be found."""
    if not mentions and not any(one.strip() for one in searches):
        raise ConfigError(
            "nothing is looked for: name words or hashtags in searches, or set"
            " mentions=true",
            missing="searches",
        )
    if recheck_days < 0:
        raise ConfigError("the setting recheck_days is less than 0; 0 means never")


def whole(address: str) -> str:
    """A server's address, of which https:// may be left out."""
    told = address.strip().rstrip("/")
    return told if "://" in told else f"https://{told}"


def handles(told: Sequence[str], home: str) -> frozenset[str]:
    """Accounts as settings name them, without what may be left out."""
    return frozenset(handle(one, home) for one in told if one.strip())


def handle(told: str, home: str) -> str:
    """An account's name in lower case; those at home go by their first part alone."""
    name = told.strip().removeprefix("@").casefold()
    first, _, host = name.partition("@")
    return first if host == home.casefold() else name


def speaks(language: str, wanted: Sequence[str]) -> bool:
    """Whether a post is in one of the languages; one that tells none may be."""
    first = language.partition("-")[0].casefold()
    return (
        not wanted or not first or first in {one.strip().casefold() for one in wanted}
    )
