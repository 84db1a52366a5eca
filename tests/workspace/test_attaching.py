"""The machine decides one thing, where it was allowed to and only where it is sure."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from factories import a_workspace, imported, numbered, told_as
from triage.config import settings_path
from triage.model import PainStatus
from triage.operations.pain_points import BY_ITSELF
from triage.sync import Attached, SyncEvent
from triage.workspace import Workspace

THEMES = {
    "Dark mode": "dark night theme bright eyes editor white contrast colours evening",
    "Export": "export pdf images table column file report printed margin pages",
    "Billing": "invoice charged refund card twice payment account month tax address",
}
COMMON = "please really today again always since update version thanks phone".split()  # noqa: SIM905


def saying(theme: str, number: int) -> str:
    """A text of a theme, in words of its own; the same number gives the same text."""
    dice = random.Random(f"{theme} {number}")
    said = dice.sample(THEMES[theme].split(), 6) + dice.sample(COMMON, 2)
    # Names and places nobody else mentions: about the same thing, not the same said.
    said += ["".join(dice.choices("aeioukrstmnl", k=7)) for _ in range(2)]
    dice.shuffle(said)
    return " ".join(said)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty texts of each theme, accepted one by one into its pain point."""
    folder = tmp_path_factory.mktemp("decided")
    with a_workspace(folder) as made:
        texts = [saying(theme, n) for theme in THEMES for n in range(40)]
        imported(made, numbered(texts))
        told = told_as(made, *map(str, range(1, len(texts) + 1)))
        for place, theme in enumerate(THEMES):
            made.accept(told[place * 40 : place * 40 + 40], theme)
    return folder


@pytest.fixture
def decided(template: Path, tmp_path: Path) -> Iterator[Workspace]:
    """That workspace, with attaching switched on."""
    (tmp_path / "work.db").write_bytes((template / "work.db").read_bytes())
    settings_path(tmp_path / "work.db").write_text('[grouping]\nattach = "auto"\n')
    with a_workspace(tmp_path) as workspace:
        yield workspace


def arriving(workspace: Workspace, file: Path, *texts: str) -> list[Attached]:
    """Import these, and say what was attached unasked."""
    rows = [f"{number},{text}" for number, text in enumerate(texts)]
    file.write_text("\n".join(["id,Text", *rows]) + "\n")

    async def events() -> list[SyncEvent]:
        return [event async for event in workspace.import_file(file)]

    return [one for one in asyncio.run(events()) if isinstance(one, Attached)]


def test_what_is_sure_is_attached(decided: Workspace, tmp_path: Path) -> None:
    """Sure arrivals become evidence in one step signed by the machine; the rest wait."""
    vague = "please really update the phone version again"
    (told,) = arriving(
        decided,
        tmp_path / "new.csv",
        saying("Export", 90),
        vague,
        saying("Billing", 91),
    )
    assert told.feedback == 2
    (entry, *_) = decided.history()
    assert (entry.by, entry.verb, entry.rows) == (BY_ITSELF, "attach", 2)
    assert entry.label == "Attached 2 by itself: f121 to p2, f123 to p3"
    first = decided.feedback("f121")
    assert [one.pain_point_id for one in decided.evidence_of(first)] == [2]
    assert decided.dispositions([first.id]) == {}, "a person still reads it"
    assert decided.evidence_of(decided.feedback("f122")) == []


def test_nothing_is_attached_unless_switched_on(
    decided: Workspace, tmp_path: Path
) -> None:
    """However sure it is, the machine asks until a person says otherwise."""
    decided.config = type(decided.config)(path=decided.config.path)
    assert arriving(decided, tmp_path / "new.csv", saying("Export", 90)) == []


def test_nothing_is_attached_without_a_record(tmp_path: Path) -> None:
    """Switched on, but with little decided so far, nothing is attached."""
    settings_path(tmp_path / "work.db").write_text('[grouping]\nattach = "auto"\n')
    with a_workspace(tmp_path) as workspace:
        imported(workspace, numbered([saying("Export", n) for n in range(9)]))
        workspace.accept(told_as(workspace, *map(str, range(1, 10))), "Export")
        assert arriving(workspace, tmp_path / "new.csv", saying("Export", 90)) == []
        assert not workspace.guess_record().is_enough


