"""
Python's collector runs while nobody types.

A collection inside a frame cost up to 84 ms of 1,500 keys measured; frozen after the
first frame, and run in pauses only, the slowest key cost 19 ms.
"""

from __future__ import annotations

import gc
import time

REST = 1.0
"""Seconds without a key that count as a pause."""

BREATH = 0.1
"""Seconds between two keys in which nothing is painted any more."""

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
                self.last_collection = now
        elif now - self.last_key >= BREATH and gc.get_count()[0] > MANY:
            gc.collect(1)
            self.last_collection = now
        elif now - self.last_collection >= PATIENCE:
            gc.collect(0)
            self.last_collection = now
