"""One connection of an account, asked in a thread and closed when nobody waits."""

from __future__ import annotations

import asyncio
import contextlib
import imaplib
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from triage.connector import Secret, SourceError, SourceUnavailable
from triage_connectors import imap_sign_in, imap_tls
from triage_connectors.imap_rows import Row, rows
from triage_connectors.imap_wire import ANSWER, Client, Wire

T = TypeVar("T")

_GOODBYE: Final = 2.0
_WINDOW: Final = 50_000
"""Messages a search answers for at a time: its answer is one line."""
_HIGHEST: Final = 2**32


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """
    Where to sign in and as whom.

    Attributes:
        secret: A password, or an access token where ``by_token``.
        patience: Seconds of silence after which a server is given up.
    """

    host: str
    port: int
    tls: str
    ca_file: Path | None
    user: str
    secret: Secret = field(repr=False)
    by_token: bool
    provider: str
    patience: float


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How a folder stands.

    Attributes:
        valid: Its UIDVALIDITY; uids of another one mean nothing.
        next: The uid the next message will get; 0 where the server does not say.
        count: Messages in it.
    """

    valid: int
    next: int
    count: int


@contextlib.asynccontextmanager
async def opened(account: Account) -> AsyncIterator[Session]:
    """Sign in, and let go of the connection whatever happens."""
    sock = await imap_tls.connected(account.host, account.port)
    session = Session(account, sock)
    try:
        await session.run(session.sign_in)
        yield session
        session.is_done = True
    except GeneratorExit:
        session.is_done = True
        raise
    finally:
        await session.close()


class Session:
    """
    A signed-in connection.

    ``run`` is for the event loop; everything else is called by what it runs.

    Attributes:
        can: What the server says it can do, in capitals.
        valid: UIDVALIDITY of the folder that is open.
        is_done: Whether it is left in peace, so that a goodbye makes sense.
    """

    def __init__(self, account: Account, sock: socket.socket) -> None:
        self.account = account
        self.can: frozenset[str] = frozenset()
        self.is_done = False
        self.valid = 0
        self._is_secured = False
        self._sock = sock
        self._wire: Wire | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="imap")

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """Do it in the connection's thread; cancelled, cut the connection at once."""
        loop = asyncio.get_running_loop()
        doing = loop.run_in_executor(self._thread, partial(work, *args))
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            self._cut()
            await asyncio.wait([doing], timeout=_GOODBYE)
            if doing.done():
                doing.exception()  # that it broke off is what was wanted
            raise

    async def close(self) -> None:
        """Say goodbye where that makes sense, and let go."""
        if self.is_done and self._wire is not None:
            with contextlib.suppress(SourceError):
                await self.run(self._goodbye)
        self._cut()
        self._sock.close()
        if self._wire is not None:
            self._wire.sock.close()
        self._thread.shutdown(wait=False)

    def sign_in(self) -> None:
        """Speak TLS, then sign in; in that order, or not at all."""
        account = self.account
        context = imap_tls.context(account.ca_file)
        self._sock.settimeout(account.patience)
        # A connection that is gone already would be wrapped, and never closed.
        self.ask(self._sock.getpeername)
        if account.tls == "tls":
            wrapped = partial(
                context.wrap_socket, self._sock, server_hostname=account.host
            )
            self._sock = self.ask(wrapped)
        wire = self._wire = self.ask(
            partial(Wire, self._sock, account.host, account.patience)
        )
        if account.tls == "starttls":
            self.ask(partial(wire.starttls_with, context))
        self._is_secured = True
        self._client = Client(self.wire)
        self.ask(
            lambda: imap_sign_in.sign_in(
                self.wire, account.user, account.secret, by_token=account.by_token,
                provider=account.provider,
            )
        )  # fmt: skip
        found = self.ask(self._client.capabilities)
        self.can = frozenset(one.decode("ascii", "replace") for one in found)

    @property
    def wire(self) -> Wire:
        """The connection itself."""
        assert self._wire is not None
        return self._wire

    @property
    def tls(self) -> ssl.SSLSocket | None:
        """The connection's TLS; None where there is none."""
        sock = self.wire.sock
        return sock if isinstance(sock, ssl.SSLSocket) else None

    def folders(self) -> list[tuple[frozenset[str], str]]:
        """Return the flags (in lower case, without stroke) and name of every folder."""
        self.wire.begin()
        listed = self.ask(self._client.list_folders)
        return [
            (
                frozenset(
                    str(flag, "ascii", "replace").lower().lstrip("\\") for flag in flags
                ),
                str(name),
            )
            for flags, _, name in listed
        ]

    def status(self, folder: str) -> Standing:
        """Return how a folder stands without opening it."""
        self.wire.begin()
        wanted = ("MESSAGES", "UIDNEXT", "UIDVALIDITY")
        told = self.ask(partial(self._client.folder_status, folder, wanted))
        return Standing(
            _whole(told.get(b"UIDVALIDITY")),
            _whole(told.get(b"UIDNEXT")),
            _whole(told.get(b"MESSAGES")),
        )

    def examine(self, folder: str) -> Standing:
        """Open a folder to be read: no flag of it can change by what follows."""
        self.wire.begin()
        told = self.ask(partial(self._client.select_folder, folder, readonly=True))
        valid = _whole(told.get(b"UIDVALIDITY"))
        if not valid:
            raise SourceUnavailable(
                f"{self.account.host} does not number the mail in {folder}, so where"
                " to go on could not be remembered"
            )
        self.valid = valid
        return Standing(
            valid, _whole(told.get(b"UIDNEXT")), _whole(told.get(b"EXISTS"))
        )

    def uids(self, count: int, after: int, *criteria: str) -> list[int]:
        """
        Return the uids above ``after`` in the open folder, rising.

        Asked for from the end of the folder to its start, a piece at a time: when mail
        is deleted meanwhile, what stands behind moves into a piece still to come.
        """
        pieces: list[list[int]] = []
        for end in range(max(count, 1), 0, -_WINDOW):
            window = (f"{max(1, end - _WINDOW + 1)}:{end}",) if count > _WINDOW else ()
            found = self._search(*window, "UID", f"{after + 1}:*", *criteria)
            # "n:*" of a number above the last message's means the last message.
            piece = sorted({uid for uid in found if after < uid < _HIGHEST})
            pieces.append(piece)
            if not piece and not criteria:
                break
        rising: list[int] = []
        for piece in reversed(pieces):
            last = rising[-1] if rising else 0
            rising.extend(uid for uid in piece if uid > last)
        return rising

    def still_there(self, uids: Iterable[int]) -> set[int]:
        """Return which of these the open folder still holds."""
        wanted = sorted(uids)
        return set(self._search("UID", ranges(wanted))) & set(wanted)

    def _search(self, *criteria: str) -> list[int]:
        self.wire.begin()
        kind, found = self.ask(partial(self.wire.uid, "SEARCH", *criteria))
        if kind != "OK":
            raise SourceUnavailable(
                f"{self.account.host} refuses to search: {self.said(found)}"
            )
        if found == [None]:
            raise SourceUnavailable(
                f"{self.account.host} does not say what it found; try again later"
            )
        numbers = b" ".join(line for line in found if isinstance(line, bytes)).split()
        return [int(number) for number in numbers if number.isdigit()]

    def fetch(
        self, uids: Iterable[int], parts: str, most: int = ANSWER
    ) -> tuple[dict[int, Row], str]:
        """
        Return what was asked of each message, by uid, and why some are missing.

        Rows are told apart by the uid in them and never by their number, which is
        another one as soon as mail before it is deleted; one without is dropped.
        """
        wanted = set(uids)
        self.wire.begin(most)
        kind, said = self.ask(
            partial(
                self.wire._simple_command,  # noqa: SLF001 - rows count even after a NO
                "UID", "FETCH", ranges(sorted(wanted)), parts,
            )
        )  # fmt: skip
        told = self.wire.untagged_responses.get("FETCH", [])
        found: dict[int, Row] = {}
        for row in self.ask(lambda: rows(told)):
            uid = row.get(b"UID")
            if uid in wanted:
                found.setdefault(uid, {}).update(row)
        return found, "" if kind == "OK" else self.said(said)

    def said(self, words: object) -> str:
        """Return what a server said as one short line without our secrets in it."""
        return imap_sign_in.said(words, self.account.secret)

    def ask(self, work: Callable[[], T]) -> T:
        """Return what the library makes of an answer, or raise why it makes nothing."""
        host = self.account.host
        try:
            return work()
        except ssl.SSLError as error:
            if not self._is_secured:
                raise imap_tls.explained(error, host, self.account.port) from None
            raise SourceUnavailable(
                f"the connection to {host} was damaged on its way"
                f" ({error.reason or 'TLS'}); what came before is kept. Try again later"
            ) from None
        except TimeoutError:
            raise SourceUnavailable(
                f"{host} has been silent for {self.account.patience:g} seconds; what"
                " came before is kept. Try again later"
            ) from None
        except (imaplib.IMAP4.abort, OSError) as error:
            raise SourceUnavailable(
                f"the connection to {host} broke ({self.said(error)}); what came before"
                " is kept. Try again later"
            ) from None
        except imaplib.IMAP4.error as error:
            raise SourceUnavailable(f"{host} refuses: {self.said(error)}") from None
        # Only the library's code ran, on words no mail server says.
        except (
            ValueError, TypeError, LookupError, AttributeError, RecursionError,
            AssertionError,
        ):  # fmt: skip
            raise SourceUnavailable(
                f"{host} answers something that is not IMAP; check host and port"
            ) from None

    def _cut(self) -> None:
        """End the connection from whichever thread."""
        sock = self._wire.sock if self._wire is not None else self._sock
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    def _goodbye(self) -> None:
        self.wire.sock.settimeout(_GOODBYE)
        self.ask(self._client.logout)


def ranges(uids: Sequence[int]) -> str:
    """Return rising numbers as a set, neighbours as one range: "1:3,7"."""
    out: list[str] = []
    start = 0
    for place in range(1, len(uids) + 1):
        if place < len(uids) and uids[place] == uids[place - 1] + 1:
            continue
        first, last = uids[start], uids[place - 1]
        out.append(str(first) if first == last else f"{first}:{last}")
        start = place
    return ",".join(out)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
