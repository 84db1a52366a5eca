"""
One engine over one file of texts, in a process of its own, measured from inside.

    python -m bench.grouping.engine NAME TEXTS FOUND

TEXTS is JSON: ``raw`` and ``normal`` texts, and ``terms`` parted by spaces. FOUND
becomes JSON: ``cpu`` seconds of this process, user and system; ``rss``, its largest
resident size in MB; and ``pairs`` or ``labels`` by threshold; or only what is
``missing``.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.grouping.peers import PEERS, Found, Given, Run

OURS = "triage"
STRICT = "triage, strict"

_SAID = (
    "the app crashes when i open it", "the app crashes when i opened it",
    "the export to pdf loses all tags", "the export to pdf looses all my tags",
    "dark mode would be nice at night", "dark mode would be really nice at night",
    "cannot log in with my work account", "cannot log in with the work account",
)  # fmt: skip
"""Run before anything is counted, so that what is imported late is not counted."""


def main() -> None:
    """Measure the engine named on the command line."""
    name, texts, found = sys.argv[1:]
    told = json.loads(Path(texts).read_text(encoding="utf-8"))
    Path(found).write_text(json.dumps(_measured(name, told)), encoding="utf-8")


def peak() -> float:
    """The largest resident size of this process so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage tells begins with the size of the process that started us.
        told = status.read_text().partition("VmHWM:")[2].split()[0]
        return int(told) / 1024
    import resource  # not everywhere

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _measured(name: str, told: dict[str, list[str]]) -> dict[str, object]:
    try:
        run = _prepared(name)
    except ImportError as error:
        return {"missing": error.name or str(error)}
    texts = told["raw"] if name in {OURS, STRICT} else told["normal"]
    run(Given(list(_SAID), list(_SAID)))()
    began = time.process_time()
    tell = run(Given(texts, told["terms"]))
    cpu, rss = time.process_time() - began, peak()
    found = tell()
    if isinstance(found, dict):
        return {"cpu": cpu, "rss": rss, "labels": found}
    return {"cpu": cpu, "rss": rss, "pairs": list(found)}


def _prepared(name: str) -> Run:
    if name not in {OURS, STRICT}:
        return next(peer for peer in PEERS if peer.name == name).prepare()
    from triage.workspace.oneshot import group_texts

    group: Callable[..., list[int]] = group_texts
    if name == OURS:
        return lambda given: _told(group(given.texts))
    return lambda given: _told(group(given.texts, strict=True))


def _told(labels: list[int]) -> Callable[[], Found]:
    return lambda: {0.0: labels}


if __name__ == "__main__":
    main()
