"""Messages that name one another are one conversation, in whatever order they come."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from factories import (
    NOON,
    a_workspace,
    an_incoming,
    imported,
    table,
)
from triage.connector import Channel, Incoming, Page
from triage.store import evidence, threads
from triage.store.database import Database
from triage.store.schema_thread import put_together
from triage.workspace import Workspace


def a_mail(name: str, *answers: str, **more: str) -> Incoming:
    thread = answers[0] if answers else name
    told = an_incoming(name or "nameless", f"This is what {name} says here.", **more)
    return replace(
        told,
        channel=Channel.EMAIL,
        thread=thread,
        references=tuple(one for one in (name, *answers) if one),
        context={"message_id": name} if name else {},
    )


def conversations(workspace: Workspace) -> set[frozenset[str]]:
    """Who is in one thread with whom, by external id."""
    found: dict[str, set[str]] = {}
    for number in range(1, len(table(workspace.db, "feedback")) + 1):
        said = workspace.feedback(f"f{number}")
        found.setdefault(said.thread or said.short, set()).add(said.external_id)
    return {frozenset(one) for one in found.values()}


def saved(workspace: Workspace, pages: Iterable[Sequence[Incoming]]) -> None:
    for page in pages:
        with workspace.db.write() as write:
            source = evidence.ensure_source(write, "mail", "test")
            batch = evidence.begin_batch(write, source, "test", NOON)
            evidence.save_page(write, source, batch, Page(tuple(page), None), NOON)


def together(mails: Sequence[Incoming]) -> set[frozenset[str]]:
    """The same, found naively: whoever shares a name, until nothing changes."""
    groups = [({one.external_id}, set(one.references)) for one in mails]
    changed = True
    while changed:
        changed = False
        for left in groups:
            for right in groups:
                if left is not right and left[1] & right[1]:
                    left[0].update(right[0])
                    left[1].update(right[1])
                    groups.remove(right)
                    changed = True
                    break
            if changed:
                break
    return {frozenset(one) for one, _ in groups}


def test_a_reply_that_names_only_its_parent_joins_the_conversation(
    workspace: Workspace,
) -> None:
    """With nothing but In-Reply-To, page by page, a chain is one conversation."""
    chain = [a_mail("a"), a_mail("b", "a"), a_mail("c", "b"), a_mail("d", "c")]
    saved(workspace, [[one] for one in chain])
    assert conversations(workspace) == {frozenset("abcd")}


def test_a_parent_may_come_later(workspace: Workspace) -> None:
    """What two separate threads answer makes them one when it comes at last."""
    saved(workspace, [[a_mail("c", "b")], [a_mail("d", "x")], [a_mail("e")]])
    assert len(conversations(workspace)) == 3
    saved(workspace, [[a_mail("b", "x")]])
    assert conversations(workspace) == {frozenset("bcd"), frozenset("e")}


def test_a_thread_the_source_names_is_final(workspace: Workspace) -> None:
    """Where the server knows the conversation, no reference moves anything."""
    first = replace(a_mail("a"), thread="t1", references=())
    second = replace(a_mail("b", "a"), thread="t2", references=())
    saved(workspace, [[first, second]])
    assert len(conversations(workspace)) == 2


def test_sources_are_apart(workspace: Workspace) -> None:
    """The same names at two sources are two conversations."""
    imported(workspace, [a_mail("a")], source="one")
    imported(workspace, [a_mail("b", "a")], source="two")
    assert len(workspace.thread(workspace.feedback("f1"))) == 1


def test_the_reader_sees_the_whole_conversation(workspace: Workspace) -> None:
    """From any of its messages all are shown, those joined later too."""
    saved(workspace, [[a_mail("c", "b")], [a_mail("a")], [a_mail("b", "a")]])
    for number in (1, 2, 3):
        found = workspace.thread(workspace.feedback(f"f{number}"))
        assert {one.external_id for one in found} == {"a", "b", "c"}


def test_a_message_that_joins_two_threads_wakes_both(workspace: Workspace) -> None:
    """Who sleeps until new evidence wakes when its conversation is joined by a new one."""
    saved(workspace, [[a_mail("a"), a_mail("c", "b")]])
    workspace.snooze([workspace.feedback(f"f{n}") for n in (1, 2)], on_evidence=True)
    assert workspace.tally()["inbox"] == 0
    saved(workspace, [[a_mail("b", "a")]])
    assert workspace.tally()["inbox"] == 3
    assert workspace.doctor()["queue"] == "ok"


def test_the_larger_thread_keeps_its_name(workspace: Workspace) -> None:
    """When two become one, the fewer rows change."""
    saved(workspace, [[a_mail(f"m{n}", "root") for n in range(9)], [a_mail("z", "y")]])
    saved(workspace, [[a_mail("y", "m3")]])
    assert {row.thread for row in workspace.thread(workspace.feedback("f1"))} == {
        "root"
    }


def test_an_import_taken_back_leaves_the_names_to_who_stays(tmp_path: Path) -> None:
    """After the first who said a name is gone, the next reply still finds the thread."""
    with a_workspace(tmp_path) as workspace:
        first = imported(workspace, [a_mail("a")], source="mail")
        imported(workspace, [a_mail("b", "a")], source="mail")
        workspace.take_back(first.batch_id)
        imported(workspace, [a_mail("c", "a")], source="mail")
        rows = {row["external_id"]: row["thread"] for row in _feedback(workspace.db)}
        assert rows["b"] == rows["c"]


names = st.sampled_from("abcdefgh")
mails = st.lists(
    st.tuples(names, st.lists(names, max_size=3)), min_size=1, max_size=9,
    unique_by=lambda one: one[0],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(told=mails, data=st.data())
def test_any_order_ends_in_the_same_conversations(
    told: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    """Whatever order and pages mails come in, and come again in, who belongs together is."""
    known = [a_mail(name, *dict.fromkeys(answers)) for name, answers in told]
    order = data.draw(st.permutations(known))
    size = data.draw(st.integers(1, len(known)))
    pages = [order[n : n + size] for n in range(0, len(order), size)]
    folder = Path(tempfile.mkdtemp(prefix="threads-"))
    try:
        with Workspace(folder / "work.db", clock=lambda: NOON) as workspace:
            saved(workspace, pages)
            assert conversations(workspace) == together(known)
            before = table(workspace.db, "feedback"), table(workspace.db, "mention")
            saved(workspace, [known])
            after = table(workspace.db, "feedback"), table(workspace.db, "mention")
            assert before == after
    finally:
        shutil.rmtree(folder)


def test_conversations_stored_before_are_made_whole(workspace: Workspace) -> None:
    """A workspace of an older format has its threads joined when it is brought up."""
    chain = [a_mail("a"), a_mail("b", "a"), a_mail("c", "b"), a_mail("e")]
    saved(workspace, [[replace(one, references=()) for one in chain]])
    assert len(conversations(workspace)) == 3
    with workspace.db.write() as write:
        put_together(write)
    assert conversations(workspace) == {frozenset("abc"), frozenset("e")}
    saved(workspace, [[a_mail("d", "c")]])
    assert conversations(workspace) == {frozenset("abcd"), frozenset("e")}


def test_finding_a_thread_scans_nothing(workspace: Workspace) -> None:
    """A name leads to its thread by key, however much is stored."""
    saved(workspace, [[a_mail("a")]])
    plan = workspace.db.read().execute(
        "EXPLAIN QUERY PLAN SELECT m.id, f.thread FROM mention m"
        " JOIN feedback f ON f.id = m.feedback_id WHERE m.id IN (?, ?)",
        (threads.key(1, "a"), 2),
    )
    assert not [row["detail"] for row in plan if "SCAN" in row["detail"]]


def _feedback(db: Database) -> list[dict[str, str]]:
    return [dict(row) for row in db.read().execute("SELECT * FROM feedback")]
