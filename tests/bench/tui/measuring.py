"""What a program's start costs, and each key after it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.tui.programs import Keys, Program
from bench.tui.terminal import Terminal

SILENCE = 0.12
"""Seconds without a byte after which a key's work counts as done."""

LOOKING = 0.9
"""Seconds a search is watched after each letter; its cursor blinks meanwhile."""

SAME_PAINT = 0.03
"""Bytes that follow within so many seconds belong to the same paint."""

PATIENCE = 60.0
"""Seconds a program may take until it is ready."""

RESTING = 4.0
"""Seconds of doing nothing that are measured."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """
    What one key cost.

    Attributes:
        wall: Seconds until the screen showed its effect; None if it never changed.
        cpu: Processor seconds till the program was silent again.
        written: Bytes it wrote till then.
    """

    wall: float | None
    cpu: float
    written: int


@dataclass(slots=True)
class Measured:
    """
    What a program cost: seconds and bytes.

    Attributes:
        cpu_ready: Processor seconds till its screen was ready, each start.
        wall_ready: Seconds till then, each start.
        cpu_settled: Processor seconds till it had come to rest after its start.
        rss_ready: Bytes held when it was ready; ``rss_end`` after all keys.
        peak: The most bytes it ever held.
        resting: Share of one processor used while nobody types.
        keys: Each key of each kind.
        failure: Why there is nothing to tell.
    """

    name: str
    cpu_ready: list[float] = field(default_factory=list)
    wall_ready: list[float] = field(default_factory=list)
    cpu_settled: float = 0.0
    rss_ready: int = 0
    rss_end: int = 0
    peak: int = 0
    resting: float = 0.0
    keys: dict[str, list[Pressed]] = field(default_factory=dict)
    failure: str = ""


def measured(program: Program, *, starts: int, repeat: int) -> Measured:
    """Start a program so many times, and press its keys in the last one."""
    told = Measured(program.name)
    if program.absent:
        told.failure = program.absent
        return told
    for turn in range(starts):
        with Terminal(program.command, program.environment, program.folder) as terminal:
            ready = terminal.seen(program.ready, PATIENCE)
            if ready is None:
                told.failure = f"never ready; it showed:\n{terminal.screen.text}"
                return told
            told.wall_ready.append(ready.at - terminal.began)
            told.cpu_ready.append(ready.cpu)
            told.rss_ready = max(told.rss_ready, ready.rss)
            if turn == starts - 1:
                _rest(terminal, told)
                _press(terminal, program, told, repeat)
    return told


def _rest(terminal: Terminal, told: Measured) -> None:
    terminal.quiet(2.5, 10)
    told.cpu_settled = terminal.cpu()
    _watch(terminal, RESTING)
    told.resting = (terminal.cpu() - told.cpu_settled) / RESTING
    _draw(terminal)


def _watch(terminal: Terminal, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        terminal.read(left)


def _press(terminal: Terminal, program: Program, told: Measured, repeat: int) -> None:
    for key in program.first:
        _quietly(terminal, key)
    for kind in program.keys:
        told.keys[kind.name] = [
            one
            for _ in range(max(1, kind.times * repeat // 100))
            for one in _turn(terminal, kind)
        ]
    terminal.quiet(SILENCE, 5)
    told.rss_end, told.peak = terminal.rss(), terminal.peak()


def _turn(terminal: Terminal, kind: Keys) -> Sequence[Pressed]:
    for key in kind.before:
        _quietly(terminal, key)
    pressed = [_pressed(terminal, key, kind.within) for key in kind.measured]
    for key in kind.after:
        _quietly(terminal, key)
    return pressed


def _quietly(terminal: Terminal, key: str) -> None:
    terminal.press(key)
    terminal.read(1.0)
    terminal.quiet(SILENCE, 5)
    _draw(terminal)


def _draw(terminal: Terminal) -> None:
    """What was written by now belongs to no key that follows."""
    for _ in terminal.drawn():
        pass


def _pressed(terminal: Terminal, key: str, within: int) -> Pressed:
    cpu, written = terminal.cpu(), terminal.bytes
    began = terminal.press(key)
    if within:
        _watch(terminal, LOOKING)
    else:
        terminal.read(2.0)
        terminal.quiet(SILENCE, 5)
    painted = _found(terminal, within) if within else _painted(terminal)
    return Pressed(
        None if painted is None else painted - began,
        terminal.cpu() - cpu,
        terminal.bytes - written,
    )


def _painted(terminal: Terminal) -> float | None:
    """When the first paint was whole; what comes after a pause is another one."""
    painted = None
    for written, changed in terminal.drawn():
        if changed and (painted is None or written.at - painted < SAME_PAINT):
            painted = written.at
    return painted


def _found(terminal: Terminal, within: int) -> float | None:
    """When what is looked for stood there; what is read beside it may come later."""
    found = None
    shown = _left(terminal, within)
    for written, changed in terminal.drawn():
        if changed and (now := _left(terminal, within)) != shown:
            found, shown = written.at, now
    return found


def _left(terminal: Terminal, cells: int) -> list[str]:
    return [line[:cells] for line in terminal.screen.text.splitlines()]


def typical(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def worst(values: Sequence[float], share: float = 0.99) -> float:
    """What all but so many of a hundred stay below; the greatest of a few."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
