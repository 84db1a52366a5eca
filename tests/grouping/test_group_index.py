"""Newcomers find their groups in the file: batch by batch, after any crash, in time."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from factories import (
    a_workspace,
    an_incoming,
    derived,
    groups,
    imported,
    numbered,
    regroup,
    table,
    told_as,
    unsound,
)
from grouping.pairs import agreement
from grouping.test_labelled import TODAY, labelled
from triage.demo.incoming import sources
from triage.model import Verdict
from triage.store import group_index
from triage.workspace import Workspace

TAGS = "the export to a file loses all tags of a large notebook"
LIKE_TAGS = "the export to a file loses all of the tags of a large notebook"
OTHER = "I was charged twice in march and nobody answers my mails"
LIKE_OTHER = "i was charged twice in March, and nobody answers my mail"


def together(workspace: Workspace) -> set[frozenset[str]]:
    assert unsound(workspace) == {}
    assert workspace.counts()["pending"] == 0
    return groups(workspace)


def names(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group.split()) for group in groups}


def test_copies_come_together(workspace: Workspace) -> None:
    """The same words are one group however they are dressed, across sources too."""
    imported(workspace, numbered([TAGS, f"Hi team,\n{TAGS.upper()}!!", OTHER]))
    imported(workspace, [an_incoming("9", f"{TAGS}\n--\nAnn")], source="desk")
    assert together(workspace) == names("1 2 9")
    group = workspace.group("g1")
    assert [group.short, len(group.members), group.sources] == ["g1", 3, 2]
    assert {member.match.score for member in group.members if member.match} == {100.0}


def test_short_copies_come_together(workspace: Workspace) -> None:
    """Two words are enough to be equal, never enough to be like another."""
    imported(workspace, numbered(["Great app", "great app!", "great apps", "great"]))
    assert together(workspace) == names("1 2")


def test_nothing_said_is_nobodys_copy(workspace: Workspace) -> None:
    """Ratings without words, or of emoji only, are not one message."""
    imported(workspace, numbered(["", "🎉", "!!", " "]))
    assert together(workspace) == set()


def test_later_copies_find_earlier_ones(workspace: Workspace) -> None:
    """What comes in another batch joins what is there; the group keeps its name."""
    imported(workspace, numbered([TAGS, OTHER]))
    imported(workspace, numbered([LIKE_TAGS, LIKE_OTHER, TAGS], 3))
    assert together(workspace) == names("1 3 5", "2 4")
    assert workspace.group("f5").short == "g1"


def test_groups_that_stand_are_never_merged(workspace: Workspace) -> None:
    """A bridge between two groups joins one; the other is only suggested."""
    imported(workspace, numbered([TAGS, LIKE_TAGS, OTHER, LIKE_OTHER]))
    workspace.split(told_as(workspace, "2"))
    imported(workspace, [an_incoming("5", LIKE_TAGS), an_incoming("6", TAGS)])
    assert together(workspace) == names("1 6", "2 5", "3 4")
    suggested = workspace.suggestions(workspace.group("f1"))
    assert workspace.group("f2").id not in {one.group_id for one in suggested}


def test_a_ruling_outlives_every_arrival(workspace: Workspace) -> None:
    """Called different, two texts are never together again, whatever copies come."""
    imported(workspace, numbered([TAGS, TAGS, LIKE_TAGS]))
    workspace.split(told_as(workspace, "2"))
    assert together(workspace) == names("1 3")
    for start in (10, 20):
        imported(workspace, numbered([TAGS, LIKE_TAGS, TAGS], start))
        for group in together(workspace):
            assert not {"1", "2"} <= group
    workspace.undo()
    assert {"1", "2"} <= max(together(workspace), key=len)


def test_a_merge_outlives_an_edit(workspace: Workspace) -> None:
    """Called the same, two texts stay together whatever their source makes of them."""
    imported(workspace, numbered([TAGS, OTHER]))
    workspace.merge(told_as(workspace, "1"), told_as(workspace, "2"))
    imported(workspace, [an_incoming("1", "something entirely new and unlike it")])
    assert together(workspace) == names("1 2")
    imported(workspace, [an_incoming("3", LIKE_OTHER)])
    assert together(workspace) == names("1 2 3")


def test_set_apart_is_not_suggested_again(workspace: Workspace) -> None:
    """A suggestion that was refused, or called related, does not come back."""
    near = "the export to a file loses all tags of a shared notebook"
    imported(workspace, numbered([TAGS, near]))
    assert together(workspace) == set()
    (one,) = workspace.suggestions(workspace.group("f1"))
    assert one.group_short == "g2"
    workspace.set_apart(
        told_as(workspace, "1"), told_as(workspace, "2"), Verdict.RELATED
    )
    assert workspace.suggestions(workspace.group("f1")) == []
    workspace.undo()
    assert workspace.suggestions(workspace.group("f1")) == [one]


def test_a_text_that_became_another_is_asked_about_again(workspace: Workspace) -> None:
    """Set apart, two are suggested again once one says something else, not before."""
    near = "the export to a file loses all tags of a shared notebook"
    imported(workspace, numbered([TAGS, near]))
    workspace.set_apart(
        told_as(workspace, "1"), told_as(workspace, "2"), Verdict.DIFFERENT
    )
    imported(workspace, [an_incoming("2", near + " of mine")])
    assert workspace.suggestions(workspace.group("f1")) == []
    other = "tags of large notebooks: all lost by export, why is a file without them"
    imported(workspace, [an_incoming("2", other)])
    (one,) = workspace.suggestions(workspace.group("f1"))
    assert one.other.body == other
    assert together(workspace) == set()


# What changes


def test_an_edit_finds_its_new_company(workspace: Workspace) -> None:
    """Edited, a text leaves its group and joins what it now says, earlier or later."""
    imported(workspace, numbered([TAGS, LIKE_TAGS, OTHER, "quite another matter here"]))
    imported(workspace, [an_incoming("1", LIKE_OTHER)])
    assert together(workspace) == names("1 3")
    imported(workspace, [an_incoming("4", TAGS)])
    assert together(workspace) == names("1 3", "2 4")
    assert workspace.group("f4").short == "g2"
    assert workspace.group("f3").short == "g1"


def test_the_others_stay_when_the_first_leaves(workspace: Workspace) -> None:
    """A group goes on without its founder, under its next member's name, and grows."""
    imported(workspace, numbered([TAGS, TAGS, TAGS]))
    imported(workspace, [an_incoming("1", OTHER)])
    assert together(workspace) == names("2 3")
    assert workspace.group("f3").short == "g2"
    imported(workspace, numbered([TAGS, LIKE_TAGS], 5))
    assert together(workspace) == names("2 3 5 6")
    imported(workspace, [an_incoming("1", TAGS)])
    assert together(workspace) == names("1 2 3 5 6")
    assert workspace.group("f5").short == "g1"


