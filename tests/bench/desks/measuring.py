"""A desk served, and read in every way, again and again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

from bench import apart
from bench.desks.registry import pair_of
from triage.testing.settings import canaries

WAYS: Mapping[str, str] = {
    "first": "ours, first pull, stored",
    "read": "ours, first pull, not stored",
    "naive": "a plain script",
    "second": "ours, second pull, stored",
}
"""Each way to read a desk, in words."""

DLT = "dlt"

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What one reading brought and cost.

    Attributes:
        changed: Rows that were new, or said something new.
        wall: Seconds that passed.
        cpu: Seconds of processor time of whoever read.
        waited: Seconds it would have waited, so as not to ask too often.
        asked: Requests it made.
    """

    rows: int
    changed: int
    wall: float
    cpu: float
    waited: float
    megabytes: float
    asked: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure of several readings: the middle one, and how far the others lie off."""

    middle: float
    least: float
    most: float


@dataclass(slots=True)
class Told:
    """
    What one way came to.

    Attributes:
        why_not: Why there are no readings.
    """

    way: str
    readings: list[Reading] = field(default_factory=list)
    why_not: str = ""

    def pace(self, seconds: str) -> Spread:
        """Rows a second, of those of "wall" or of "cpu"."""
        found = [one.rows / getattr(one, seconds) for one in self.readings]
        return Spread(median(found), min(found), max(found))


@dataclass(frozen=True, slots=True)
class Measured:
    """
    All ways of one desk.

    Attributes:
        rows: How many a pull has to bring.
        delay: Seconds each answer was on its way.
    """

    name: str
    conversations: int
    rows: int
    delay: float
    ways: Sequence[Told]

    def of(self, way: str) -> Told:
        """One of them by its word."""
        return next(told for told in self.ways if told.way == way)


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What is to be measured.

    Attributes:
        delays: Seconds of an answer's way; all is measured for each.
        repeat: How often each way is gone.
        dlt: An interpreter that has dlt; "" where it is left out.
    """

    conversations: int
    delays: Sequence[float]
    repeat: int
    dlt: str = ""


def measured(name: str, asked: Asked) -> Iterator[Measured | str]:
    """Yield a desk's figures for each delay; a sentence where there can be none."""
    words = [name, asked.conversations]
    with apart.serving(_HERE / "serving.py", words) as served:
        if isinstance(served, str):
            yield f"{name}: {served}"
            return
        for delay in asked.delays:
            with urlopen(f"{served['url']}/-/delay?seconds={delay}"):
                pass
            ways = _ways(name, asked, served)
            yield Measured(name, asked.conversations, served["rows"], delay, ways)


def _ways(name: str, asked: Asked, served: Mapping[str, Any]) -> Sequence[Told]:
    """Every way gone, in turns: what else the machine does falls on all alike."""
    ways = [Told(way) for way in [*WAYS, *[DLT] * bool(asked.dlt)]]
    for _ in range(asked.repeat):
        with tempfile.TemporaryDirectory() as folder:
            for told in ways:
                kept = "stored" if told.way in {"first", "second"} else told.way
                url, now = served["url"], served["now"]
                words = [name, kept, url, now, f"{folder}/work.db"]
                _read(told, words, url, asked.dlt if told.way == DLT else "")
    return ways


def _read(told: Told, words: Sequence[str], url: str, dlt: str) -> None:
    """Once more; ``dlt`` is the interpreter where it is dlt's way."""
    program = _HERE / ("dlt_source.py" if dlt else "asking.py")
    key = next(iter(canaries(pair_of(words[0]).connector())), "")
    before = apart.asked(url)
    done = apart.run(program, words, f"{key}\n", dlt)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        told.why_not = lines[-1] if lines else "it ended"
        return
    calls = apart.asked(url) - before
    told.readings.append(Reading(**json.loads(done.stdout), asked=calls))
