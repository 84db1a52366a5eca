"""Empathy as docs/EMPATHY.md walks through it: each key pressed, each sight seen."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from factories import unsound
from triage.cli.program import program
from triage.demo.build import build
from triage.empathy import Area
from triage.operations.pain_points import Span
from triage.research import Consent, Feeling, Meaning
from triage.tui.actions import of
from triage.workspace import Workspace
from tui.backlog import go, picture, status, visit
from tui.desk import Desk

TODAY = datetime(2026, 7, 8, 14, 30, tzinfo=UTC)
PAGE = Path(__file__).parents[2] / "docs" / "EMPATHY.md"
PARTS = (
    "app", "inbox", "listen", "listening-week", "research", "quote", "personas",
    "persona", "map", "list",
)  # fmt: skip
ASKED = {*"23afinsw", "f2", "space", "backspace", "escape"}
"""Keys that a question takes, besides those of screens."""

ADA = "Ada Winter"

_STEP = re.compile(r"^\d+\. ", re.MULTILINE)
_TOLD = re.compile(
    r"`(?P<key>[^`]+)`(?: × (?P<times>\d+))?|\*\*(?P<typed>[^*]+)\*\*|\*(?P<seen>[^*]+)\*"
)


@dataclass(frozen=True)
class Told:
    """One thing the walk says: keys pressed, or a text typed, or a sight seen."""

    keys: tuple[str, ...] = ()
    typed: str = ""
    seen: str = ""


def steps() -> list[list[Told]]:
    """The walk as the page tells it."""
    walk = PAGE.read_text("utf-8").split("\n## A walk\n")[1].split("\n## ")[0]
    return [list(_told(step)) for step in _STEP.split(walk)[1:]]


def _told(step: str) -> Iterator[Told]:
    for one in _TOLD.finditer(" ".join(step.split())):
        keys = (one["key"],) * int(one["times"] or 1) if one["key"] else ()
        yield Told(keys, one["typed"] or "", one["seen"] or "")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, filled once."""
    path = tmp_path_factory.mktemp("built") / "demo.db"
    with Workspace(path, clock=lambda: TODAY) as made:
        build(made, TODAY)
    return path