def test_who_was_held_by_one_alone_is_free(workspace: Workspace) -> None:
    """Where the one between them goes, two that are unlike are no group any more."""
    ends = [
        "the export to a file loses all tags of a large notebook every single time",
        "the export to a file loses all tags of a large notebook",
        "since friday the export to a file loses all tags of a large notebook",
    ]
    imported(workspace, numbered(ends))
    before = together(workspace)
    imported(workspace, [an_incoming("2", OTHER)])
    after = together(workspace)
    assert after in (set(), names("1 3"))
    imported(workspace, [an_incoming("2", ends[1])])
    assert together(workspace) == before


# Batch by batch


def company() -> list[str]:
    texts = [text for text, _ in labelled()]
    return [*texts, *(one.body for told in sources(TODAY).values() for one in told)]


def test_pages_do_not_matter(tmp_path: Path) -> None:
    """Compared after the whole import, one page or hundreds give the same groups."""
    found = []
    for size in (1000, 7):
        with a_workspace(tmp_path, f"{size}.db") as workspace:
            imported(workspace, numbered(company()), page=size)
            found.append((derived(workspace.db), table(workspace.db, "match")))
    assert found[0] == found[1]


def test_arriving_bit_by_bit_is_nearly_the_same(tmp_path: Path) -> None:
    """
    Compared after every page instead of once, exact copies are together all the same.

    The rest is nearly so: what a word is worth is known only from what has arrived,
    and groups that stand are not merged.
    """
    texts = company()
    with a_workspace(tmp_path, "whole.db") as workspace:
        imported(workspace, numbered(texts))
        whole = groups(workspace)
    with a_workspace(tmp_path, "bits.db") as workspace:
        told = numbered(texts)
        for start in range(0, len(told), 25):
            imported(workspace, told[start : start + 25])
        bits = together(workspace)
        copies = workspace.db.read().execute(
            "SELECT count(*) FROM normal n JOIN membership m USING (feedback_id)"
            " WHERE n.text <> '' GROUP BY n.text HAVING count(DISTINCT m.group_id) > 1"
        )
        assert copies.fetchall() == []
    labels = {str(number): f"alone {number}" for number in range(1, len(texts) + 1)}
    for group in whole:
        labels |= dict.fromkeys(group, min(group))
    found = agreement(bits, labels)
    assert found.precision >= 0.97
    assert found.recall >= 0.9


