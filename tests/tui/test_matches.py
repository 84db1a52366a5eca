"""What may say the same is gone through pair by pair, and every word can be taken back."""

from __future__ import annotations

import pytest

from factories import imported, told_as
from triage.errors import TriageError
from triage.model import Verdict
from triage.tui.review import Pair, Review, pair, pairs
from triage.tui.screens.matches import MatchesScreen
from triage.workspace import Workspace
from tui.backlog import front, go, picture, status, visit
from tui.desk import Desk, Golden, said

DOCUMENT = (
    "When I export a document of six hundred pages the window closes without a word and"
    " everything since the last save is gone"
)
PRINT = "When I print a document of six hundred pages the window freezes for an hour"
INVOICE = (
    "The invoice of March was charged twice to my card and nobody answers my mails"
)
TWICE = "The invoice of April was charged twice to my card and nobody answers me"


@pytest.fixture
def twos(workspace: Workspace) -> Workspace:
    """Two pairs that may say the same, of which three people say one side."""
    told = [
        said(31, DOCUMENT, 1, author="Ida"), said(32, PRINT, 2, author="Bo"),
        said(33, f"{DOCUMENT}.", 9, author="Eve"), said(34, INVOICE, 3, author="Lea"),
        said(35, TWICE, 4, author="Max"), said(36, f"{DOCUMENT}!", 11, author="Zoe"),
    ]  # fmt: skip
    imported(workspace, told, source="forum")
    return workspace


def screen(desk: Desk) -> MatchesScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, MatchesScreen)
    return found


def shown(desk: Desk) -> Pair:
    """The two that are compared."""
    found = screen(desk).pair
    assert found is not None
    return found


def together(workspace: Workspace, one: str, other: str) -> bool:
    """Whether two of the forum are in one group."""
    left, right = (told_as(workspace, n, source="forum")[0] for n in (one, other))
    return workspace.group_of(left).id == workspace.group_of(right).id


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(twos: Workspace, golden: Golden, size: tuple[int, int]) -> None:
    """Both texts, the words they share, the score, and what would come of it."""
    async with visit(twos, "matches", size) as desk:
        await go(desk)
        golden.check(f"matches_{size[0]}x{size[1]}", await picture(desk))


def test_pairs(twos: Workspace) -> None:
    """Of each two groups one pair, the surest first; larger groups stay."""
    found = pairs(twos)
    assert len(found) >= 2
    assert [one.score for one in found] == sorted(
        (f.score for f in found), reverse=True
    )
    for match in found:
        two = pair(twos, match)
        assert two is not None
        assert two.ours.people >= two.theirs.people
        assert not two.is_settled


async def test_same_and_what_comes_of_it(twos: Workspace) -> None:
    """y makes one of two, as was said before; the next pair follows."""
    async with visit(twos, "matches") as desk:
        await go(desk)
        size = len(screen(desk).review.pairs)
        while {shown(desk).one.author, shown(desk).other.author} != {"Ida", "Bo"}:
            await go(desk, "space")
        assert f"of {size}" in desk.text
        assert "3 people → 4 people" in desk.text
        assert not together(twos, "31", "32")
        await go(desk, "y")
        assert together(twos, "31", "32")
        await go(desk, "u")
        assert not together(twos, "31", "32")
        assert {shown(desk).one.author, shown(desk).other.author} == {"Ida", "Bo"}


async def test_never_again_and_related(twos: Workspace) -> None:
    """n and r are remembered as they were meant, and the pair never comes back."""
    async with visit(twos, "matches") as desk:
        await go(desk)
        first = shown(desk)
        await go(desk, "n")
        second = shown(desk)
        assert {first.one.id, first.other.id} != {second.one.id, second.other.id}
        await go(desk, "r")
        for two, verdict in ((first, Verdict.DIFFERENT), (second, Verdict.RELATED)):
            rulings = twos.group_of(two.one).rulings
            assert [one.verdict for one in rulings] == [verdict]
        await go(desk, "h", "h")
        assert {shown(desk).one.id, shown(desk).other.id} == {
            first.one.id, first.other.id,
        }  # fmt: skip
        assert "A person said:" in desk.text
        await go(desk, "u", "u")
        assert len(pairs(twos)) == len(screen(desk).review.pairs)


async def test_swap(twos: Workspace) -> None:
    """x turns the two round: the other one stays, and its texts stand left."""
    async with visit(twos, "matches") as desk:
        await go(desk)
        before = shown(desk)
        await go(desk, "x")
        after = shown(desk)
        assert (after.one, after.other) == (before.other, before.one)
        assert after.told["left"] == before.told["right"]
        left = screen(desk).comparison.left._passages
        assert any(after.one.body in passage.text for passage in left)
        await go(desk, "y")
        assert f"into {after.one.short}" in status(desk)


async def test_the_end(twos: Workspace) -> None:
    """At the end stands what was said; undo goes back to the last pair."""
    async with visit(twos, "matches", (80, 24)) as desk:
        await go(desk)
        size = len(screen(desk).review.pairs)
        await go(desk, "n", *["space"] * size)
        assert "Nothing is left to compare." in desk.text
        assert "1 pair: 1 never again." in desk.text
        assert "left for later" in desk.text
        assert "h before" in desk.text
        await go(desk, "u")
        assert "1 of" in desk.text
        assert screen(desk).pair is not None


async def test_redo(twos: Workspace) -> None:
    """What is done again counts again, and the next pair is shown."""
    async with visit(twos, "matches") as desk:
        await go(desk)
        first = shown(desk).one
        await go(desk, "n", "u", "U")
        assert shown(desk).one.id != first.id or screen(desk).review.at == 1
        assert "1 never again" in " ".join(screen(desk).review.summary())


async def test_settled_on_the_way(twos: Workspace) -> None:
    """A pair that became one group by other words is not asked about."""
    async with visit(twos, "matches") as desk:
        await go(desk)
        rest = screen(desk).review.pairs[1:]
        for match in rest:
            two = pair(twos, match)
            if two is not None and not two.is_settled:
                twos.merge([two.other], [two.one])
        await go(desk, "space")
        assert "Nothing is left to compare." in desk.text
        assert "settled by those" in desk.text


async def test_nothing_to_compare(empty: Workspace) -> None:
    """Where nothing may be the same, that is said."""
    async with visit(empty, "matches") as desk:
        await go(desk, "y", "n", "x", "space", "h")
        assert "Nothing is left to compare." in desk.text


async def test_a_decision_that_is_refused(
    twos: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal is told, and the pair stays to be ruled about."""

    def refuse(*about: object) -> None:
        raise TriageError("the disk is full")

    async with visit(twos, "matches") as desk:
        await go(desk)
        before = shown(desk)
        monkeypatch.setattr(twos, "merge", refuse)
        await go(desk, "y")
        assert shown(desk) is before
        assert not screen(desk)._deciding


def test_undoing_something_else() -> None:
    """A step that was about none of the pairs moves nothing."""
    review = Review[object]()
    assert review.undone(7) is None
    assert not review.redone(7)
    assert review.is_over


async def test_from_the_inbox(twos: Workspace) -> None:
    """g m leads there from anywhere, and O to all of the first group."""
    async with visit(twos, "inbox") as desk:
        await go(desk, "g", "m")
        one = shown(desk).one
        await go(desk, "O")
        assert one.body[:30] in await picture(desk)
