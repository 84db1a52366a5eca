"""What was known of a customer when they spoke stays as it was; threads go whole."""

from __future__ import annotations

import json

from factories import NOON, an_incoming, table
from triage.connector import Incoming, Page
from triage.store import evidence
from triage.workspace import Workspace


def saved(workspace: Workspace, *told: Incoming, gone: tuple[str, ...] = ()) -> int:
    with workspace.db.write() as write:
        source = evidence.ensure_source(write, "desk", "test")
        batch = evidence.begin_batch(write, source, "test", NOON)
        page = Page(told, None, gone_threads=gone)
        counts = evidence.save_page(write, source, batch, page, NOON)
    return counts.changed + counts.gone


def context(workspace: Workspace) -> dict[str, object]:
    with workspace.db.read() as read:
        row = read.execute("SELECT context FROM feedback").fetchone()
    return dict(json.loads(row["context"]))


def told(body: str, plan: str) -> Incoming:
    return an_incoming("1", body, context={"os": "x"}, attributes={"plan": plan})


def test_a_new_plan_alone_changes_nothing(workspace: Workspace) -> None:
    """A customer who changes plan is not told anew, conversation by conversation."""
    saved(workspace, told("It is slow", "free"))
    assert saved(workspace, told("It is slow", "enterprise")) == 0
    assert context(workspace) == {"os": "x", "plan": "free"}


def test_an_edit_keeps_the_plan_of_then(workspace: Workspace) -> None:
    """Said differently later, it is still what a customer of the free plan said."""
    saved(workspace, told("It is slow", "free"))
    assert saved(workspace, told("It is very slow", "enterprise")) == 1
    assert context(workspace) == {"os": "x", "plan": "free"}


def test_a_thread_that_is_gone_takes_all_in_it(workspace: Workspace) -> None:
    """A conversation deleted at its desk is marked whole, once, and nothing else is."""
    saved(
        workspace,
        an_incoming("1", "One", thread="t"),
        an_incoming("2", "Two", thread="t"),
        an_incoming("3", "Three", thread="u"),
    )
    assert saved(workspace, gone=("t",)) == 2
    assert saved(workspace, gone=("t",)) == 0
    assert len(table(workspace.db, "gone")) == 2
