"""What a source has no more stays as it was decided, and is marked until it is back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from factories import (
    Telling,
    a_pull,
    a_workspace,
    an_incoming,
    decisions,
    derived,
    numbered,
    pulled,
    table,
    told_as,
    unreadable,
    unsound,
)
from triage.connector import Cursor, Incoming, Page, Unreadable
from triage.store.counts import Counts
from triage.sync import Ended
from triage.workspace import Workspace

SIX = numbered(["one thing", "two things", "three", "four", "five", "six"])


def told(workspace: Workspace, *pages: Page, resume: bool = True) -> Counts:
    ended = pulled(workspace.db, a_pull(Telling(pages), resume=resume))[-1]
    assert isinstance(ended, Ended)
    return ended.counts


def gone(*ids: str, at: str = "1") -> Page:
    return Page([], Cursor(at), gone=ids)


def marked(workspace: Workspace) -> set[str]:
    everything = workspace.feedback_many(list(workspace.ids(None)))
    return {one.external_id for one in everything if one.gone_at}


def test_what_is_gone_is_marked_and_kept(workspace: Workspace) -> None:
    """Its words, its raw bytes and what was decided about it stay as they were."""
    told(workspace, Page(SIX, Cursor("1")))
    for _ in workspace.group_pending():
        pass
    workspace.decline(told_as(workspace, "2"), "not planned")
    workspace.accept(told_as(workspace, "3"), "It hurts")
    before = decisions(workspace.db), derived(workspace.db), table(workspace.db, "raw")
    counts = told(workspace, Page([], Cursor("1")), gone("2", "3", "nobody's", at="2"))
    assert (counts.gone, counts.total) == (2, 0)
    assert marked(workspace) == {"2", "3"}
    after = decisions(workspace.db), derived(workspace.db), table(workspace.db, "raw")
    assert before == after
    assert workspace.source("mail").gone == 2
    assert workspace.pulls("mail")[0].gone == 2
    assert unsound(workspace) == {}


def test_it_is_found_by_a_query(workspace: Workspace) -> None:
    """``is:gone`` finds what is gone, ``-is:gone`` the rest."""
    told(workspace, Page(SIX, Cursor("1")), gone("2", "5", at="2"))
    assert len(workspace.ids(None, "is:gone")) == 2
    assert len(workspace.ids(None, "-is:gone")) == 4


def test_told_again_it_is_there_again(workspace: Workspace) -> None:
    """A telling of any kind clears the mark, whether it changed or not."""
    everything: list[Incoming | Unreadable] = [*SIX, unreadable("7")]
    first = Page(everything, Cursor("1"))
    told(workspace, first, gone("1", "2", "7", at="2"))
    assert workspace.source("mail").gone == 3
    back: list[Incoming | Unreadable] = [
        SIX[0],
        an_incoming("2", "other words"),
        unreadable("7"),
    ]
    told(workspace, first, gone("1", "2", "7", at="2"), Page(back, Cursor("3")))
    assert workspace.source("mail").gone == 0


def test_another_sources_ids_are_not_meant(workspace: Workspace) -> None:
    """The same id of another source is another feedback."""
    told(workspace, Page(SIX, Cursor("1")))
    pulled(workspace.db, a_pull(Telling([gone("1")]), "other"))
    assert marked(workspace) == set()


def test_taken_back_with_its_batch(workspace: Workspace) -> None:
    """Taking back the run that found it gone clears the mark; so does its own going."""
    told(workspace, Page(SIX, Cursor("1")))
    told(workspace, Page([], Cursor("1")), gone("1", at="2"))
    first, second = (batch.id for batch in reversed(workspace.imports()))
    workspace.take_back(second)
    assert marked(workspace) == set()
    told(workspace, Page([], Cursor("1")), gone("1", at="2"))
    workspace.take_back(first)
    assert table(workspace.db, "gone") == []
    assert unsound(workspace) == {}


Acts = st.lists(
    st.tuples(st.booleans(), st.sets(st.integers(1, 6), min_size=1)), max_size=8
)


@given(Acts)
@settings(max_examples=30)
def test_the_last_word_stands(acts: list[tuple[bool, set[int]]]) -> None:
    """However tellings and goings follow each other, in pages or runs, the last stands."""
    pages = []
    gone_now: set[str] = set()
    known: set[str] = set()
    for number, (is_gone, ids) in enumerate(acts, 1):
        names = {str(one) for one in ids}
        cursor = Cursor(str(number))
        if is_gone:
            pages.append(Page([], cursor, gone=sorted(names)))
            gone_now |= names & known
        else:
            pages.append(Page([SIX[one - 1] for one in sorted(ids)], cursor))
            gone_now -= names
            known |= names
    with tempfile.TemporaryDirectory() as folder:
        with a_workspace(Path(folder), "whole.db") as whole:
            told(whole, *pages)
            assert marked(whole) == gone_now
        with a_workspace(Path(folder), "parts.db") as parts:
            for end in range(1, len(pages) + 1):
                told(parts, *pages[:end])
            assert marked(parts) == gone_now


def test_a_gap_is_cleared_by_a_person(workspace: Workspace) -> None:
    """Once read, the same words stay away; other words are told again."""
    lost = Page(SIX[:1], Cursor("1"), gap="only the last 500 are told")
    told(workspace, lost)
    view = workspace.source("mail")
    assert view.health == "gap"
    since = view.gap_at
    assert since is not None
    told(workspace, lost, Page([], Cursor("2"), gap=lost.gap))
    assert workspace.source("mail").gap_at == since
    workspace.clear_gap("mail")
    told(workspace, lost, lost, Page([], Cursor("3"), gap=lost.gap))
    assert workspace.source("mail").gap == ""
    told(workspace, lost, lost, lost, Page([], Cursor("4"), gap="March is missing"))
    assert workspace.source("mail").gap == "March is missing"
