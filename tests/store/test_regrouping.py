"""Everything grouped anew: as shown, whole or not at all, and only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import (
    a_workspace,
    decisions,
    derived,
    groups,
    imported,
    numbered,
    regroup,
    said,
    table,
    told_as,
    unsound,
)
from grouping.test_together import ISSUES, partition
from triage.errors import Conflict
from triage.grouping.bands import DEFAULT
from triage.grouping.edits import make
from triage.grouping.together import together
from triage.store import fit, regrouping
from triage.workspace import Workspace


def texts(seed: int) -> list[str]:
    return [f"{one.text}" for one in make(ISSUES, 8, seed)] + ISSUES[:4]


def everything(workspace: Workspace) -> dict[str, object]:
    return {
        **decisions(workspace.db), **derived(workspace.db), **said(workspace.db),
        "match": table(workspace.db, "match"), "fit": table(workspace.db, "fit"),
    }  # fmt: skip


def scattered(workspace: Workspace) -> None:
    """Everybody alone, as tables that never group would have it."""
    of = regrouping.compared(workspace.db.read(), DEFAULT).of
    now = fit.present(strict=False)
    regrouping.regroup(workspace.db, regrouping.Anew(of, {}, []), now, apply=True)


def test_it_groups_as_all_at_once_would(workspace: Workspace) -> None:
    """What was apart comes together as the same texts do without a workspace."""
    told = texts(3)
    imported(workspace, numbered(told))
    scattered(workspace)
    assert groups(workspace) == set()
    shown = workspace.refit()
    assert groups(workspace) == set()
    done = workspace.refit(apply=True)
    assert done.changes == shown.changes
    assert done.changes.before == 0
    names = [str(number) for number in range(1, len(told) + 1)]
    expected = {group for group in partition(names, together(told)) if len(group) > 1}
    assert groups(workspace) == expected
    assert done.changes.after == len(expected)
    assert unsound(workspace) == {}
    again = workspace.refit(apply=True).changes
    assert (again.together, again.apart, again.moved) == (0, 0, 0)


def test_looking_changes_nothing(workspace: Workspace) -> None:
    """Not a row differs after it was shown what would change."""
    imported(workspace, numbered(texts(4)))
    workspace.decline(told_as(workspace, "1"), "not ours")
    scattered(workspace)
    before = everything(workspace)
    assert workspace.refit().changes.together
    assert not workspace.refit(strict=True).is_applied
    assert everything(workspace) == before


@given(st.data())
@settings(max_examples=25)
def test_rulings_and_decisions_stay(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever people ruled and decided holds; nothing but groups differs."""
    with a_workspace(tmp_path_factory.mktemp("laws")) as workspace:
        told = texts(data.draw(st.integers(0, 50)))
        imported(workspace, numbered(told))
        for _ in range(data.draw(st.integers(0, 4))):
            two = st.lists(
                st.integers(1, len(told)), min_size=2, max_size=2, unique=True
            )
            one, other = (
                workspace.group_of(told_as(workspace, str(n))[0])
                for n in data.draw(two)
            )
            ours, theirs = (
                [member.feedback for member in group.members] for group in (one, other)
            )
            if one.id == other.id:
                workspace.split(ours[:1])
            elif data.draw(st.booleans()):
                workspace.merge(ours, theirs)
            else:
                workspace.set_apart(ours, theirs)
        workspace.archive(told_as(workspace, "2"))
        before = decisions(workspace.db)
        shown = workspace.refit(strict=data.draw(st.booleans()))
        if data.draw(st.booleans()):
            scattered(workspace)
        strict = shown.after.level == "strict"
        workspace.refit(strict=strict, apply=True)
        assert decisions(workspace.db) == before
        assert unsound(workspace) == {}
        for row in table(workspace.db, "ruling"):
            ends = [workspace.group_of(workspace.feedback(end)).id for end in row[1:3]]
            assert row[3] != "same" or ends[0] == ends[1]
        workspace.undo()
        assert unsound(workspace) == {}


def test_what_arrives_meanwhile_refuses_it(workspace: Workspace) -> None:
    """Feedback that came while everything was compared is not left out unseen."""
    imported(workspace, numbered(texts(5)))
    anew = regrouping.compared(workspace.db.read(), DEFAULT)
    imported(workspace, numbered([ISSUES[0]], first=900))
    before = everything(workspace)
    with pytest.raises(Conflict, match="again"):
        regrouping.regroup(workspace.db, anew, fit.present(strict=False), apply=True)
    assert everything(workspace) == before


def test_what_waits_to_be_compared_waits_on(workspace: Workspace) -> None:
    """What was not compared yet joins afterwards as if nothing had been."""
    imported(workspace, numbered([ISSUES[0], ISSUES[1]]))
    imported(workspace, numbered([f"{ISSUES[0]}!"], first=9), group=False)
    workspace.refit(apply=True)
    assert unsound(workspace) == {}
    regroup(workspace)
    assert groups(workspace) == {frozenset({"1", "9"})}


def test_an_empty_workspace_has_nothing_to_group(workspace: Workspace) -> None:
    """Nothing stored is nothing to change."""
    told = workspace.refit(apply=True)
    assert (told.before, told.changes.after, told.changes.largest) == (None, 0, ())


def test_other_rules_are_told_and_never_applied(tmp_path: Path) -> None:
    """A change of level or tables is said until everything is grouped anew."""
    with a_workspace(tmp_path) as workspace:
        assert workspace.grouped_by() == "nothing yet"
        imported(workspace, numbered(texts(6)))
        now = str(fit.present(strict=False))
        assert workspace.grouped_by() == now
        assert workspace.stale() == ""
        before = derived(workspace.db)
    (tmp_path / "work.toml").write_text("[grouping]\nstrict = true\n")
    with a_workspace(tmp_path) as workspace:
        strict = str(fit.present(strict=True))
        for _ in range(2):
            assert workspace.stale() == (
                f"grouping was made with {now}; `triage groups refit` shows what"
                f" {strict} would change"
            )
            regroup(workspace)
            assert derived(workspace.db) == before
        workspace.refit()
        assert workspace.stale()
        workspace.refit(apply=True)
        assert (workspace.stale(), workspace.grouped_by()) == ("", strict)


def test_groups_of_before_are_of_an_earlier_version(workspace: Workspace) -> None:
    """Where nobody kept what groups were made by, that is what is said."""
    imported(workspace, numbered(texts(7)))
    with workspace.db.write() as write:
        fit.keep(write, fit.Fit("", ""))
    assert workspace.grouped_by().startswith(
        "grouping was made with an earlier version"
    )
