"""The way to a mail server: a connection, and TLS that is verified or refused."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
import ssl
from pathlib import Path
from typing import Final

from triage.connector import ConfigError, SourceUnavailable

_CONNECT: Final = 10.0
"""Seconds for each address of a server to answer."""
_EXPIRED: Final = 10
_NOT_YET: Final = 9
_OTHER_NAME: Final = frozenset({62, 64})  # X509_V_ERR_{HOSTNAME,IP_ADDRESS}_MISMATCH


async def connected(host: str, port: int) -> socket.socket:
    """Return a connection to the first address of a host that answers."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise SourceUnavailable(
            f"no server is called {host}; check host and this machine's network"
        ) from None
    why = ""
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        sock.setblocking(False)
        try:
            async with asyncio.timeout(_CONNECT):
                await loop.sock_connect(sock, address)
        except OSError as error:  # a TimeoutError is one
            sock.close()
            why = os.strerror(error.errno) if error.errno else "no answer"
        except BaseException:  # cancelled: let go of it, then go on with that
            sock.close()
            raise
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            return sock
    raise SourceUnavailable(
        f"{host} does not answer on port {port} ({why.lower()}); check host and port,"
        " or try again later"
    )


def context(ca_file: Path | None) -> ssl.SSLContext:
    """Return what certificates are verified with; a file replaces the usual ones."""
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        why = getattr(error, "reason", None) or error.strerror or "no certificate in it"
        raise ConfigError(
            f"ca_file {ca_file} cannot be used: {why}; it holds one or more"
            " certificates in PEM form"
        ) from None


_IMAP: Final = '993 (or port 143 with tls = "starttls")'


def explained(
    error: ssl.SSLError, host: str, port: int, usual: str = _IMAP
) -> SourceUnavailable:
    """
    Return an error of TLS as a person can act on it; nothing was sent by then.

    Args:
        usual: Which port it is spoken on, in words.
    """
    if not isinstance(error, ssl.SSLCertVerificationError):
        if error.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}:
            return SourceUnavailable(
                f"{host} speaks no TLS on port {port}; the usual one is {usual}."
                " Nothing was sent"
            )
        return SourceUnavailable(f"TLS with {host} failed: {error.reason or error}")
    if error.verify_code == _EXPIRED:
        why = "has expired: whoever runs the server must renew it"
    elif error.verify_code == _NOT_YET:
        why = "is not valid yet: check this machine's clock"
    elif error.verify_code in _OTHER_NAME:
        why = "is for another name: check host"
    else:
        why = (
            "is signed by nobody this machine trusts: if it is your own server, save"
            " the certificate of its authority and name that file with ca_file"
        )
    return SourceUnavailable(f"the certificate of {host} {why}. Nothing was sent")


def is_this_machine(host: str) -> bool:
    """Tell whether a host is the one we run on, without asking anybody."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
