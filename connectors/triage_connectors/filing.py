"""What is told to a tracker: what it is about, and whether it fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from triage.connector import ConfigError, Outgoing, Planned, SourceError
from triage_connectors.marked import line

_URL: Final = re.compile(r"https?://[^\s<>\"'`\\^{|}\x00-\x20\x7f-\x9f]{1,2000}")


def about(
    outgoing: Outgoing, known: re.Pattern[str] | None = None, which: str = ""
) -> str:
    """
    The key of what is commented on or linked.

    Args:
        known: What a key there looks like.
        which: What it is then: "task of Asana's; …".

    Raises:
        ConfigError: It names none, or what is no key there.
    """
    key = outgoing.context.get("key")
    if not isinstance(key, str) or not key.strip():
        raise ConfigError(
            f"a {outgoing.act[:20]} needs something at the tracker it is about; link"
            " it first"
        )
    key = key.strip()
    if known is not None and not known.fullmatch(key):
        raise ConfigError(f"{key[:60]!r} is no {which}")
    return key


def address(outgoing: Outgoing) -> str:
    """
    Where a link leads.

    Raises:
        ConfigError: It leads to no web page.
    """
    url = outgoing.context.get("url")
    if not isinstance(url, str) or not _URL.fullmatch(url.strip()):
        raise ConfigError("a link leads to a web page: https://…")
    return url.strip()


def title(outgoing: Outgoing, longest: int) -> str:
    """
    The name of what is created, on one line, cut where it is too long.

    Raises:
        ConfigError: It has none.
    """
    told = line(outgoing.title, longest)
    if not told:
        raise ConfigError("what is created at a tracker needs a title")
    return told


def called(outgoing: Outgoing, longest: int) -> str:
    """What a link is called: as it says, else by its text, else where it leads."""
    return line(outgoing.title or outgoing.text or address(outgoing), longest)


def fitting(text: str, longest: int, who: str) -> str:
    """
    The text, if it is short enough as it is written there.

    Raises:
        SourceError: It is too long; nothing was told.
    """
    if len(text) > longest:
        raise SourceError(
            f"{who} takes at most {longest:,} characters, and this has {len(text):,};"
            " shorten the draft"
        )
    return text


def unknown(outgoing: Outgoing, who: str) -> ConfigError:
    """The error of an act that a tracker does not know."""
    return ConfigError(
        f"{who} cannot {outgoing.act[:40]!r}, only create, comment and link"
    )


def best(found: Iterable[Planned], text: str, limit: int) -> Sequence[Planned]:
    """
    The best of what was found, each once.

    What is called so comes first, then what begins so, what has all the words in its
    title, and the rest as the tracker ordered it.
    """
    words = text.casefold().split()
    whole = " ".join(words)

    def order(one: Planned) -> int:
        told = " ".join(one.title.casefold().split())
        if whole in {told, one.key.casefold()}:
            return 0
        if told.startswith(whole):
            return 1
        return 2 if all(word in told for word in words) else 3

    once = {one.key: one for one in found}
    return sorted(once.values(), key=order)[: max(0, limit)]


def alone(told: str, within: re.Pattern[str]) -> str:
    """What a setting names, alone, where its whole address may have been copied."""
    said = told.strip()
    found = within.fullmatch(said)
    return found[1] if found else said
