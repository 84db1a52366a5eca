"""Who behaves alike, found in what people were quoted for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factories import a_workspace, an_incoming, imported
from triage.measures.alikeness import Verdict
from triage.workspace import Workspace

PLANS = {"team": (6, 3, 1), "business": (6, 3, 1), "free": (1, 3, 6), "rare": (1, 0, 0)}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Two plans that speak of the same, one that speaks of something else, a rare one."""
    folder = tmp_path_factory.mktemp("alike")
    (folder / "work.toml").write_text('[segments]\nunpaid = "plan:free"\n')
    told = [
        (plan, point)
        for plan, weights in PLANS.items()
        for point, weight in enumerate(weights)
        for _ in range(weight * (15 if plan != "rare" else 3))
    ]
    with a_workspace(folder) as made:
        imported(
            made,
            [
                an_incoming(str(n), f"{point} hurts", email=f"p{n}@x.test",
                            context={"plan": plan})
                for n, (plan, point) in enumerate(told, 1)
            ],
            group=False,
        )  # fmt: skip
        for number in range(3):
            first = [n for n, (_, point) in enumerate(told, 1) if point == number]
            made.accept([made.feedback(f"f{n}") for n in first], f"Pain {number}")
        made.add_persona("Everybody", "state:all")
        made.add_persona("Paying", "plan:team,business")
        made.add_persona("Thrifty", "plan:free")
        yield made


def test_those_alike_are_worth_one_persona(workspace: Workspace) -> None:
    """Plans that speak alike are one group with a query that finds both."""
    found = workspace.alike()
    (group,) = found.groups
    assert (group.field, set(group.names)) == ("plan", {"team", "business"})
    assert group.people == 300
    assert set(workspace.persona("Paying").query.split(":")[1].split(",")) == set(
        group.names
    )
    (pair,) = group.pairs
    assert pair.compared.verdict is Verdict.ALIKE
    assert found.titles[pair.compared.shares[0].pain_point] == "Pain 0"


def test_a_persona_of_two_kinds_is_told(workspace: Workspace) -> None:
    """A persona whose people differ by plan lumps them together; another does not."""
    found = workspace.alike()
    assert {one.within for one in found.lumped} == {"Everybody"}
    assert {frozenset((one.left.name, one.right.name)) for one in found.lumped} == {
        frozenset(("team", "free")),
        frozenset(("business", "free")),
    }
    assert all(one.compared.verdict is Verdict.DIFFERENT for one in found.lumped)


def test_too_few_are_told_so(workspace: Workspace) -> None:
    """Three people of a plan say nothing; a crowd that is all in another neither."""
    found = workspace.alike()
    rare = [one for one in found.pairs if "rare" in (one.left.name, one.right.name)]
    assert rare
    assert all(one.compared.verdict is Verdict.TOO_FEW for one in rare)
    same = [
        one
        for one in found.pairs
        if {one.left.name, one.right.name} == {"Thrifty", "unpaid"}
    ]
    assert [one.compared.left for one in same] == [0]
    assert found.too_few == sum(
        one.compared.verdict is Verdict.TOO_FEW for one in found.pairs
    )
    assert found.named == ()


def test_nobody_is_compared_in_an_empty_workspace(tmp_path: Path) -> None:
    """Without anybody quoted there is nothing to say."""
    with a_workspace(tmp_path) as empty:
        found = empty.alike()
        assert (found.speakers, found.pairs, found.groups) == (0, (), ())