def test_what_was_taken_back_stays_so(decided: Workspace, tmp_path: Path) -> None:
    """Undone, or detached, it is not attached again, not even reworded at the source."""
    file = tmp_path / "new.csv"
    arriving(decided, file, saying("Export", 90), saying("Export", 91))
    decided.undo()
    decided.redo()
    decided.detach(decided.evidence_of(decided.feedback("f121"))[0])
    reworded = [saying("Export", 92), saying("Export", 93)]
    assert arriving(decided, file, *reworded) == []
    assert decided.evidence_of(decided.feedback("f121")) == []


def test_undoing_is_remembered(decided: Workspace, tmp_path: Path) -> None:
    """One undo takes all of it back, and the same arrivals stay untouched from then on."""
    file = tmp_path / "new.csv"
    arriving(decided, file, saying("Export", 90), saying("Billing", 91))
    decided.undo()
    assert decided.evidence_of(decided.feedback("f121")) == []
    assert arriving(decided, file, saying("Export", 92), saying("Billing", 93)) == []


def test_who_joins_a_decided_group_is_left_to_people(
    decided: Workspace, tmp_path: Path
) -> None:
    """A copy of what was decided comes back as a newcomer of its group instead."""
    assert arriving(decided, tmp_path / "new.csv", saying("Export", 3)) == []


def test_the_machine_does_not_learn_from_itself(
    decided: Workspace, tmp_path: Path
) -> None:
    """What it attached is no precedent until a person accepts it there."""
    text = f"{saying('Export', 90)} zanzibar"
    arriving(decided, tmp_path / "new.csv", text)
    index = decided.precedents.index(decided.db.read())
    assert text not in {one.text for one in index.quotes}
    decided.accept([decided.feedback("f121")], 2)
    index = decided.precedents.index(decided.db.read())
    assert text in {one.text for one in index.quotes}


def test_chances_follow_what_was_decided(decided: Workspace, tmp_path: Path) -> None:
    """With enough decided, a guess is a probability; a vague text has a small one."""
    vague = "please really update the phone version again"
    decided.config = type(decided.config)(path=decided.config.path)
    arriving(decided, tmp_path / "new.csv", saying("Export", 90), vague)
    (best, *_) = decided.guesses(decided.feedback("f121"))
    assert best.pain_point.title == "Export"
    assert best.confidence is not None
    assert best.confidence > 0.9
    assert set(best.words) <= set(THEMES["Export"].split())
    unsure = decided.guesses(decided.feedback("f122"))
    assert all((one.confidence or 0) < 0.9 for one in unsure)


def test_an_index_lasts_until_something_is_decided(decided: Workspace) -> None:
    """It is built once for a state of the workspace; a closed pain point leaves it."""
    read = decided.db.read()
    index = decided.precedents.index(read)
    assert decided.precedents.index(read) is index
    decided.edit(decided.pain_point(1).pain_point, status=PainStatus.RESOLVED)
    assert decided.precedents.index(read).pain_points.tolist() == [2, 3]
    decided.undo()
    assert decided.precedents.index(read).pain_points.tolist() == [1, 2, 3]


def test_many_may_ask_at_once(decided: Workspace) -> None:
    """Threads that ask while nothing is built get one index and the same answer."""
    feedback = decided.feedback("f7")

    def ask(number: int) -> tuple[object, object]:
        del number
        return decided.guesses(feedback), decided.precedents.index(decided.db.read())

    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(ask, range(8)))
    assert len({id(index) for _, index in told}) == 1
    assert all(guesses == told[0][0] for guesses, _ in told)


def test_what_was_declined_counts_against(decided: Workspace) -> None:
    """Feedback people declined is tried too, and no guess about it is right."""
    before = decided.guess_record()
    told = [saying("Export", 200 + n) for n in range(15)]
    imported(decided, numbered(told), source="other")
    found = [decided.feedback(key) for key in decided.ids(None, "source:other")]
    decided.decline(found, "not planned")
    after = decided.guess_record()
    assert len(after.trials) == len(before.trials) + len(found)
    assert sum(one.is_right for one in after.trials) == sum(
        one.is_right for one in before.trials
    )
