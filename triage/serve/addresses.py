"""Where the server listens, and which names a browser may call it by."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from triage.errors import UsageError

_USUAL = {"http": 80, "https": 443}


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def listening(host: str, port: int) -> socket.socket:
    """
    A socket that listens at an address; port 0 takes any that is free.

    Raises:
        UsageError: There is no such address here, or its port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {host}, port {port} ({error.strerror}); choose another"
            " with --port"
        ) from error


def allowed(host: str, port: int, origins: Sequence[str]) -> Mapping[str, str]:
    """
    The ``Host`` a browser may name, and the ``Origin`` its page then has.

    Exact names only: a page of somebody else's whose name is made to point here (DNS
    rebinding) still names itself. The first is the one to print.

    Args:
        origins: Further addresses, as a browser shows them: ``http://localhost:9000``.
    """
    found = dict(_host_and_origin(origin) for origin in origins)
    if not ip_address(host).is_unspecified:
        names = [host]
        if is_loopback(host):
            names.append("localhost")
        for name in names:
            shown = f"[{name}]" if ":" in name else name
            found |= dict([_host_and_origin(f"http://{shown}:{port}")])
    return found


def _host_and_origin(origin: str) -> tuple[str, str]:
    """As browsers write both: in small letters, without the port that is usual."""
    wrong = UsageError(
        f"{origin!r} is no address like http://localhost:9000; check --origin"
    )
    try:
        told = urlsplit(origin)
        port = told.port
    except ValueError:
        raise wrong from None
    is_plain = told.path in {"", "/"} and not (told.query or told.fragment)
    if told.scheme not in _USUAL or not told.hostname or told.username or not is_plain:
        raise wrong
    name = f"[{told.hostname}]" if ":" in told.hostname else told.hostname
    host = name if port in {None, _USUAL[told.scheme]} else f"{name}:{port}"
    return host, f"{told.scheme}://{host}"