@pytest.fixture
def demo(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    """The demo to oneself, where files are written to."""
    monkeypatch.chdir(tmp_path)
    with Workspace(
        Path(shutil.copy(built, tmp_path / "demo.db")), clock=lambda: TODAY
    ) as one:
        yield one


async def take(desk: Desk, told: Told) -> None:
    """Do what is told, or see it."""
    if told.keys:
        await go(desk, *told.keys)
    elif told.typed:
        await desk.type(told.typed)
        await desk.pilot.pause(0.15)
        await go(desk)
    else:
        shown = await picture(desk)
        assert told.seen in " ".join(shown.split()), f"{told.seen} is not in\n{shown}"


def as_json(demo: Workspace, *args: str) -> object:
    """What the command of the same name prints of it."""
    words = ["--db", str(demo.path), *args, "--json"]
    ended = CliRunner().invoke(program, words, prog_name="triage")
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_walk(demo: Workspace, tmp_path: Path, size: tuple[int, int]) -> None:
    """
    By keys alone: a listening session, an interview, three highlights, a persona, its
    map of two observed entries and one inferred, objections, three files; what is kept
    is what was told, commands say the same, and every step is taken back and done again.
    """
    before = demo.history(1)[0].id
    there = demo.sessions(), demo.highlights(), demo.personas()
    async with visit(demo, "inbox", size) as desk:
        for step in steps():
            for told in step:
                await take(desk, told)
        done = [one.verb for one in reversed(demo.history(40))
                if one.id > before and one.state == "done"]  # fmt: skip
        assert done == [
            "note", "note", "listen", "research", *["highlight"] * 3, *["persona"] * 4,
        ]  # fmt: skip
        kept(demo)
        written(tmp_path)
        in_the_shell(demo)
        await go(desk, "g", "i", *["u"] * len(done))
        assert status(desk).startswith("Undone: Noted on ")
        assert (demo.sessions(), demo.highlights(), demo.personas()) == there
        await go(desk, *["U"] * len(done))
        kept(demo)
    assert unsound(demo) == {}


def kept(demo: Workspace) -> None:
    """Everything the walk tells is stored as it was told."""
    (one,) = (one for one in demo.sessions() if one.session.participant == ADA)
    assert (one.session.segment, one.consent) == ("writers", Consent.NAMED)
    assert [promised.text for promised in one.session.follow_ups] == [
        "send her the beta"
    ]
    assert one.session.text.startswith("I opened it on the eve of the deadline.")
    assert [
        (heard.quote, heard.feeling, heard.intensity, heard.meaning, heard.tags)
        for heard in one.highlights
    ] == [
        ("The export stopped at ninety percent.", Feeling.FRUSTRATED, 2,
         Meaning.WORRY, ("export",)),
        ("I lost two hours of work.", Feeling.ANGRY, 3, Meaning.WORRY, ()),
        ("Now I feel stupid and go to bed.", Feeling.SAD, 2, Meaning.NEED, ()),
    ]  # fmt: skip
    view = demo.persona_view(demo.persona("Deadline writer"))
    assert (view.persona.query, view.persona.role) == ("from:winter", "hands in a book")
    assert [(note.note.area, note.note.text, len(note.cited)) for note in view.notes] == [
        (Area.SAYS, "The export stopped at ninety percent.", 1),
        (Area.FEELS, "Left alone with it", 2),
        (Area.THINKS, "It fails again when it counts", 0),
    ]  # fmt: skip
    assert {bias.name for bias in demo.bias(view)} >= {"few_people", "only_angry"}


def written(folder: Path) -> None:
    """Each file says what was said, what was concluded and what speaks against it."""
    for ending in ("html", "md", "svg"):
        told = re.sub(
            r"<[^>]+>", " ", (folder / f"deadline-writer.{ending}").read_text("utf-8")
        )
        plain = " ".join(told.split())
        for words in (
            "The export stopped at ninety percent.", "I lost two hours of work.",
            "Left alone with it", "It fails again when it counts",
            "only 1 person is quoted",
        ):  # fmt: skip
            assert words in plain, (ending, words)


def in_the_shell(demo: Workspace) -> None:
    """The commands of the same names tell the same."""
    assert ADA in str(as_json(demo, "research", "list"))
    assert "I lost two hours of work." in str(as_json(demo, "highlight", "list"))
    assert "hands in a book" in str(as_json(demo, "persona", "show", "Deadline writer"))
    drawn = str(as_json(demo, "persona", "map", "Deadline writer"))
    assert "It fails again when it counts" in drawn
    assert "few_people" in drawn
    week = as_json(demo, "listening", "--week", "2026-W28")
    assert len(week["sessions"]) == len(demo.week().sessions)  # type: ignore[index]
    assert "Deadline writer" in str(as_json(demo, "log"))


def test_the_walk_names_keys_there_are() -> None:
    """Every key of it stands in the table of actions, or answers a question."""
    there = {
        key for one in of(*PARTS) for pressed in one.keys for key in pressed.split()
    }
    named = {key for step in steps() for told in step for key in told.keys}
    assert named <= there | ASKED, named - there - ASKED
    assert len(steps()) == 10


async def test_words_without_consent_stay(demo: Workspace, tmp_path: Path) -> None:
    """What somebody said in person and never agreed to pass on stays, and that is told."""
    view = next(one for one in demo.sessions() if not one.consent.lets_words_out)
    heard = demo.highlight(view.feedback, Span(0, 24))
    writer = demo.add_persona("Aaron", "export")
    demo.write_entry(writer, Area.SAYS, "", [heard])
    async with visit(demo, "personas") as desk:
        await go(desk, "x", *["backspace"] * 4)
        await desk.type("md")
        await go(desk, "enter")
        assert "1 quote withheld" in status(desk)
        assert heard.quote not in (tmp_path / "aaron.md").read_text("utf-8")
