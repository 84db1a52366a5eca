"""
Python's collector runs while nobody types.

A collection inside a frame cost up to 84 ms of 1,500 keys measured; frozen after the
first frame, and run in pauses only, the slowest key cost 19 ms.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

REST = 1.0
"""Seconds without a key that count as a pause."""

BREATH = 0.1
"""Seconds between two keys in which nothing is painted any more."""

_M_ARENA_MAX = -8  # as malloc.h has it

MANY = 20_000
"""Young objects, some 10 MB of them, that are collected in such a breath."""

PATIENCE = 30.0
"""After this long without a pause, young objects are collected all the same."""


def hold() -> None:
    """
    Collect nothing from now on: what is made for a first frame is all kept.

    Its collections took an eighth of the time till then.
    """
    gc.disable()


def share_heap() -> bool:
    """
    Have threads to come take memory from the heap there is; whether that can be had.

    Each would have one of its own, and keep what a single search took: of 119 MB after
    some hundred keys over a million feedback, 21.
    """
    mallopt = _of_c("mallopt")
    return bool(mallopt and mallopt(_M_ARENA_MAX, 1))


def give_back() -> None:
    """Return what is free to the system, where the C library knows how."""
    trim = _of_c("malloc_trim")
    if trim:
        trim(0)


def _of_c(name: str) -> Callable[..., int] | None:
    """A function of glibc; None where another library does its work."""
    if sys.platform != "linux":
        return None
    import ctypes

    return getattr(ctypes.CDLL(None), name, None)


class Pauses:
    """When to collect: told of keys, asked now and then."""

    def __init__(self) -> None:
        self.last_key = time.monotonic()
        self.last_collection = time.monotonic()
        self.began = False

    def begin(self) -> None:
        """Put everything made so far out of the collector's sight, and stop it."""
        gc.collect()
        gc.freeze()
        gc.disable()
        self.began = True

    def end(self) -> None:
        """Leave Python as it was found."""
        gc.unfreeze()
        gc.enable()
        self.began = False

    def key(self) -> None:
        """Somebody typed."""
        self.last_key = time.monotonic()

    def perhaps_collect(self) -> None:
        """Collect if this is a pause, or the last one was too long ago."""
        now = time.monotonic()
        if not self.began:
            return
        if now - self.last_key >= REST:
            # Only what was made since the last pause: idle costs nothing.
            if gc.get_count()[0] > 700:
                gc.collect()
                give_back()
                self.last_collection = now
        elif now - self.last_key >= BREATH and gc.get_count()[0] > MANY:
            gc.collect(1)
            self.last_collection = now
        elif now - self.last_collection >= PATIENCE:
            gc.collect(0)
            self.last_collection = now
