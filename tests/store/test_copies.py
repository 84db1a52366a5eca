"""What several sources tell counts once, whichever brings it first."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from factories import (
    NOON,
    a_workspace,
    an_incoming,
    imported,
    regroup,
    table,
    told_as,
    unreadable,
    unsound,
)
from triage.connector import Incoming, Kind, Page
from triage.errors import Conflict
from triage.model import Feedback
from triage.store import evidence
from triage.workspace import Workspace
from undoing import Undoing

A, B, C = "store-connect", "store-feed", "store-page"


def a_review(number: int, name: str = "", body: str = "", **told: Any) -> Incoming:
    """A review; every source has an id of its own for it, and all share a name."""
    told.setdefault("author", f"reader {number}")
    said = body or f"the export of report {number} loses all my tags"
    return an_incoming(str(number), said, also=name or f"review {number}", **told)


def told(workspace: Workspace, source: str, *reviews: Incoming) -> int:
    """Bring these in and compare them; the number of the import."""
    return imported(workspace, reviews, source=source).batch_id


def kinds(workspace: Workspace) -> dict[tuple[str, str], Kind]:
    return {
        (row["name"], row["external_id"]): Kind(row["kind"])
        for row in workspace.db.read().execute(
            "SELECT s.name, f.external_id, f.kind FROM feedback f"
            " JOIN source s ON s.id = f.source_id"
        )
    }


def one(workspace: Workspace, source: str, number: int = 1) -> Feedback:
    (found,) = told_as(workspace, str(number), source=source)
    return found


def people(workspace: Workspace) -> int:
    """How many people are heard."""
    row = workspace.db.read().execute(
        "SELECT count(DISTINCT coalesce(customer_id, -id)) FROM feedback"
        " WHERE kind = 'feedback'"
    )
    return int(row.fetchone()[0])


def amiss(workspace: Workspace) -> list[str]:
    """Which laws of copies do not hold."""
    broken = {
        "what stands for others counts and is no copy": (
            "SELECT 1 FROM copy c JOIN feedback f ON f.id = c.of_id"
            " WHERE f.kind <> 'feedback'"
            " OR f.id IN (SELECT feedback_id FROM copy)"
        ),
        "a copy is its first's customer's": (
            "SELECT 1 FROM copy c JOIN feedback f ON f.id = c.of_id"
            " JOIN feedback o ON o.id = c.feedback_id"
            " WHERE o.kind IN ('copy', 'feedback')"
            " AND o.customer_id IS NOT f.customer_id"
        ),
        "every copy is one of something": (
            "SELECT 1 FROM feedback WHERE kind = 'copy'"
            " AND id NOT IN (SELECT feedback_id FROM copy)"
        ),
        "a copy is neither pending, queued, compared nor read": (
            "SELECT 1 FROM feedback f WHERE f.kind = 'copy' AND ("
            " EXISTS (SELECT 1 FROM pending p WHERE p.number = f.number)"
            " OR EXISTS (SELECT 1 FROM queue q WHERE q.group_id = f.id)"
            " OR EXISTS (SELECT 1 FROM normal n WHERE n.feedback_id = f.id)"
            " OR EXISTS (SELECT 1 FROM tone t WHERE t.feedback_id = f.id))"
        ),
    }
    read = workspace.db.read()
    return [law for law, sql in broken.items() if read.execute(sql).fetchone()]


@pytest.fixture(autouse=True)
def sound(workspace: Workspace) -> Any:
    """Whatever a test does, the file is sound after it."""
    yield
    assert amiss(workspace) == []
    assert unsound(workspace) == {}


# The first, and what follows it


@pytest.mark.parametrize(("first", "second"), [(A, B), (B, A)])
def test_a_telling_of_two_sources_counts_once(
    workspace: Workspace, first: str, second: str
) -> None:
    """Whoever tells it first stands for it; the other is kept whole, and is a copy."""
    told(workspace, first, a_review(1))
    told(workspace, second, a_review(1, raw=b"as the other has it"))
    assert kinds(workspace) == {(first, "1"): Kind.FEEDBACK, (second, "1"): Kind.COPY}
    copy = one(workspace, second)
    assert workspace.raw(copy) == b"as the other has it"
    assert copy.customer_id == one(workspace, first).customer_id is not None
    assert (workspace.counts()["feedback"], workspace.counts()["customers"]) == (1, 1)
    assert workspace.counts()["pending"] == 0
    assert len(workspace.ids(None)) == 1


def test_a_copy_told_again_changes_nothing(workspace: Workspace) -> None:
    """Both sources pulled again, in either order, leave every row as it was."""
    for source in (A, B):
        told(workspace, source, a_review(1), a_review(2))
    names = ("feedback", "customer", "copy", "shared_name", "revision", "queue")
    before = {name: table(workspace.db, name) for name in names}
    for source in (B, A, B):
        ended = imported(workspace, [a_review(1), a_review(2)], source=source)
        assert (ended.counts.new, ended.counts.changed, ended.counts.same) == (0, 0, 2)
    assert {name: table(workspace.db, name) for name in names} == before


def test_one_source_alone_joins_nothing(workspace: Workspace) -> None:
    """Two of one name at one source are two: nobody else has told them."""
    told(workspace, A, a_review(1, "same"), a_review(2, "same"))
    assert workspace.counts()["feedback"] == 2
    assert table(workspace.db, "copy") == []


def test_what_names_nothing_joins_nothing(workspace: Workspace) -> None:
    """Without a name in common, the same words at two sources are two feedback."""
    for source in (A, B):
        told(workspace, source, an_incoming("1", "the same words"))
    assert workspace.counts()["feedback"] == 2
    assert table(workspace.db, "shared_name") == []


@pytest.mark.parametrize("kind", [Kind.AGENT, Kind.AUTO])
def test_our_own_words_join_nothing(workspace: Workspace, kind: Kind) -> None:
    """What is no customer's word is never a copy, and nothing is one of it."""
    told(workspace, A, a_review(1, kind=kind))
    told(workspace, B, a_review(1))
    told(workspace, C, a_review(1, kind=kind))
    assert kinds(workspace) == {
        (A, "1"): kind, (B, "1"): Kind.FEEDBACK, (C, "1"): kind,
    }  # fmt: skip
    told(workspace, "fourth", a_review(1))
    assert kinds(workspace)["fourth", "1"] is Kind.COPY