def test_stopped_between_batches_it_goes_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    """What was compared stays compared; the rest is pending, and ends the same."""
    texts = [f"{text} {n}" for n in range(9) for text in company()][:2600]
    imported(workspace, numbered(texts), group=False)
    after_one = iter([False, True])
    stages = workspace.group_pending(stop=lambda: next(after_one))
    assert [stage.done for stage in stages] == [group_index.BATCH]
    assert workspace.counts()["pending"] == 2600 - group_index.BATCH
    assert unsound(workspace) == {}
    regroup(workspace)
    with a_workspace(tmp_path, "whole.db") as whole:
        imported(whole, numbered(texts))
        assert together(whole) == together(workspace)


def test_stopping_when_asked(workspace: Workspace) -> None:
    """Asked to stop, it stops before the next batch, and nothing is lost."""
    imported(workspace, numbered([TAGS, TAGS]), group=False)
    assert list(workspace.group_pending(stop=lambda: True)) == []
    assert workspace.counts()["pending"] == 2
    regroup(workspace)
    assert together(workspace) == names("1 2")


_GROUP = """
import sys
from pathlib import Path
from triage.workspace import Workspace
with Workspace(Path(sys.argv[1])) as workspace:
    from triage.store import group_index
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in workspace.group_pending():
        pass
"""


def run_together(workspace: Workspace, scripts: Sequence[str]) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(workspace.path)], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for script in scripts
    ]  # fmt: skip
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, error = process.communicate(timeout=60)
        assert process.returncode == 0, error


def test_two_processes_compare_at_once(workspace: Workspace, tmp_path: Path) -> None:
    """Two at work on the same newcomers do each batch once and agree with one alone."""
    texts = [f"{text} {n}" for n in range(9) for text in company()][:2600]
    imported(workspace, numbered(texts), group=False)
    run_together(workspace, [_GROUP, _GROUP])
    with a_workspace(tmp_path, "alone.db") as alone:
        imported(alone, numbered(texts))
        assert together(alone) == together(workspace)


# In time


def test_five_thousand_copies(workspace: Workspace) -> None:
    """Thousands of one text are one group, read and decided on in no time."""
    began = time.process_time()
    imported(workspace, numbered([TAGS] * 5000))
    assert time.process_time() - began < 6
    (group,) = workspace.groups(5)
    assert (len(group.members), len(workspace.ids())) == (5000, 1)
    began = time.process_time()
    workspace.archive([member.feedback for member in group.members])
    workspace.undo()
    assert time.process_time() - began < 3
    assert unsound(workspace) == {}


def test_two_thousand_of_one_template(workspace: Workspace) -> None:
    """A template filled in differently each time is compared in time, and not merged."""
    dice = random.Random(7)
    odd = ["".join(dice.choices("bcdfghklmnprstvz", k=9)) for _ in range(4000)]
    texts = [
        f"your survey answer about {odd[2 * n]} was received, the agent {odd[2 * n + 1]}"
        " will call you back within two working days, thank you for your patience"
        for n in range(2000)
    ]
    began = time.process_time()
    imported(workspace, numbered(texts))
    assert time.process_time() - began < 15
    assert unsound(workspace) == {}
    assert max((len(group.members) for group in workspace.groups(1)), default=1) < 100


def test_many_groups_become_one(workspace: Workspace) -> None:
    """Hundreds of groups put together by one act, and taken apart again."""
    imported(
        workspace,
        numbered([f"{n} words nobody{n} else{n} says{n}" for n in range(1200)]),
    )
    first, *rest = workspace.feedback_many(sorted(workspace.ids(None, "source:mail")))
    before = derived(workspace.db)
    for one in rest[-3:]:
        workspace.merge([one], [first])
    assert len(workspace.group_of(first).members) == 4
    for _ in range(3):
        workspace.undo()
    assert before == derived(workspace.db)
    assert unsound(workspace) == {}
