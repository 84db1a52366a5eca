"""Each store served, pulled twice, and once more with kills."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench import apart
from bench.stores.history import Extent

STORES = ("app-store-connect", "app-store-feed", "google-play")
_HERE = Path(__file__).parent
_KILLED = -9


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """
    What one pull brought and cost.

    Attributes:
        cpu: Seconds of processor time.
        wall: Seconds that passed.
        megabytes: The most memory it held.
        asked: Requests it made.
        gap: What the store says it cannot give any more.
        waited: Seconds it would have waited, so as not to ask too often.
    """

    new: int
    changed: int
    same: int
    quarantined: int
    pages: int
    cpu: float
    wall: float
    megabytes: float
    asked: int
    gap: str
    waited: float


@dataclass(slots=True)
class Told:
    """
    What the pulls of one store came to.

    Attributes:
        kills: How often it was killed; 0 if it was not asked for.
        is_alike: Whether the killed one ended in the same rows.
        why_not: Why there are none.
    """

    name: str
    runs: list[Pulled] = field(default_factory=list)
    kills: int = 0
    is_alike: bool = True
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class _Served:
    """A store that answers, and the settings of a source that reads it."""

    name: str
    url: str
    settings: dict[str, Any]


def measured(name: str, extent: Extent, kills: int) -> Told:
    """Pull a store's history twice, and once more killed so often."""
    told = Told(name)
    words = [name, extent.reviews, extent.countries, extent.months]
    with (
        apart.serving(_HERE / "serving.py", words) as served,
        tempfile.TemporaryDirectory() as folder,
    ):
        if isinstance(served, str):
            told.why_not = served
            return told
        store = _Served(name, **served)
        whole = Path(folder) / "whole.db"
        for _ in range(2):
            told.runs.append(_pull(store, whole))
        if kills:
            killed = Path(folder) / "killed.db"
            told.kills = _kill(store, killed, kills, told.runs[0].pages)
            told.is_alike = _rows(whole) == _rows(killed)
    return told


def _pull(store: _Served, path: Path) -> Pulled:
    before = apart.asked(store.url)
    done = _run(store, path, 0)
    if done.returncode:
        raise SystemExit(done.stderr)
    return Pulled(**json.loads(done.stdout), asked=apart.asked(store.url) - before)


def _kill(store: _Served, path: Path, kills: int, pages: int) -> int:
    """Pull with kills after pages taken at random, then to the end; how many."""
    chance = Random(7)
    count = 0
    for _ in range(kills):
        last = chance.randint(1, max(1, pages // kills))
        count += _run(store, path, last).returncode == _KILLED
    done = _run(store, path, 0)
    if done.returncode:
        raise SystemExit(done.stderr)
    return count


def _run(store: _Served, path: Path, last: int) -> subprocess.CompletedProcess[str]:
    words = [path, store.name, last]
    return apart.run(_HERE / "pulling.py", words, json.dumps(store.settings))


def _rows(path: Path) -> str:
    """A digest of what a workspace holds, in the order of its ids there."""
    digest = hashlib.sha256()
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as read:
        rows = read.execute(
            "SELECT external_id, hash, kind FROM feedback ORDER BY external_id"
        )
        for row in rows:
            digest.update(repr(row).encode())
    return digest.hexdigest()