def test_an_edit_reaches_one_source_before_the_other(workspace: Workspace) -> None:
    """Once a copy it stays one, whichever of the two says something new first."""
    old, new = a_review(1, "old"), a_review(1, "new", "now it says more than before")
    for source in (A, B):
        told(workspace, source, old)
    for source in (B, A):
        told(workspace, source, new)
        assert kinds(workspace) == {(A, "1"): Kind.FEEDBACK, (B, "1"): Kind.COPY}
    assert one(workspace, B).body == "now it says more than before"
    # A third that tells either is a copy too, of the same first.
    told(workspace, C, old, a_review(2, "new"))
    first = one(workspace, A).id
    assert {of for _, of in table(workspace.db, "copy")} == {first}
    assert len(table(workspace.db, "copy")) == 3


def test_old_names_are_remembered(workspace: Workspace) -> None:
    """Another source that is late tells what was said before, and it is known."""
    told(workspace, A, a_review(1, "old"))
    told(workspace, A, a_review(1, "new", "changed since"))
    told(workspace, B, a_review(1, "old"))
    assert kinds(workspace)[B, "1"] is Kind.COPY


def test_a_first_of_another_name_takes_its_copies_along(workspace: Workspace) -> None:
    """Where the first gets another author, its copies are that one's as well."""
    for source in (A, B):
        told(workspace, source, a_review(1))
    told(workspace, A, a_review(1, author="somebody else"))
    assert one(workspace, B).customer_id == one(workspace, A).customer_id
    assert workspace.customer(one(workspace, A).customer_id or 0).name == (
        "somebody else"
    )


