"""What a connector yields: pages that can be stored, and feedback with an id."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeAlias, cast

from triage.connector import Cursor, Incoming, Page, Unreadable
from triage.testing.promise import check_hidden, promise

LARGEST = 5_000
"""Feedbacks in one page: a page is one transaction, and a crash repeats it."""

Stored: TypeAlias = dict[str, Incoming | Unreadable]
"""What a store holds, by external id."""


def check_pages(pages: Sequence[Page], secrets: Sequence[str]) -> None:
    promise(bool(pages), "A first pull yields a page, be it empty.")
    check_shown(pages, secrets)
    check_unique(pages)


def check_shown(pages: Sequence[Page], secrets: Sequence[str]) -> None:
    for page in pages:
        check_hidden(secrets, "a cursor, which is stored", page.cursor or "")
        check_hidden(secrets, "a gap, which is shown", page.gap)
        for feedback in page.items:
            text = f"{feedback!r} {feedback.raw.decode('utf-8', 'replace')}"
            check_hidden(secrets, f"feedback {feedback.external_id!r}", text)


def check_page(page: Page) -> None:
    promise(isinstance(page, Page), f"It yields Page, not {type(page).__name__}.")
    promise(
        len(page.items) <= LARGEST,
        f"A page holds at most {LARGEST:,} feedbacks, not {len(page.items):,}.",
    )
    promise(
        page.progress is None or 0 <= page.progress <= 1,
        f"Progress is a share from 0 to 1, not {page.progress}.",
    )
    _check_cursor(page.cursor)
    for feedback in page.items:
        _check_feedback(feedback)


def _check_cursor(cursor: Cursor | None) -> None:
    if cursor is None:
        return
    promise(
        type(cursor) is str and bool(cursor) and _survives(cursor),
        f"A cursor is text that comes back from storage as it was, not {cursor!r}.",
    )


def _survives(cursor: str) -> bool:
    try:
        stored = json.dumps(cursor.encode().decode())
    except UnicodeEncodeError:
        return False
    return bool(json.loads(stored) == cursor)


def _check_feedback(feedback: object) -> None:
    if not isinstance(feedback, (Incoming, Unreadable)):
        kind = type(feedback).__name__
        raise AssertionError(  # noqa: TRY004 - a broken promise, like all others here
            f"A page holds Incoming and Unreadable, not {kind}."
        )
    name = feedback.external_id
    promise(
        isinstance(name, str) and bool(name.strip()),
        f"Each feedback has an id of its own, as text, not {name!r}.",
    )
    promise(
        isinstance(feedback.raw, bytes) and bool(feedback.raw),
        f"Feedback {name!r} keeps the raw bytes the source sent.",
    )
    if isinstance(feedback, Unreadable):
        promise(
            bool(feedback.why), f"Unreadable {name!r} says why it could not be read."
        )
        return
    for at in (feedback.received_at, feedback.edited_at):
        promise(
            at is None or (at.tzinfo is not None and at.utcoffset() == timedelta(0)),
            f"The times of feedback {name!r} are aware and UTC, not {at}.",
        )
    promise(
        _is_json(feedback.context),
        f"The context of feedback {name!r} holds JSON values only.",
    )


def _is_json(value: object) -> bool:
    try:
        text = json.dumps(dict(cast("Any", value)), allow_nan=False)
    except (TypeError, ValueError):
        return False
    return bool(json.loads(text) == value)


def check_unique(pages: Sequence[Page]) -> None:
    """An id comes again only as a revision, or once whole and once abridged."""
    seen: Stored = {}
    for page in pages:
        for feedback in page.items:
            before = seen.get(feedback.external_id)
            promise(
                before is None
                or _edited(before) != _edited(feedback) is not None
                or _is_abridged(before) != _is_abridged(feedback),
                f"The id {feedback.external_id!r} is unique within a pull; only a"
                " revision repeats it, with another edited_at, or the whole of what is"
                " abridged.",
            )
            seen[feedback.external_id] = feedback


def _edited(feedback: Incoming | Unreadable) -> object:
    return feedback.edited_at if isinstance(feedback, Incoming) else None


def _is_abridged(feedback: Incoming | Unreadable) -> bool:
    return isinstance(feedback, Incoming) and feedback.abridged
