"""No consent, and nothing leaves the file: by no door there is, in no bytes."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import shops
from asking import Asked, asked
from export.test_formats import OURS
from factories import an_incoming, imported, regroup, told_as
from packages import installed
from servers.planner import CANARY, Plans
from servers.served import served
from triage.brief import written
from triage.cli.brief_shapes import of_brief
from triage.connector import Channel
from triage.dashboard import html as dashboard_page
from triage.empathy import Area
from triage.errors import UsageError
from triage.model import Feedback
from triage.operations.story_text import StoryText
from triage.persona_map import FORMATS as MAPS
from triage.persona_map import Shown, sheet_of
from triage.persona_map import written as map_written
from triage.research import Consent
from triage.workspace import Asker, BriefWishes, PainView, Way, Workspace

NAME, ADDRESS, FIRM = "Zelda Quillfeather", "zelda@hush.example", "Hushworks Ltd"
WORDS = "the secret ledger melts whenever I export it on Fridays"
BODY = f"{NAME} here. {WORDS}. Write to {ADDRESS}, or ask anybody at {FIRM}."
NAMING = (b"quillfeather", b"zelda", b"hush.example", b"hushworks")
SAYING = (b"secret ledger", b"melts whenever")


@dataclass(frozen=True, slots=True)
class World:
    """What was asked for in public and in person, and everything it can be told to."""

    asked: Asked
    plans: Plans
    said: Feedback

    @property
    def workspace(self) -> Workspace:
        return self.asked.workspace

    def consent(self, consent: Consent) -> None:
        """She lets out so much."""
        self.workspace.consent_to([self.said], consent)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """She is quoted beside five others, and alone, in words of hers and of ours."""
    folder = installed(
        tmp_path / "trackers", "planner", "planner = servers.planner:Planner\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    (tmp_path / "installed").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    plans = Plans()
    with served(plans.answer) as address, asked(tmp_path) as made:
        workspace = made.workspace
        workspace.add_source(
            "plan", "planner", {"url": address, "token": CANARY, "writes": "true"}
        )
        yield World(made, plans, hear(workspace))
    shops.forget()


def hear(workspace: Workspace) -> Feedback:
    """She was heard in person, and what she said was written down in many places."""
    imported(
        workspace,
        [
            an_incoming(
                "zelda-quillfeather-1", BODY, channel=Channel.INTERVIEW, author=NAME,
                email=ADDRESS, company=FIRM, title=f"Talk with {NAME}",
                url="https://hush.example/zelda", thread="zelda-and-us",
                context={"place": "at Zelda's", "plan": "Team", "mrr": 90},
            )
        ],
        source="interviews",
    )  # fmt: skip
    regroup(workspace)
    (said,) = told_as(workspace, "zelda-quillfeather-1", source="interviews")
    workspace.accept([said], 1)
    workspace.accept([said], f"What {NAME} told us", statement=f"“{WORDS}”, she said")
    point = workspace.pain_point("p2").pain_point
    cited = workspace.pain_point("p2").quotes[0].evidence.id
    workspace.tell_story(
        point, StoryText(role="owner", want=f"that “{WORDS}” ends", evidence=(cited,))
    )
    workspace.estimate(point, "ease", 3, reason=f"{NAME} said it is easy")
    item = workspace.plan(f"Answer {NAME} of {FIRM}")
    workspace.link(point, item)
    persona = workspace.add_persona(
        "Ledger keepers", "source:interviews", f"Whoever says that “{WORDS}”"
    )
    workspace.write_entry(persona, Area.SAYS, f"{NAME}: {WORDS}", [f"e{cited}"])
    workspace.write_entry(persona, Area.FEELS, f"Alone, as {NAME} of {FIRM} is")
    return said


def everything_written(workspace: Workspace, folder: Path) -> dict[str, bytes]:
    """Every format and every brief, as bytes; what is packed is unpacked."""
    told: dict[str, bytes] = {}
    for name in OURS:
        for redact in (False, True):
            where = folder / f"{name}-{redact}-{len(list(folder.iterdir()))}"
            listing = where.with_suffix(".manifest")
            workspace.export(name, where, redact=redact, manifest=listing)
            parts = [listing, *(where.iterdir() if where.is_dir() else [where])]
            told[f"{name} {redact}"] = b"\n".join(map(_unpacked, parts))
    for wishes in (
        BriefWishes(top=20), BriefWishes(top=20, names=True),
        BriefWishes(top=20, redact=True),
    ):  # fmt: skip
        brief = workspace.brief(wishes)
        for to in ("markdown", "html"):
            told[f"{to} {wishes}"] = written(brief, to).encode()
        told[f"json {wishes}"] = json.dumps(of_brief(brief)).encode()
    told["dashboard"] = dashboard_page(workspace.dashboard_to_hand_out()).encode()
    view = workspace.persona_view(workspace.persona("u1"))
    for names in (False, True):
        shown = Shown(leaves=True, names=names, told=workspace.letting().text)
        sheet = sheet_of(
            view, workspace.bias(view), workspace.rests_on(view), shown,
            workspace.clock(),
        )  # fmt: skip
        for to in MAPS:
            told[f"map {to} {names}"] = map_written(sheet, to).encode()
    return told


def _unpacked(path: Path) -> bytes:
    raw = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return raw
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return b"\n".join(map(packed.read, packed.namelist()))


def everything_sent(world: World) -> dict[str, bytes]:
    """Every kind of draft, sent; what each service was told."""
    workspace, plans = world.workspace, world.plans
    for point in (1, 2):
        view = workspace.pain_point(f"p{point}")
        item, _ = workspace.file(view.pain_point, "plan", names=True)
        send(workspace)
        item = workspace.roadmap_item(item.id)
        for draft in (workspace.refer, partial(workspace.comment, names=True)):
            try:
                draft(item)
            except UsageError as error:
                told = str(error)
                assert "has an address" in told or "nothing new" in told
        workspace.draft_tellings(point, partial(shipped, workspace, view))
        send(workspace)
    mails = [str(mail) for mail in world.asked.post.mails]
    return {
        "tracker": b"\n".join(
            repr((one.url, one.content)).encode() for one in plans.requests
        ),
        "replies": repr(world.asked.shop.told).encode(),
        "mails": "\n".join(mails).encode(),
    }


def shipped(workspace: Workspace, view: PainView, asker: Asker, way: Way) -> str:
    """What one person is told."""
    return workspace.filled_for("shipped", view, asker, way)


def send(workspace: Workspace) -> list[Any]:
    """Send whatever waits."""

    async def all_of_it() -> list[Any]:
        drafts = [view.draft for view in workspace.drafts()]
        return [event async for event in workspace.send(drafts)]

    return asyncio.run(all_of_it())


def holding(told: dict[str, bytes], needles: tuple[bytes, ...]) -> list[str]:
    """Which of these hold any of that, however it is written."""
    return [
        f"{name}: {needle!r}"
        for name, raw in told.items()
        for needle in needles
        if needle in raw.lower()
    ]


@pytest.mark.parametrize("consent", [None, Consent.NO])
def test_nothing_leaves(world: World, tmp_path: Path, consent: Consent | None) -> None:
    """Without consent no bytes hold her words, her name, her address or her firm."""
    if consent is not None:
        world.consent(consent)
    folder = tmp_path / "out"
    folder.mkdir()
    assert holding(everything_written(world.workspace, folder), NAMING + SAYING) == []
    sent = everything_sent(world)
    assert holding(sent, NAMING + SAYING) == []
    assert b"PLAN" in sent["tracker"] or world.plans.plans
    assert world.asked.post.mails


def test_words_leave_without_a_name(world: World, tmp_path: Path) -> None:
    """Anonymous: her words leave, and no bytes say whose; she herself may be told."""
    world.consent(Consent.ANONYMOUS)
    folder = tmp_path / "out"
    folder.mkdir()
    told = everything_written(world.workspace, folder)
    assert holding(told, NAMING) == []
    assert {one.partition(":")[0] for one in holding(told, SAYING)} >= {
        "json False", "json True", "html False", "csv False", "xlsx False",
        "productboard False",
    }  # fmt: skip
    sent = everything_sent(world)
    assert holding({k: v for k, v in sent.items() if k != "mails"}, NAMING) == []
    assert b"melts whenever" in sent["tracker"]
    to_others = [
        str(mail).encode()
        for mail in world.asked.post.mails
        if ADDRESS not in str(mail)
    ]
    assert holding({"mails": b"\n".join(to_others)}, NAMING + SAYING) == []
    assert len(to_others) < len(world.asked.post.mails)


def test_named_is_as_it_always_was(world: World, tmp_path: Path) -> None:
    """Named: her words leave, and under her name."""
    world.consent(Consent.NAMED)
    folder = tmp_path / "out"
    folder.mkdir()
    told = everything_written(world.workspace, folder)
    assert holding({"json": told["json False"]}, NAMING + SAYING[:1]) != []
    assert b"quillfeather" in told["html False"].lower()


def test_what_is_withheld_is_counted(world: World) -> None:
    """Two quotes of one person; scores, ranks and counts are as they were."""
    workspace = world.workspace
    kept = workspace.backlog()
    assert (kept.withheld.quotes, kept.withheld.people) == (2, 1)
    assert kept.withheld.says().startswith("2 quotes from 1 person withheld: no cons")
    world.consent(Consent.NAMED)
    open_ = workspace.backlog()
    assert open_.withheld.says() == ""
    assert [
        (row.rank, row.score, row.scored.value, row.trend) for row in kept.rows
    ] == [(row.rank, row.score, row.scored.value, row.trend) for row in open_.rows]
    assert "withheld for want of consent" in kept.refused[0].why
    assert open_.refused == ()


def test_consent_taken_back_holds_up_what_waits(world: World) -> None:
    """What was drafted while she agreed is not sent once she does no more."""
    workspace = world.workspace
    world.consent(Consent.NAMED)
    point = workspace.pain_point("p2").pain_point
    workspace.file(point, "plan", names=True)
    view = workspace.pain_point("p2")
    workspace.draft_tellings(2, partial(shipped, workspace, view))
    assert len(workspace.drafts()) == 2
    world.consent(Consent.NO)
    events = send(workspace)
    assert ["Failed" in type(event).__name__ for event in events] == [True, True]
    assert all("did not consent" in str(event.error) for event in events)
    assert world.plans.plans == {}
    assert world.asked.post.mails == []
    world.consent(Consent.ANONYMOUS)
    (first, *_) = send(workspace)
    assert "tells what" in str(getattr(first, "error", ""))


def test_she_is_on_the_list_and_has_no_way(world: World) -> None:
    """Who did not consent is seen among those who asked, and may be marked by hand."""
    workspace = world.workspace
    (asker,) = workspace.askers(2)
    assert asker.name == NAME
    way = workspace.way_to(asker)
    assert way.act == ""
    assert "did not consent" in way.why
    assert workspace.mark_told(workspace.pain_point("p2").pain_point, [asker], "phoned")
    with pytest.raises(UsageError, match="did not consent"):
        workspace.draft_reply(world.said, "Thank you")


def test_a_backlog_with_withheld_quotes_comes_back(
    world: World, tmp_path: Path
) -> None:
    """Restored here it changes nothing; elsewhere it is there, her name is not."""
    for number, consent in enumerate((Consent.NO, Consent.ANONYMOUS, Consent.NAMED)):
        world.consent(consent)
        file = tmp_path / f"{number}.json"
        world.workspace.export("json", file)
        assert world.workspace.restore(file).entry is None
        with Workspace(tmp_path / f"{number}.db") as other:
            counts = other.restore(file)
            assert counts.evidence == (6 if consent is Consent.NO else 8)
            assert other.restore(file).entry is None
            again = tmp_path / f"{number}-again.json"
            other.export("json", again)
            assert _quotes(again) == _quotes(file)


def _quotes(path: Path) -> list[Any]:
    told = json.loads(path.read_text())
    return [
        (one["id"], one["quote"], one["start"], one["feedback"])
        for point in told["pain_points"]
        for one in point["evidence"]
    ]