# Told apart, then together


def test_what_was_stored_alone_becomes_a_copy(workspace: Workspace) -> None:
    """An edit that makes it what another source tells makes it a copy of that."""
    told(workspace, A, a_review(1))
    told(workspace, B, a_review(1, "another", "said otherwise", author="r. one"))
    assert (workspace.counts()["feedback"], people(workspace)) == (2, 2)
    told(workspace, B, a_review(1))
    assert kinds(workspace)[B, "1"] is Kind.COPY
    assert (workspace.counts()["feedback"], people(workspace)) == (1, 1)
    # What it said alone leads to the same.
    told(workspace, C, a_review(7, "another"))
    assert kinds(workspace)[C, "7"] is Kind.COPY


def test_what_was_decided_on_stays(workspace: Workspace) -> None:
    """A decision keeps it where it is; it is one person's with the other, though."""
    told(workspace, A, a_review(1))
    told(workspace, B, a_review(1, "another", "said otherwise", author="r. one"))
    workspace.accept([one(workspace, A), one(workspace, B)], "Tags are lost")
    told(workspace, B, a_review(1))
    assert set(kinds(workspace).values()) == {Kind.FEEDBACK}
    assert people(workspace) == 1
    assert workspace.score(workspace.pain_point("p1")).people == 1
    told(workspace, B, a_review(1, "a third", "and otherwise again"))
    assert set(kinds(workspace).values()) == {Kind.FEEDBACK}
    assert people(workspace) == 1


def test_copies_of_a_copy_are_copies_of_its_first(workspace: Workspace) -> None:
    """What stood for a third becomes a copy, and takes the third along."""
    told(workspace, A, a_review(1))
    told(workspace, B, a_review(1, "another", "said otherwise"))
    told(workspace, C, a_review(1, "another", "said otherwise"))
    told(workspace, B, a_review(1))
    assert workspace.counts()["feedback"] == people(workspace) == 1
    assert {of for _, of in table(workspace.db, "copy")} == {one(workspace, A).id}


# What goes


def test_without_its_first_a_copy_counts(workspace: Workspace) -> None:
    """Its first taken back, a copy waits in the inbox, is compared, and is known."""
    batch = told(workspace, A, a_review(1))
    told(workspace, B, a_review(1))
    told(workspace, C, a_review(1))
    workspace.take_back(batch)
    assert kinds(workspace) == {(B, "1"): Kind.FEEDBACK, (C, "1"): Kind.COPY}
    assert workspace.counts()["pending"] == 1
    assert list(workspace.ids(None)) == [one(workspace, B).id]
    assert workspace.customer(one(workspace, B).customer_id or 0).name == "reader 1"
    regroup(workspace)
    told(workspace, A, a_review(1))
    assert kinds(workspace)[A, "1"] is Kind.COPY


def test_an_import_of_copies_is_taken_back(workspace: Workspace) -> None:
    """Copies go like anything else, and what they said stays known."""
    told(workspace, A, a_review(1), a_review(2))
    batch = told(workspace, B, a_review(1), a_review(2))
    told(workspace, B, a_review(3))
    assert workspace.take_back(batch) == 2
    assert workspace.counts()["feedback"] == 3
    told(workspace, B, a_review(1))
    assert kinds(workspace)[B, "1"] is Kind.COPY


def test_the_edit_that_joined_is_taken_back(workspace: Workspace) -> None:
    """What it made a copy is what it was: a feedback, its own customer's."""
    told(workspace, A, a_review(1))
    told(workspace, B, a_review(1, "another", "said otherwise", author="r. one"))
    batch = told(workspace, B, a_review(1))
    workspace.take_back(batch)
    assert set(kinds(workspace).values()) == {Kind.FEEDBACK}
    assert people(workspace) == 2
    assert one(workspace, B).body == "said otherwise"


