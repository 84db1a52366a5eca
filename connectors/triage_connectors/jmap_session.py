"""What a JMAP server says of itself when it is first asked (RFC 8620 §2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urljoin, urlsplit

from triage.connector import ConfigError
from triage_connectors.jmap_api import CORE, MAIL, Auth
from triage_connectors.jmap_values import named, number, strange, text, within

if TYPE_CHECKING:
    from triage.transport import Http

WELL_KNOWN: Final = "/.well-known/jmap"
LANES: Final = 4
"""Downloads at a time, however many the server would take."""
_PAGE: Final = 4096  # a server sorts all its mail for each page: few, large ones
_PER_ID: Final = 300  # bytes of a request that an id takes at the very most
_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much may be asked at once.

    Attributes:
        objects: Ids in one call.
        calls: Calls in one request.
        lanes: Questions at a time.
    """

    objects: int
    calls: int
    lanes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """
    A server's own description, its addresses made whole.

    Attributes:
        host: The server's name, for messages.
        api: Where methods are called.
        download: The template of a message's address.
        username: Whose key it is.
        accounts: Accounts with mail, each one's name by id.
        primary: The id of the one that is this user's own; "" where none is.
        capabilities: What it can do, without the usual prefix.
    """

    host: str
    api: str
    download: str
    username: str
    accounts: Mapping[str, str]
    primary: str
    capabilities: tuple[str, ...]
    limits: Limits

    def account(self, wanted: str) -> str:
        """Return the id of the account that is meant by an id, a name or nothing."""
        if wanted in self.accounts:
            return wanted
        told = [
            one
            for one, name in self.accounts.items()
            if name.casefold() == wanted.casefold()
        ]
        if len(told) == 1 and wanted:
            return told[0]
        if not wanted and self.primary:
            return self.primary
        known = named([f"{name} ({one})" for one, name in self.accounts.items()])
        if not self.accounts:
            raise ConfigError(
                f"{self.host} lets this key read no mail; make one that may, or read"
                " the account with the imap connector"
            )
        which = (
            f"has no one account {wanted!r}" if wanted else "says not which is yours"
        )
        raise ConfigError(
            f"{self.host} {which}; write account= with one of these: {known}"
        )


def address(url: str) -> str:
    """Return the session's address: the one that is set, or its host's usual one."""
    whole = url.strip() if "://" in url else f"https://{url.strip()}"
    try:
        origin(whole)
    except ValueError:
        raise ConfigError(f"{url!r} is no web address; write https://…") from None
    return whole if urlsplit(whole).path.strip("/") else urljoin(whole, WELL_KNOWN)


async def discover(http: Http, url: str, auth: Auth) -> Session:
    """
    Return what the server says of itself.

    A redirect is followed within its origin only; the addresses it gives may be
    relative to where the answer came from.
    """
    asked = address(url)
    answer = await http.at(asked).get(
        asked, auth=auth, headers={"Accept": "application/json"}, allow={404}
    )
    if answer.status == 404:
        raise ConfigError(
            f"{answer.where} is not there (404): give the address of the JMAP session"
            " as url=, or read this account with the imap connector"
        )
    told = answer.json()
    if not isinstance(told, dict) or "apiUrl" not in told:
        raise ConfigError(
            f"{answer.where} is no JMAP session; give the session's address as url="
        )
    return _session(told, answer.url)


def _session(told: Mapping[str, Any], seen_at: str) -> Session:
    core = within(told, "capabilities", CORE)
    accounts = {
        name: str(one.get("name") or name)
        for name, one in within(told, "accounts").items()
        if isinstance(one, dict) and MAIL in within(one, "accountCapabilities")
    }
    primary = within(told, "primaryAccounts").get(MAIL)
    room = number(core, "maxSizeRequest", 1_000_000) // _PER_ID
    return Session(
        host=urlsplit(seen_at).hostname or "",
        api=_whole(seen_at, told, "apiUrl"),
        download=_whole(seen_at, told, "downloadUrl"),
        username=str(told.get("username") or ""),
        accounts=accounts,
        primary=primary if isinstance(primary, str) and primary in accounts else "",
        capabilities=tuple(
            name.removeprefix("urn:ietf:params:jmap:")
            for name in within(told, "capabilities")
        ),
        limits=Limits(
            objects=max(1, min(_PAGE, number(core, "maxObjectsInGet", 500), room)),
            calls=max(1, number(core, "maxCallsInRequest", 16)),
            lanes=max(1, min(LANES, number(core, "maxConcurrentRequests", LANES))),
        ),
    )


def filled(template: str, **values: str) -> str:
    """Return an address with its ``{names}`` filled in (RFC 6570, level 1)."""
    return re.sub(
        r"\{(\w+)\}",
        lambda found: quote(values.get(found[1], ""), safe=""),
        template,
    )


def origin(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port of an address; ValueError where it is none."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)


def _whole(seen_at: str, told: Mapping[str, Any], name: str) -> str:
    """Return an address a session gives, which may be relative to its own."""
    link = text(told, name)
    try:
        whole = urljoin(seen_at, link)
        origin(whole)
    except ValueError:
        raise strange(name) from None
    return whole
