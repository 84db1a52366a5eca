"""What arrived is compared with everything stored, and read for language and tone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from triage.store import tone
from triage.store.database import Database
from triage.sync.events import Grouped


def group_pending(
    db: Database, *, strict: bool = False, stop: Callable[[], bool] = lambda: False
) -> Iterator[Grouped]:
    """
    Compare what is pending with everything stored, then read its language and tone.

    Resumable after any crash.
    """
    from triage.grouping.bands import DEFAULT, STRICT
    from triage.store import fit, group_index  # brings numpy

    stopped = False

    def asked() -> bool:
        nonlocal stopped
        stopped = stopped or stop()
        return stopped

    level = STRICT if strict else DEFAULT
    now = fit.present(strict=strict)
    if fit.is_empty(db.read()) and fit.stored(db.read()) != now:
        with db.write() as write:
            fit.keep(write, now)
    for done, total in group_index.group_pending(db, level, stop=asked):
        yield Grouped(done=done, total=total)
    for _ in tone.read_pending(db, stop=asked):
        pass
