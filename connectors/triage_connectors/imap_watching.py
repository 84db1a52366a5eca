"""Waiting for new mail: told by the server where it does that, else by asking."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final

from triage.connector import SourceUnavailable
from triage_connectors.imap_cursor import Left
from triage_connectors.imap_session import Session, Standing

POLL: Final = 60.0
"""Seconds until a server, or a folder it does not speak of, is asked again."""
_IDLE: Final = 9 * 60.0
# RFC 2177 asks for less than 29 minutes; routers forget a silent connection sooner,
# and only by speaking is it found out.
_EXISTS: Final = re.compile(rb"\* (\d{1,10}) (EXISTS|EXPUNGE)", re.IGNORECASE)
_LINES: Final = 10_000


class Watching:
    """Folders that are watched, and how they stood when last looked at."""

    def __init__(
        self, session: Session, folders: Sequence[str], left: Mapping[str, Left]
    ) -> None:
        self._session = session
        self._folders = folders
        self._left = left
        self._known: dict[str, Standing] = {}
        self._count = 0

    async def turns(self) -> AsyncIterator[None]:
        """Yield whenever there may be mail that was not there before."""
        while True:
            if await self._session.run(self._has_more):
                yield
            else:
                await self._session.run(self._wait)

    def _has_more(self) -> bool:
        """Look at each folder; whatever the server tells, this is what counts."""
        first, *others = self._folders
        now = {name: self._session.status(name) for name in others}
        # Opening it anew: how an open folder stands is not to be asked (RFC 3501).
        now[first] = self._session.examine(first)
        self._count = now[first].count
        fresh = [name for name in now if self._is_fresh(name, now[name])]
        self._known = now
        return bool(fresh)

    def _is_fresh(self, name: str, now: Standing) -> bool:
        before = self._known.get(name)
        if before is None:
            left = self._left.get(name)
            return left is None or not left.is_unchanged(now)
        if (before.valid, before.next) != (now.valid, now.next):
            return True
        return not now.next and now.count > before.count

    def _wait(self) -> None:
        """Return when there may be something new, or it is time to look again."""
        wire = self._session.wire
        if "IDLE" not in self._session.can:
            self._session.ask(lambda: wire.has_more(POLL))
            return
        self._session.ask(self._idle)

    def _idle(self) -> None:
        wire = self._session.wire
        wire.begin()
        tag = wire._command("IDLE")  # noqa: SLF001 - the library's own reads too far
        is_fresh = False
        while (line := wire.heard()) is not None:
            is_fresh = is_fresh or self._is_news(line)
            if wire.tagged_commands[tag] is not None:
                raise SourceUnavailable(
                    f"{self._session.account.host} does not tell of new mail, although"
                    " it says it can; try again later"
                )
        until = time.monotonic() + (_IDLE if len(self._folders) == 1 else POLL)
        while not is_fresh and wire.has_more(until - time.monotonic()):
            wire.begin()
            line = wire.heard()
            is_fresh = line is not None and self._is_news(line)
            if time.monotonic() > until:
                break
        wire.begin()
        wire.send(b"DONE\r\n")
        for _ in range(_LINES):
            if wire.tagged_commands[tag] is not None:
                break
            wire.heard()
        wire.tagged_commands.pop(tag)

    def _is_news(self, line: bytes) -> bool:
        """Tell whether a line speaks of more mail; "* OK Still here" does not."""
        found = _EXISTS.match(line)
        if found is None:
            return False
        if found[2].upper() == b"EXPUNGE":
            self._count -= 1
            return False
        is_more = int(found[1]) > self._count
        self._count = int(found[1])
        return is_more