def test_an_edit_of_a_copy_is_taken_back(workspace: Workspace) -> None:
    """It says what it said before, and is a copy as before."""
    for source in (A, B):
        told(workspace, source, a_review(1))
    batch = told(workspace, B, a_review(1, "new", "more than before"))
    workspace.take_back(batch)
    assert kinds(workspace)[B, "1"] is Kind.COPY
    assert one(workspace, B).body == one(workspace, A).body


def test_a_first_that_is_no_feedback_any_more(workspace: Workspace) -> None:
    """Its source calls it automatic now, or cannot tell it: the copy counts."""
    told(workspace, A, a_review(1), a_review(2))
    told(workspace, B, a_review(1), a_review(2))
    told(workspace, A, a_review(1, kind=Kind.AUTO))
    imported(workspace, [unreadable("2")], source=A)
    assert kinds(workspace)[B, "1"] is kinds(workspace)[B, "2"] is Kind.FEEDBACK
    told(workspace, A, a_review(1), a_review(2))
    assert kinds(workspace)[A, "1"] is kinds(workspace)[A, "2"] is Kind.COPY


# Abridged


def at(hour: int) -> Any:
    return NOON + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("stood", "short", "stands"),
    [
        (at(1), at(2), "short"),
        (at(1), at(1), "whole"),
        (at(2), at(1), "whole"),
        (None, at(1), "whole"),
        (at(1), None, "whole"),
        (None, None, "whole"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_an_abridged_telling_stands_aside(
    workspace: Workspace, stood: Any, short: Any, stands: str, at_once: bool
) -> None:
    """A report's short form replaces what stands only where it was edited later."""
    told_both = [
        an_incoming("1", "whole", edited_at=stood),
        an_incoming("1", "short", edited_at=short, abridged=True),
    ]
    imported(workspace, told_both, page=2 if at_once else 1)
    assert workspace.feedback("f1").body == stands


def test_an_abridged_telling_stands_where_nothing_does(workspace: Workspace) -> None:
    """It is all there is of what is older than the source can tell whole."""
    imported(workspace, [an_incoming("1", "short", abridged=True)])
    imported(workspace, [an_incoming("1", "whole")])
    assert workspace.feedback("f1").body == "whole"


# Laws


def saved(workspace: Workspace, source: str, page: Sequence[Incoming]) -> None:
    with workspace.db.write() as write:
        source_id = evidence.ensure_source(write, source, "test")
        batch = evidence.begin_batch(write, source_id, "test", NOON)
        evidence.save_page(write, source_id, batch, Page(tuple(page), None), NOON)


def test_many_go_by_one_name(workspace: Workspace) -> None:
    """Of a store that takes one review from each, two of one name are two people."""
    told(workspace, A, a_review(1, author="A user"), a_review(2, author="A user"))
    assert people(workspace) == 2
    told(workspace, A, a_review(1, "edited", "now it saves them", author="A user"))
    assert people(workspace) == 2
    told(workspace, B, a_review(2, author="A user"))
    assert people(workspace) == 2
    mails = [an_incoming(f"m{n}", f"mail {n}", author="Ann") for n in range(2)]
    told(workspace, C, *mails)
    assert people(workspace) == 3


REVIEWS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 3)), min_size=1, max_size=14
)


