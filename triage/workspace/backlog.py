"""The backlog out of a workspace, and back into one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOBase
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, cast

from triage import plugins
from triage.config import Config
from triage.errors import UsageError
from triage.model import Feedback
from triage.research import is_heard_in_person
from triage.step import Change, Step
from triage.store import decided, journal, queries, returning, weighing
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.store.journal import Entry

if TYPE_CHECKING:
    # Imported where used: a first frame waits for none of it.
    from triage import export
    from triage.connector import Incoming
    from triage.export.letting_out import LettingOut
    from triage.operations.restore import Here, Told
    from triage.workspace.consenting import Consenting
    from triage.workspace.ranking import Ranks


_HIGHEST = 10_000_000
"""No number above is taken over: the search for copies counts in 32 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreCounts:
    """
    What a restore brought; all zero where everything was there already.

    Attributes:
        entry: The step to undo; None where nothing had to change.
        lacks: What such a file does not hold, in words; "" for one that holds all.
    """

    feedback: int
    pain_points: int
    evidence: int
    roadmap_items: int
    links: int
    entry: Entry | None
    lacks: str = ""


class Backlog:
    """Export and restore."""

    db: Database
    config: Config
    clock: Callable[[], datetime]

    def backlog(
        self, as_of: datetime | None = None, formula: str = ""
    ) -> export.Backlog:
        """
        The prioritised backlog as it is.

        Args:
            as_of: Dates it; now unless given.
            formula: What ranks it; what the settings name without.
        """
        from triage import export

        asked = cast("Ranks", self)
        asked.weights()
        letting = cast("Consenting", self).letting_out
        with returning.moment(self.db.read()):
            views = {
                view.pain_point.id: view for view in decided.pain_views(self.db.read())
            }
            return export.backlog_of(
                [(views[case.pain_point.id], case) for case in asked.cases()],
                decided.roadmap_items(self.db.read()),
                as_of or self.clock(),
                weights=self.config.weights,
                formula=formula,
                tracked=decided.tracked(self.db.read()),
                leaving=letting(
                    quote.feedback for view in views.values() for quote in view.quotes
                ),
            )

    def export(
        self,
        to: str,
        out: Path | TextIO | BinaryIO | None,
        /,
        *,
        force: bool = False,
        as_of: datetime | str | None = None,
        formula: str = "",
        redact: bool = False,
        manifest: Path | None = None,
        dry_run: bool = False,
        **options: Any,
    ) -> export.Exported:
        """
        Write the backlog ``to`` a format: one of ours or a stranger's.

        Stories that rest on nothing are left out; what is returned names them, and
        counts the quotes of those who were heard in person and did not consent.

        Args:
            out: A path, written whole or not at all, or an open stream: of text for a
                format that is text, else of bytes. None only looks, like ``dry_run``.
            force: Replace what is there.
            as_of: Dates it; now unless given.
            formula: What ranks it; what the settings name without.
            redact: Without names, addresses, numbers and links.
            manifest: Where to say what was written, with its hash.
            dry_run: Write nothing, refuse what would be refused.
            options: The format's own.
        """
        from triage.export import manifest as listing
        from triage.export import writing
        from triage.export.redacting import redacted

        moment = _moment(as_of) if isinstance(as_of, str) else as_of
        kind = plugins.one(plugins.EXPORTS, to)
        exporter = plugins.build(kind, options, Path.cwd())
        backlog = self.backlog(moment, formula)
        if redact:
            backlog = redacted(backlog)
        files = writing.written(exporter, backlog)
        if writing.ONLY in files and isinstance(out, Path):
            named = {out.name: files[writing.ONLY]}
        else:
            named = files
        done = listing.exported(to, named, backlog, options)
        _put(out, files, manifest, listing.manifest(done), force=force, dry=dry_run)
        return done

    def restore(self, file: Path) -> RestoreCounts:
        """
        Build an exported backlog (JSON, CSV) again, as one step that undo takes back.

        The feedback it cites is stored under its own source; whatever is here already
        is left as it stands, so restoring twice changes nothing. All of it or none.
        """
        from triage import sync
        from triage.export import reading, reading_csv
        from triage.operations import restore

        is_csv = reading.is_csv(file)
        told = reading_csv.read(file) if is_csv else reading.read(file)
        with self.db.write() as write:
            if is_csv:
                told = _settled(write, told)
            brought = _store(write, told.feedback, file.name, self.clock())
            letting = cast("Consenting", self).letting()
            step = restore.restore(told, _here(write, told, letting))
            _reserve(write, step)
            at = self.clock()
            weighing.keep(write, self.config.weights, at)
            entry = (
                journal.entry(write, journal.do(write, step, self.config.by, at))
                if step.changes
                else None
            )
        if brought:
            for _ in sync.group_pending(self.db, strict=self.config.strict):
                pass
        found = restore.counted(step.changes)
        return RestoreCounts(
            feedback=brought,
            pain_points=found["pain_point"],
            evidence=found["evidence"],
            roadmap_items=found["roadmap_item"],
            links=found["roadmap_link"],
            entry=entry,
            lacks=reading_csv.LACKS if is_csv else "",
        )


