"""groups matches merge split apart: what says the same, and a person's word on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run
from triage.store.database import Database

ALIKE = (
    "The export to a file loses all tags of a large notebook",
    "The export to a file loses all of the tags of a large notebook",
    "The import of a file loses all tags of a large notebook",
    "I was charged twice in march and nobody answers my mails",
)


@pytest.fixture
def alike(run: Run, tmp_path: Path) -> Run:
    """Three that are alike, two of them enough to be grouped, and one that is not."""
    file = tmp_path / "alike.csv"
    lines = [f"{n},{text}" for n, text in enumerate(ALIKE, 1)]
    file.write_text("\n".join(["id,Text", *lines]))
    assert run("import", file).code == 0
    return run


def _members(run: Run, name: str) -> set[str]:
    return {member["id"] for member in run("show", name, "--json").json["members"]}


def test_groups_lists_what_says_the_same(filled: Run) -> None:
    """Groups of more than one are listed; none of one."""
    told = filled("groups", "--json").json["groups"]
    assert [group["id"] for group in told] == ["g1"]
    assert told[0]["people"] == 2
    assert "g1" in filled("groups").out


def test_groups_limits(filled: Run) -> None:
    """Any number of groups is listed; 0, like --all, is no limit."""
    filled("merge", "f3", "f4")
    for words, many in ((("--limit", "1"), 1), (("--limit", "0"), 2), (("--all",), 2)):
        assert len(filled("groups", *words, "--json").json["groups"]) == many
    told = filled("groups", "--all", "--json").json["groups"]
    assert [group["reason"] for group in told] == [{"person": 2}, {"copy": 2}]
    assert {one["external_id"] for one in told[1]["members"]} == {"1", "2"}


def test_groups_options_stay_with_their_command(filled: Run) -> None:
    """An option before a command within would do nothing, so it is refused."""
    told = filled("groups", "--json", "eval")
    assert told.code == 2
    assert "after 'eval'" in told.err
    assert filled("groups", "nonsense").code == 2


def test_a_resend_is_told(run: Run, tmp_path: Path) -> None:
    """The same person's second copy is counted apart and flagged."""
    file = tmp_path / "mails.csv"
    file.write_text(
        "id,Text,Name\n1,The export loses all of my tags,Ann\n"
        "2,The export loses all of my tags,Ann\n3,The export loses all of my tags,Bo\n"
    )
    assert run("import", file).code == 0
    (group,) = run("groups", "--json").json["groups"]
    assert (group["size"], group["people"], group["resends"]) == (3, 2, 1)
    assert [one["id"] for one in group["members"] if one["resend"]] == ["f2"]
    assert run("show", "g1", "--json").json["resends"] == 1
    shown = run("show", "g1").out
    assert "3 messages (1 resend) of 2 people" in shown
    assert "resend; " in shown


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


def test_matches_lists_all_that_are_kept(alike: Run) -> None:
    """Every match is listed, the surest first, with what became of it."""
    told = alike("matches", "--json").json["matches"]
    assert [one["score"] for one in told] == sorted(
        (one["score"] for one in told), reverse=True
    )
    surest = told[0]
    assert (surest["left"], surest["right"]) == ("f1", "f2")
    assert (surest["left_source"], surest["left_external_id"]) == ("alike", "1")
    assert (surest["band"], surest["together"], surest["verdict"]) == (
        "grouped", True, None,
    )  # fmt: skip
    assert {(one["left"], one["right"]) for one in told} >= {("f1", "f3")}
    assert "f1" in alike("matches").out


def test_matches_are_narrowed(alike: Run) -> None:
    """By band, by score and in number."""
    every = alike("matches", "--json").json["matches"]
    for band in ("grouped", "suggested"):
        told = alike("matches", "--band", band, "--json").json["matches"]
        assert told == [one for one in every if one["band"] == band]
    least = every[1]["score"]
    told = alike("matches", "--min-score", least, "--json").json["matches"]
    assert told == [one for one in every if one["score"] >= least]
    assert alike("matches", "--limit", "1", "--json").json["matches"] == every[:1]
    assert alike("matches", "g1", "--band", "grouped").code == 2


def test_what_may_be_proposed_too(alike: Run) -> None:
    """With a band, of each two groups that may be one what is less than sure."""
    told = alike("matches", "--proposed", "--band", "suggested", "--json").json
    every = alike("matches", "--band", "suggested", "--json").json["matches"]
    groups = [frozenset((m["left_group"], m["right_group"])) for m in told["matches"]]
    assert groups
    assert len(groups) == len(set(groups))
    assert set(groups) == {
        frozenset((m["left_group"], m["right_group"]))
        for m in every if not m["together"]
    }  # fmt: skip


def test_a_split_pair_is_proposed_no_more(alike: Run) -> None:
    """Groups that may be one are proposed until a person says otherwise."""
    assert alike("split", "f2").code == 0
    told = alike("matches", "--json").json["matches"][0]
    assert (told["verdict"], told["together"]) == ("different", False)
    assert alike("matches", "--proposed", "--json").json["matches"] == []
    assert "may be one" not in alike("groups").err
    alike("undo")
    assert alike("matches", "--json").json["matches"][0]["verdict"] is None


def test_refit_shows_before_it_does(alike: Run, db: Path) -> None:
    """What would change is told whole, and done only with --apply."""
    db.with_suffix(".toml").write_text("[grouping]\nstrict = true\n")
    now = alike("doctor", "--json").json["grouping"]
    assert "/strict would change" in now
    assert "triage groups refit" in alike("doctor").out
    shown = alike("groups", "refit", "--json").json
    assert (shown["applied"], shown["after"][-7:]) == (False, "/strict")
    assert alike("doctor", "--json").json["grouping"] == now
    assert "nothing was changed" in alike("groups", "refit").err
    done = alike("groups", "refit", "--apply", "--json").json
    assert done == shown | {"applied": True}
    assert alike("doctor", "--json").json["grouping"] == done["after"]
    assert "done" in alike("groups", "refit", "--apply").err


def test_refit_names_what_changes(alike: Run, db: Path) -> None:
    """Groups that come together are told with the words of their parts."""
    with Database(db).write() as write:
        write.execute("DELETE FROM membership")
    told = alike("groups", "refit", "--json").json
    (change,) = told["largest"]
    assert (change["change"], change["id"], change["size"]) == ("together", "g1", 2)
    assert [part["id"] for part in change["parts"]] == ["g1", "g2"]
    assert change["parts"][0]["opening"] == ALIKE[0]
    assert "The export to a file" in alike("groups", "refit").out


def test_sync_says_when_grouping_is_of_another_make(alike: Run, db: Path) -> None:
    """A pull groups as ever and says that everything else was grouped otherwise."""
    alike("sources", "add", "csv", "more", f"path={db.with_name('alike.csv')}")
    assert "grouping was made" not in alike("sync").err
    settings = db.with_suffix(".toml")
    settings.write_text(settings.read_text() + "\n[grouping]\nstrict = true\n")
    assert "triage groups refit" in alike("sync").err