@given(
    at_a=REVIEWS, at_b=REVIEWS, order=st.lists(st.booleans(), max_size=28),
    size=st.integers(1, 4),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_the_order_of_pages_does_not_matter(
    at_a: Sequence[tuple[int, int]],
    at_b: Sequence[tuple[int, int]],
    order: Sequence[bool],
    size: int,
) -> None:
    """However pages of two sources mix, one of each review counts, one person each."""

    def versions(which: Sequence[tuple[int, int]]) -> list[Incoming]:
        # Each in its own order, the last as it stands at both sources in the end.
        said = [*which, *((number, 9) for number in {one for one, _ in which})]
        return [
            # Half of them go by one name.
            a_review(
                number,
                f"{number}.{version}",
                f"{number} says {version}",
                author=f"reader {number}" if number % 2 else "somebody",
            )
            for number, version in said
        ]

    pages = {A: versions(at_a), B: versions(at_b)}
    folder = Path(tempfile.mkdtemp(prefix="copies-"))
    with a_workspace(folder) as workspace:
        for turn in [*order, *(True,) * 40, *(False,) * 40]:
            source = A if turn else B
            page, pages[source] = pages[source][:size], pages[source][size:]
            if page:
                saved(workspace, source, page)
        counted = [key for key, kind in kinds(workspace).items() if kind == "feedback"]
        numbers = sorted({number for number, _ in (*at_a, *at_b)})
        assert sorted(int(number) for _, number in counted) == numbers
        assert people(workspace) == len(numbers)
        assert amiss(workspace) == []
        assert unsound(workspace) == {}
    shutil.rmtree(folder)


class Joining(Undoing):
    """Copies are sound, whatever comes, goes, is decided and is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="joining-"))
        self.workspace = a_workspace(self.folder)
        self.batches: list[int] = []

    def teardown(self) -> None:
        self.workspace.close()
        shutil.rmtree(self.folder)

    @invariant()
    def is_sound(self) -> None:
        assert amiss(self.workspace) == []
        assert unsound(self.workspace) == {}

    @rule(
        source=st.sampled_from([A, B, C]),
        said=st.lists(
            st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 2)),
            min_size=1, max_size=3,
        ),
        kind=st.sampled_from([Kind.FEEDBACK] * 4 + [Kind.AUTO, Kind.QUARANTINED]),
        group=st.booleans(),
    )  # fmt: skip
    def bring(
        self,
        source: str,
        said: Sequence[tuple[int, int, int]],
        kind: Kind,
        group: bool,
    ) -> None:
        page = [
            unreadable(str(number))
            if kind is Kind.QUARANTINED
            else a_review(number, f"name {name}", author=f"{author}", kind=kind)
            for number, name, author in said
        ]
        ended = imported(self.workspace, page, source=source, group=group)
        self.batches.append(ended.batch_id)

    @precondition(lambda self: self.batches)
    @rule(which=st.integers(0, 20))
    def take_back(self, which: int) -> None:
        try:
            self.workspace.take_back(self.batches[-1 - which % len(self.batches)])
        except Conflict:
            return

    @precondition(lambda self: self.workspace.ids(None, limit=1))
    @rule(which=st.integers(0, 20))
    def decline(self, which: int) -> None:
        heard = self.workspace.feedback_many(sorted(self.workspace.ids(None)))
        self.workspace.decline([heard[which % len(heard)]], "not planned")


TestJoining = Joining.TestCase
TestJoining.__doc__ = "Whatever arrives, joins, goes or is undone, copies are sound."
TestJoining.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


_ONE_OF_TWO = """
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[3])
from factories import a_workspace
from store.test_copies import B, a_review, saved

pages = [range(start, start + 20) for start in range(0, 400, 20)]
if sys.argv[2] == B:
    pages.reverse()
with a_workspace(Path(sys.argv[1])) as workspace:
    for page in pages:
        saved(workspace, sys.argv[2], [a_review(number) for number in page])
"""


def test_two_processes_at_once(tmp_path: Path) -> None:
    """Two sources pulled by two processes at a time count each review once."""
    here = str(Path(__file__).parent.parent)
    a_workspace(tmp_path).close()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _ONE_OF_TWO, str(tmp_path), source, here]
        )
        for source in (A, B)
    ]
    assert [one.wait(60) for one in running] == [0, 0]
    with a_workspace(tmp_path) as both:
        assert both.counts()["feedback"] == people(both) == 400
        assert len(table(both.db, "copy")) == 400
        assert amiss(both) == []
        assert unsound(both) == {}
