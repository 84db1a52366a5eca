"""What the contract takes a store to hold is what a store holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.connector import (
    Channel,
    Cursor,
    Incoming,
    Page,
)
from triage.store import codec
from triage.store.database import Database
from triage.store.evidence import begin_batch, ensure_source, save_page
from triage.testing.kept import Kept


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store for all examples; each has a source of its own."""
    db = Database(tmp_path_factory.mktemp("kept") / "work.db")
    yield db
    db.close()


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count()


@st.composite
def tellings(draw: st.DrawFn) -> Incoming:
    """One of two reviews, told at one of three times or at none."""
    day = draw(st.sampled_from([None, 1, 2, 3]))
    return Incoming(
        external_id=draw(st.sampled_from(["a", "b"])),
        channel=Channel.REVIEW,
        body=draw(st.sampled_from(["Good", "Bad", "So so"])),
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        edited_at=datetime(2026, 1, day, tzinfo=UTC) if day else None,
        raw=b"told",
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(lambda one: Page([one], Cursor("1")), tellings())))
def test_kept_as_a_store_keeps(
    db: Database, numbers: Iterator[int], pages: list[Page]
) -> None:
    """What the contract takes a store to hold is what the store holds."""
    with db.write() as write:
        source = ensure_source(write, f"source {next(numbers)}", "shop")
        batch = begin_batch(write, source, "sync", db.clock())
        for page in pages:
            save_page(write, source, batch, page, db.clock())
        rows = write.execute(
            "SELECT external_id, body, edited_at FROM feedback WHERE source_id = ?",
            (source,),
        )
        held = {row["external_id"]: (row["body"], row["edited_at"]) for row in rows}
    kept = Kept().take(pages).told.values()
    assert held == {
        one.external_id: (one.body, codec.to_text(one.edited_at))
        for one in kept
        if isinstance(one, Incoming)
    }