def _put(
    out: Path | TextIO | BinaryIO | None,
    files: dict[str, bytes],
    manifest: Path | None,
    listing: bytes,
    *,
    force: bool,
    dry: bool,
) -> None:
    """Each file where it goes, and then the manifest, which says it is there."""
    from triage.export.files import refuse, write_bytes, write_folder
    from triage.export.writing import ONLY

    whole = files.get(ONLY)
    for path, folder in ((out, whole is None), (manifest, False)):
        if isinstance(path, Path):
            refuse(path, force=force, folder=folder)
    if dry or out is None:
        return
    if isinstance(out, Path):
        if whole is None:
            write_folder(out, files, force=force)
        else:
            write_bytes(out, whole, force=force)
    elif whole is None:
        raise UsageError(f"it is {len(files)} files; name a folder for them")
    elif isinstance(out, TextIOBase):
        out.write(whole.decode())
    else:
        cast("BinaryIO", out).write(whole)
    if manifest is not None:
        write_bytes(manifest, listing, force=force)


def _moment(told: str) -> datetime:
    try:
        at = datetime.fromisoformat(told)
    except ValueError as error:
        raise UsageError(f"{told!r} is no moment like 2026-01-31T09:00:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _settled(write: sqlite3.Connection, told: Told) -> Told:
    from triage.operations import restore, restore_rows

    standing = returning.standing(write, "pain_point")
    known = {
        restore.face(state)
        for row, states in returning.lives(write, "pain_point").items()
        for state in states
        if row in standing
    }
    return restore_rows.settled(told, known, decided.roadmap_items(write))


def _here(write: sqlite3.Connection, told: Told, letting: LettingOut) -> Here:
    from triage.operations import restore

    feedback = {
        one.id: found for one in told.feedback if (found := returning.known(write, one))
    }
    views = decided.pain_views(write)
    items = decided.roadmap_items(write)
    lives = {
        table: returning.lives(write, table)
        for table in ("pain_point", "evidence", "roadmap_item", "story")
    }
    # What names somebody who let no name out left in other words.
    for view in map(letting.view, views):
        lives["pain_point"][view.pain_point.id].append(view.pain_point)
        for story in view.stories:
            lives["story"][story.id].append(story)
    for item in map(letting.item, items):
        lives["roadmap_item"][item.id].append(item)
    return restore.Here(
        feedback=feedback,
        dispositions=queries.dispositions(write, [one.id for one in feedback.values()]),
        faces={
            table: {
                row: frozenset(restore.face(state) for state in states)
                for row, states in known.items()
            }
            for table, known in lives.items()
        },
        links=frozenset(
            (plan.link.pain_point_id, plan.link.roadmap_item_id)
            for view in views
            for plan in view.plans
        ),
        estimates=frozenset(
            (one.pain_point_id, one.name) for view in views for one in view.estimates
        ),
        heard={
            quote.evidence.id: quote.evidence
            for view in views
            for quote in view.quotes
            if is_heard_in_person(quote.feedback)
        },
        standing={table: returning.standing(write, table) for table in restore.TABLES},
        first={table: journal.reserve(write, table, 0) for table in restore.TABLES},
    )


def _reserve(write: sqlite3.Connection, step: Step) -> None:
    """Hand out, for good, the ids the step uses."""
    from triage.operations.restore import TABLES

    for table in TABLES:
        added = [change.row for change in step.changes if _adds(change, table)]
        first = journal.reserve(write, table, 0)
        if added:
            journal.reserve(write, table, max(0, max(added) - first + 1))


def _adds(change: Change, table: str) -> bool:
    return change.table == table and change.before is None


def _store(
    write: sqlite3.Connection, told: Sequence[Feedback], label: str, now: datetime
) -> int:
    """Store the feedback that is not here yet, in order of time; how many."""
    from triage.connector import Page
    from triage.store import evidence

    missing = [one for one in told if returning.known(write, one) is None]
    last = queries.last_number(write)
    batches: dict[str, tuple[int, int]] = {}
    # What was said at one moment keeps its order: the latest word of a person counts.
    missing.sort(key=lambda one: (one.received_at, one.number))
    for source, run in groupby(missing, key=lambda one: one.source):
        if source not in batches:
            source_id = evidence.ensure_source(write, source, "backlog")
            batch_id = evidence.begin_batch(write, source_id, label, now)
            batches[source] = source_id, batch_id
        page = Page([_incoming(one) for one in run], None)
        evidence.save_page(write, *batches[source], page, now)
    for _, batch_id in batches.values():
        evidence.end_batch(write, batch_id, "", now)
    _renumber(write, missing, last)
    return len(missing)


def _renumber(write: sqlite3.Connection, stored: Sequence[Feedback], last: int) -> None:
    """Keep the numbers people know them by, where none as high was handed out."""
    numbers: dict[int, int] = {}
    taken: set[int] = set()
    told = [one.number for one in stored if one.number <= _HIGHEST]
    following = max([last, *told]) + 1
    for one in stored:
        found = queries.feedback_by_source(write, one.source, one.external_id)
        assert found is not None
        is_free = last < one.number <= _HIGHEST and one.number not in taken
        numbers[found.id] = one.number if is_free else following
        following += not is_free
        taken.add(one.number)
    returning.renumber(write, numbers)


def _incoming(told: Feedback) -> Incoming:
    from triage.connector import Incoming
    from triage.export import document

    return Incoming(
        external_id=told.external_id,
        channel=told.channel,
        body=told.body,
        received_at=told.received_at,
        title=told.title,
        author=told.author,
        email=told.email,
        company=told.company,
        kind=told.kind,
        rating=told.rating,
        scale=told.scale,
        metric=told.metric,
        language=told.language,
        app_version=told.app_version,
        url=told.url,
        thread=told.thread,
        edited_at=told.edited_at,
        context=told.context,
        raw=json.dumps(document.feedback(told)).encode(),
    )
