"""Which addresses belong to a source: the same scheme, host and port, and no other."""

from __future__ import annotations

import ipaddress

import httpx

from triage.errors import ConfigError, SourceUnavailable

_PORTS = {"http": 80, "https": 443}


def same_origin(one: str | httpx.URL, other: str | httpx.URL) -> bool:
    """Whether two addresses have one scheme, host and port."""
    try:
        return _origin(httpx.URL(one)) == _origin(httpx.URL(other))
    except httpx.InvalidURL:
        return False


def address(text: str) -> httpx.URL:
    """
    Return a source's configured address, ready to be joined with paths.

    It is https, or http on this machine alone, and carries no user name: a key sent in
    the clear or kept in an address is a key given away.
    """
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        raise ConfigError(f"{text!r} is not a web address; write https://…") from None
    if url.scheme not in _PORTS or not url.host or (url.port or 1) > 0xFFFF:
        raise ConfigError(f"{text!r} is not a web address; write https://…")
    if url.userinfo:
        raise ConfigError(
            f"the address of {url.host} holds a user name; put it in the settings"
        )
    if url.scheme == "http" and not _is_loopback(url.host):
        raise ConfigError(
            f"{url.host} would be asked in the clear; write https:// instead of http://"
        )
    path = url.path if url.path.endswith("/") else f"{url.path}/"
    return url.copy_with(path=path, query=None, fragment=None)


def within(home: httpx.URL, link: str, seen_at: httpx.URL | None = None) -> httpx.URL:
    """
    Return where ``link`` leads, if that is on the server ``home`` names.

    Links come from answers; one that leads elsewhere would carry the key along.
    """
    try:
        url = (seen_at or home).join(link)
    except httpx.InvalidURL:
        raise SourceUnavailable(
            f"{place(home)} gave a link that is not an address; try again later"
        ) from None
    if not same_origin(url, home) or url.userinfo:
        raise SourceUnavailable(
            f"{place(home)} points to another server ({_server(url)}); the key is not"
            " sent there. If the source has moved, change its address in the settings"
        )
    return url


def place(url: httpx.URL) -> str:
    """Return host, port and path for a message; never the query, which may tell."""
    path = url.raw_path.split(b"?")[0].decode("ascii", "replace")[:200]
    return f"{_server(url)}{path.rstrip('/')}"


def _server(url: httpx.URL) -> str:
    host = url.raw_host.decode("ascii", "replace") or "nowhere"
    return f"{host}:{url.port}" if url.port else host


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port or _PORTS.get(url.scheme)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
