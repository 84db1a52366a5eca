"""groups matches merge split apart: a person's word on what says the same."""

from __future__ import annotations

from cli.running import Run


def _members(run: Run, name: str) -> set[str]:
    return {member["id"] for member in run("show", name, "--json").json["members"]}


def test_groups_lists_what_says_the_same(filled: Run) -> None:
    """Groups of more than one are listed; none of one."""
    told = filled("groups", "--json").json["groups"]
    assert [group["id"] for group in told] == ["g1"]
    assert told[0]["people"] == 2
    assert "g1" in filled("groups").out


def test_merge_and_undo(filled: Run) -> None:
    """Merging puts two together for good; undo takes it back."""
    told = filled("merge", "f3", "f4")
    assert told.code == 0
    assert _members(filled, "g3") == {"f3", "f4"}
    filled("undo")
    assert _members(filled, "g3") == {"f3"}


def test_merge_several_into_a_group(filled: Run) -> None:
    """Several are merged into the one named with --into."""
    filled("merge", "f3", "f4", "--into", "g1")
    assert _members(filled, "g1") == {"f1", "f2", "f3", "f4"}


def test_merge_needs_two(filled: Run) -> None:
    """One alone cannot be merged, nor a group with itself."""
    assert filled("merge", "f3").code == 2
    assert filled("merge", "g1", "--into", "g1").code == 2


def test_split_takes_out(filled: Run) -> None:
    """What is split off leaves its group for ever."""
    assert filled("split", "f2").code == 0
    assert _members(filled, "g1") == {"f1"}
    assert filled("split", "g1").code == 2
    assert filled("split", "f1", "f3").code == 2


def test_apart_is_remembered(filled: Run) -> None:
    """Two set apart are never suggested together again."""
    told = filled("apart", "g1", "f3", "--json").json
    assert told["steps"][0]["verb"] == "split"
    explained = filled("matches", "--explain", "g1", "f3", "--json").json
    assert explained["explanation"]["ruling"] == "different"
    filled("apart", "g1", "f4", "--related")
    explained = filled("matches", "--explain", "g1", "f4", "--json").json
    assert explained["explanation"]["ruling"] == "related"


def test_explain_says_why(filled: Run) -> None:
    """Two are explained by what both say and what only one says."""
    told = filled("matches", "--explain", "f1", "f2", "--json").json
    assert (told["left"], told["right"]) == ("f1", "f2")
    assert told["explanation"]["score"] == 100
    assert "score" in filled("matches", "--explain", "f1", "f3").out


def test_matches_lists_suggestions(filled: Run) -> None:
    """A group's suggestions are listed, none where nothing is like it."""
    assert filled("matches", "g1", "--json").json["group"] == "g1"
    assert filled("matches", "g1").code == 0
    assert filled("matches", "g1", "f3").code == 2
    assert filled("matches", "--explain", "g1").code == 2
