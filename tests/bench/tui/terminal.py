"""
A program in a terminal of our own: what it writes, when, and what that costs.

Everything it writes is noted with the moment and the processor time spent till then,
and drawn only once it is silent: what our emulator costs is in no measurement. Linux
only, where any process may read another's clock.
"""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import ptyprocess

from bench.tui.screen import Screen

COLUMNS, LINES = 120, 40

_SPECIAL = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f",
    "down": "\x1b[B", "up": "\x1b[A", "home": "\x1b[H", "end": "\x1b[F",
    "pagedown": "\x1b[6~", "pageup": "\x1b[5~", "ctrl+end": "\x1b[1;5F",
    "ctrl+home": "\x1b[1;5H", "f2": "\x1bOQ", "f5": "\x1b[15~", "f6": "\x1b[17~",
}  # fmt: skip

_APPLICATION = {
    "down": "\x1bOB", "up": "\x1bOA", "home": "\x1bOH", "end": "\x1bOF",
}  # fmt: skip
"""What arrows send once a program has asked for it, as curses does."""

_ANSWERS: tuple[tuple[re.Pattern[bytes], Callable[[re.Match[bytes]], bytes]], ...] = (
    (re.compile(rb"\x1b\[0?c"), lambda _: b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), lambda _: b"\x1b[>41;1;0c"),
    (re.compile(rb"\x1b\[5n"), lambda _: b"\x1b[0n"),
    (re.compile(rb"\x1b\[6n"), lambda _: b"\x1b[1;1R"),
    # Which modes it knows: synchronised output, and no other.
    (
        re.compile(rb"\x1b\[\?(\d+)\$p"),
        lambda asked: b"\x1b[?%s;%d$y" % (asked[1], 2 if asked[1] == b"2026" else 0),
    ),
    (
        re.compile(rb"\x1b\]1([01]);\?(?:\x07|\x1b\\)"),
        lambda asked: (
            b"\x1b]1%s;rgb:%s\x1b\\"
            % (asked[1], b"ffff/ffff/ffff" if asked[1] == b"0" else b"0000/0000/0000")
        ),
    ),
)
"""What a terminal of today says when asked; a program may wait for it."""


@dataclass(frozen=True, slots=True)
class Written:
    """
    Some bytes a program wrote.

    Attributes:
        at: When they were read, in seconds of the performance counter.
        cpu: Processor seconds it had used by then, user and system, of all its tree.
        rss: Bytes of memory it held then, of all its tree.
    """

    data: bytes
    at: float
    cpu: float
    rss: int


class Terminal:
    """A program running in it, from its first byte on."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> None:
        self.screen = Screen(COLUMNS, LINES)
        self.bytes = 0
        self._undrawn: list[Written] = []
        self._application_keys = False
        self._ended = False
        self.began = time.perf_counter()
        self._process = ptyprocess.PtyProcess.spawn(
            list(command), cwd=str(folder), dimensions=(LINES, COLUMNS),
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor",
                 "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate(force=True)
        self._process.close()

    def press(self, key: str) -> float:
        """Type a key; when."""
        special = _SPECIAL.get(key, key)
        if self._application_keys:
            special = _APPLICATION.get(key, special)
        if key.startswith("ctrl+") and key not in _SPECIAL:
            special = chr(ord(key[-1]) & 0x1F)
        at = time.perf_counter()
        os.write(self._process.fd, special.encode())
        return at

    def read(self, seconds: float) -> bool:
        """Wait so long for bytes; whether any came."""
        if self._ended:
            time.sleep(min(seconds, 0.01))
            return False
        ready, _, _ = select.select([self._process.fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._process.fd, 65536)
        except OSError:
            data = b""
        if not data:
            self._ended = True
            return False
        now = time.perf_counter()
        self._undrawn.append(Written(data, now, self.cpu(), self.rss()))
        self.bytes += len(data)
        for asked, answer in _ANSWERS:
            for match in asked.finditer(data):
                os.write(self._process.fd, answer(match))
        if b"\x1b[?1h" in data or b"\x1b[?1l" in data:
            self._application_keys = data.rfind(b"\x1b[?1h") > data.rfind(b"\x1b[?1l")
        return True

    def quiet(self, silence: float, patience: float) -> None:
        """Read until nothing came for ``silence`` seconds; ``patience`` at most."""
        end = time.perf_counter() + patience
        while time.perf_counter() < end and self.read(silence):
            pass

    def drawn(self) -> Iterator[tuple[Written, bool]]:
        """Draw what was written since; whether each part changed the screen."""
        while self._undrawn:
            written = self._undrawn.pop(0)
            yield written, self.screen.feed(written.data)

    def seen(self, wanted: re.Pattern[str], patience: float) -> Written | None:
        """The bytes that put this on the screen; None if it did not come in time."""
        end = time.perf_counter() + patience
        while True:
            for written, changed in self.drawn():
                if changed and wanted.search(self.screen.text):
                    return written
            if time.perf_counter() > end or self._ended:
                return None
            self.read(0.5)
            self.quiet(0.03, 0.5)

    # What it costs

    def cpu(self) -> float:
        """Processor seconds, user and system, of the program and its children."""
        used = 0.0
        for process in self._tree():
            with suppress(OSError):
                # The kernel's number for "the clock of that process".
                used += time.clock_gettime((~process << 3) | 2)
        return used

    def rss(self) -> int:
        """Bytes of memory held, by the program and its children."""
        return sum(_status(process, "VmRSS") for process in self._tree())

    def peak(self) -> int:
        """The most bytes of memory the program itself ever held."""
        return _status(self._process.pid, "VmHWM")

    def _tree(self) -> list[int]:
        found: list[int] = []
        waiting = [int(self._process.pid)]
        while waiting:
            process = waiting.pop()
            found.append(process)
            with suppress(OSError):
                children = Path(f"/proc/{process}/task/{process}/children")
                waiting += map(int, children.read_text().split())
        return found


def _status(process: int, field: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1]) * 1024
    return 0
