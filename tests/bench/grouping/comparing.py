"""Every engine run over the same texts, each in a process of its own."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.grouping.engine import OURS, STRICT
from bench.grouping.peers import PEERS, Peer
from bench.grouping.quality import Pair, Point, components, quality, sweep
from bench.grouping.texts import Texts
from triage.workspace.oneshot import group_texts

_LONG = 60.0
"""CPU seconds of a run that is not repeated."""

_TESTS = Path(__file__).resolve().parents[2]

_ONE_THREAD = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false",
}  # fmt: skip
"""For peers: threads that wait for each other cost processor time for nothing."""


@dataclass(frozen=True, slots=True)
class Engine:
    """
    What one engine cost and found.

    Attributes:
        cpu: CPU seconds of each run; ours with its normalising.
        rss: Largest resident size of its process, MB.
        absent: Why it was not run; empty where it was.
        points: Its quality at each threshold; ours has one.
        elsewhere: Kept from texts that were normalised otherwise.
    """

    name: str
    ours: bool
    cpu: Sequence[float] = ()
    rss: float = 0.0
    absent: str = ""
    points: Sequence[Point] = field(default=(), repr=False)
    pairs: Sequence[Pair] = field(default=(), repr=False)
    partitions: dict[float, list[int]] = field(default_factory=dict, repr=False)
    elsewhere: bool = False

    def labels(self, threshold: float) -> list[int]:
        """A label for each text at a threshold this engine has a point at."""
        if self.partitions:
            return self.partitions[threshold]
        size = 1 + max((max(pair.left, pair.right) for pair in self.pairs), default=-1)
        return components(size, self.pairs, threshold)


def compared(
    texts: Texts, python: str, repeat: int, cache: Path | None
) -> Iterator[Engine]:
    """Ours first, then each peer, run with the interpreter that has them."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        room = _Room(texts, Path(folder), python, repeat, cache)
        yield room.engine(OURS, None)
        if "strict" in inspect.signature(group_texts).parameters:
            yield room.engine(STRICT, None)
        for peer in PEERS:
            yield room.engine(peer.name, peer)


class _Room:
    """Where engines run: the texts in a file, and what is known of earlier runs."""

    def __init__(
        self, texts: Texts, folder: Path, python: str, repeat: int, cache: Path | None
    ) -> None:
        self._texts, self._python, self._repeat = texts, python, repeat
        self._folder = folder
        self._cache = cache
        told = {"raw": texts.raw, "normal": texts.normal, "terms": texts.terms}
        (folder / "texts.json").write_text(json.dumps(told), encoding="utf-8")
        same = json.dumps([texts.normal, texts.terms])
        self._normal = hashlib.sha256(same.encode()).hexdigest()

    def engine(self, name: str, peer: Peer | None) -> Engine:
        """What the engine costs and finds, run now unless it is kept."""
        if peer and peer.most and len(self._texts.raw) > peer.most:
            return Engine(name, ours=False, absent=f"left out above {peer.most} texts")
        told = (self._kept(name) if peer else None) or self._run(name, peer)
        if "missing" in told:
            why = f"not installed: {told['missing']}"
            return Engine(name, ours=peer is None, absent=why)
        clusters = self._texts.clusters
        pairs = [Pair(*pair) for pair in told.get("pairs", ())]
        # A text without a pair still has a place among the labels.
        pairs.append(Pair(len(clusters) - 1, len(clusters) - 1, float("-inf")))
        partitions = {float(at): one for at, one in told.get("labels", {}).items()}
        return Engine(
            name,
            ours=peer is None,
            cpu=told["runs"],
            rss=told["rss"],
            points=[Point(at, quality(clusters, one)) for at, one in partitions.items()]
            or list(sweep(clusters, pairs)),
            pairs=pairs,
            partitions=partitions,
            elsewhere=told["normal"] != self._normal,
        )

    def _run(self, name: str, peer: Peer | None) -> dict[str, Any]:
        """Run it as often as asked, or once where that takes long; keep a peer's."""
        first: dict[str, Any] = {}
        runs: list[float] = []
        while not runs or (len(runs) < self._repeat and runs[0] < _LONG):
            told = self._measure(name, peer)
            if "missing" in told:
                return told
            first = first or told
            runs.append(told["cpu"])
        first |= {"runs": runs, "normal": self._normal}
        if peer and self._cache:
            self._cache.mkdir(parents=True, exist_ok=True)
            self._place(name).write_text(json.dumps(first), encoding="utf-8")
        return first

    def _measure(self, name: str, peer: Peer | None) -> dict[str, Any]:
        ours = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(_TESTS.parent), *filter(None, sys.path)])
        }
        theirs = os.environ | _ONE_THREAD | {"PYTHONPATH": str(_TESTS)}
        found = self._folder / "found.json"
        done = subprocess.run(
            [
                self._python if peer else sys.executable,
                *("-m", "bench.grouping.engine", name),
                *(str(self._folder / "texts.json"), str(found)),
            ],
            env=theirs if peer else ours,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"{name} failed:\n{done.stderr}")
        told: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
        return told

    def _kept(self, name: str) -> dict[str, Any] | None:
        if not self._cache or not self._place(name).exists():
            return None
        kept: dict[str, Any] = json.loads(self._place(name).read_text(encoding="utf-8"))
        enough = len(kept["runs"]) >= self._repeat or kept["runs"][0] >= _LONG
        return kept if enough else None

    def _place(self, name: str) -> Path:
        assert self._cache
        plain = re.sub(r"\W+", "-", name.lower())
        return self._cache / f"{self._texts.digest[:16]}-{plain}.json"
