"""Who asked is told once, where they can be reached, and the ledger says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import shops
from answering import sent
from asking import Asked, asked
from factories import unsound
from triage.errors import Conflict, NotFound, UsageError
from triage.model import RoadmapStatus
from triage.sending import SendFailed, Sent
from triage.workspace import Asker, Drafted, Way


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """One thing that was asked for at two places, and has shipped."""
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    with asked(tmp_path) as made:
        yield made
    shops.forget()


def words(asker: Asker, way: Way) -> str:
    return f"It is out, {asker.name or 'friend'}"


def drafted(world: Asked, to: Sequence[str] = (), **how: object) -> Drafted:
    people = [world.workspace.asker(1, name) for name in to] or None
    return world.workspace.draft_tellings(1, words, to=people, **how)  # type: ignore[arg-type]


def states(world: Asked) -> dict[str, str]:
    return {one.name: one.state for one in world.workspace.askers(1)}


def test_each_asks_once(world: Asked) -> None:
    """However often somebody asked, they are one, by their latest words."""
    people = world.workspace.askers(1)
    assert sorted(one.name for one in people) == ["", "Ann", "Bo", "Cy", "Robot"]
    bo = world.workspace.asker(1, "f3")
    assert bo.latest.evidence.quote == "Export\n\nTags are still lost on export"
    assert len(bo.quotes) == 2
    with pytest.raises(NotFound, match="nobody called c99 asked for p1"):
        world.workspace.asker(1, "c99")


def test_ways(world: Asked) -> None:
    """A reply where they asked, else a mail; to a machine there is none, and why."""
    ways = {one.name: world.workspace.way_to(one) for one in world.workspace.askers(1)}
    assert ways["Ann"].short == "reply at reviews"
    assert ways[""].short == "reply at reviews"
    assert ways["Bo"].short == "email bo@customer.example"
    assert ways["Robot"].short == "no way known"
    assert "a machine's address" in ways["Robot"].why
    ann = world.workspace.asker(1, "f1")
    assert world.workspace.way_to(ann, "email").why == "no address is known"
    bo = world.workspace.asker(1, "f3")
    assert "imported, not pulled" in world.workspace.way_to(bo, "reply").why


def test_told_once_it_is_sent(world: Asked) -> None:
    """A draft is no telling; sent it is, and stands in the ledger with its receipt."""
    made = drafted(world)
    assert {one.act for one in made.drafts} == {"reply", "email"}
    assert [one.asker.name for one in made.left_out] == ["Robot"]
    assert states(world) == {"Ann": "waiting", "": "waiting", "Bo": "waiting",
                             "Cy": "waiting", "Robot": "untold"}  # fmt: skip
    assert world.workspace.ledger() == []
    events = sent(world.workspace, made.drafts)
    assert all(isinstance(event, Sent) for event in events)
    assert [name for name, _ in world.shop.told] == ["b", "a"] or len(
        world.shop.told
    ) == 2
    assert sorted(to for _, to in world.post.envelopes) == [
        "bo@customer.example", "cy@other.example",
    ]  # fmt: skip
    ledger = world.workspace.ledger(1)
    assert {one.told.how for one in ledger} == {"reply", "email"}
    assert all(one.receipt for one in ledger)
    assert {one.words for one in ledger} >= {"It is out, Bo", "It is out, friend"}
    counts = world.workspace.to_tell()[0]
    assert (counts.people, counts.told, counts.left) == (5, 4, 1)


def test_a_mail_answers_the_mail(world: Asked) -> None:
    """It goes into the thread of what they wrote, under its subject."""
    made = drafted(world, ["f4"])
    sent(world.workspace, made.drafts)
    mail = world.post.messages[0]
    assert mail["subject"] == "Re: Export"
    assert mail["in-reply-to"] == "<M2@customer.example>"
    assert mail["references"] == "<M0@x.example> <M2@customer.example>"
    assert mail["message-id"] == f"<triage.{made.drafts[0].key}@studio.example>"


def test_nobody_is_told_twice(world: Asked) -> None:
    """Drafting again leaves out who has a draft, was told, or is not to be told."""
    workspace = world.workspace
    first = drafted(world, ["f1"])
    again = drafted(world)
    assert {one.why for one in again.left_out} >= {"a draft waits already"}
    sent(workspace, first.drafts)
    workspace.drop_drafts(again.drafts)
    assert states(world)["Bo"] == "untold"
    workspace.skip_telling(world.point, [workspace.asker(1, "f5")], "asked us not to")
    third = drafted(world)
    why = {one.asker.name: one.why for one in third.left_out}
    assert why["Ann"] == "told already"
    assert why["Cy"] == "not to be told"
    assert len(drafted(world, ["f1"], again=True).drafts) == 1
    assert drafted(world, ["f1"], again=True).drafts == ()


def test_two_who_are_one(world: Asked) -> None:
    """Joined later, two customers know once either was told; parted, only that one."""
    workspace = world.workspace
    bo, cy = (workspace.asker(1, name).latest.feedback for name in ("f3", "f5"))
    assert bo.customer_id
    assert cy.customer_id
    sent(workspace, drafted(world, ["f3"]).drafts)
    assert states(world)["Cy"] == "untold"
    workspace.join(bo.customer_id, cy.customer_id)
    one = workspace.asker(1, "f5")
    assert (one.state, len(one.quotes)) == ("told", 3)
    assert workspace.asker(1, f"c{cy.customer_id}").person == one.person
    workspace.undo()
    assert states(world)["Cy"] == "untold"


def test_undo(world: Asked) -> None:
    """One step holds drafts and told rows; once a draft is sent, the step stays."""
    workspace = world.workspace
    made = drafted(world)
    assert workspace.history()[0].label.startswith("Drafted to ")
    workspace.undo()
    assert workspace.drafts() == []
    assert set(states(world).values()) == {"untold"}
    workspace.redo()
    assert workspace.waiting_count() == 4
    sent(workspace, made.drafts[:1])
    with pytest.raises(Conflict, match="what is sent cannot be unsaid"):
        workspace.undo()
    assert unsound(workspace) == {}


def test_by_hand(world: Asked) -> None:
    """A person's word that somebody knows is enough, and is undone like any step."""
    workspace = world.workspace
    workspace.mark_told(world.point, [workspace.asker(1, "f6")], "phoned  them")
    assert states(world)["Robot"] == "told"
    assert workspace.ledger()[0].told.how == "phoned them"
    assert workspace.mark_told(world.point, [workspace.asker(1, "f6")], "x") is None
    workspace.undo()
    assert states(world)["Robot"] == "untold"
    for how in ("", "skipped it", "x" * 201):
        with pytest.raises(UsageError):
            workspace.mark_told(world.point, [workspace.asker(1, "f6")], how)
    drafted(world, ["f1"])
    with pytest.raises(UsageError, match="waits in the outbox"):
        workspace.mark_told(world.point, [workspace.asker(1, "f1")], "phoned")


def test_promises_and_templates(world: Asked) -> None:
    """A promise stands beside whoever got it; a template tells pain, plan, promise, quote."""
    workspace = world.workspace
    bo = workspace.asker(1, "f3")
    workspace.promise(world.point, bo, "we will write when it ships")
    bo = workspace.asker(1, "f3")
    assert bo.promises[0].text == "we will write when it ships"
    way = workspace.way_to(bo)
    view = workspace.pain_point("p1")
    assert workspace.filled_for("shipped", view, bo, way) == (
        "Hello Bo, Export with tags is out. You wrote: Export Tags are still lost on export"
    )
    assert workspace.filled_for("promised", view, bo, way) == (
        "We said: we will write when it ships"
    )
    made = workspace.draft_tellings(
        1, lambda a, w: workspace.filled_for("promised", view, a, w)
    )
    assert [one.text for one in made.drafts] == ["We said: we will write when it ships"]
    assert any("tells no {promise}" in one.why for one in made.left_out)


def test_what_waits_already_is_left(world: Asked) -> None:
    """A reply somebody is writing to the same review is not written over."""
    workspace = world.workspace
    workspace.draft_reply(world.said("f1"), "We look into it")
    made = drafted(world, ["f1"])
    assert made.drafts == ()
    assert made.left_out[0].why == "d1 waits already as a reply to f1"
    assert workspace.draft("d1").draft.text == "We look into it"


def test_a_mail_that_may_have_arrived(world: Asked) -> None:
    """Broken off at the very end, it is not sent again unless a person says so."""
    workspace = world.workspace
    world.post.answers["DOT"] = "hang up"
    made = drafted(world, ["f3"])
    (event,) = sent(workspace, made.drafts)
    assert isinstance(event, SendFailed)
    assert states(world)["Bo"] == "waiting"
    del world.post.answers["DOT"]
    (event,) = sent(workspace, made.drafts)
    assert isinstance(event, SendFailed)
    assert "may have been sent" in event.why
    assert len(world.post.mails) == 1
    sent(workspace, made.drafts, again=True)
    assert [m["message-id"] for m in world.post.messages] == [
        world.post.messages[0]["message-id"]
    ] * 2
    assert states(world)["Bo"] == "told"


def test_a_mail_that_was_refused_waits_on(world: Asked) -> None:
    """A server that refused has taken nothing: the draft fails, and may be sent again."""
    workspace = world.workspace
    world.post.answers["RCPT"] = "451 greylisted"
    made = drafted(world, ["f3"])
    sent(workspace, made.drafts)
    assert workspace.draft(made.drafts[0].id).state == "failed"
    del world.post.answers["RCPT"]
    (event,) = sent(workspace, made.drafts)
    assert isinstance(event, Sent)


def test_what_shipped_comes_first(world: Asked) -> None:
    """A pain point of which something shipped is told of before any other."""
    workspace = world.workspace
    workspace.accept([world.said("f3")], "Another pain")
    assert [one.pain_point.id for one in workspace.to_tell()] == [1, 2]
    item = workspace.roadmap_item(world.item.id)
    workspace.reschedule(item, status=RoadmapStatus.IN_PROGRESS)
    assert not any(one.shipped for one in workspace.to_tell())


def test_two_drafts_to_one_person(world: Asked) -> None:
    """Of two drafts that wait for one person, the second is sent only if one insists."""
    workspace = world.workspace
    (first,) = drafted(world, ["f3"]).drafts
    workspace.drop_drafts([first])
    dropping = workspace.history()[0]
    (second,) = drafted(world, ["f3"]).drafts
    workspace.undo(dropping.id)
    assert workspace.waiting_count() == 2
    assert isinstance(sent(workspace, [second])[0], Sent)
    for how in ({}, {"rehearse": True}):
        (event,) = sent(workspace, [first], **how)
        assert isinstance(event, SendFailed)
        assert "d2 has told the same person of p1" in event.why
        assert "`triage outbox drop d1`" in event.why
    assert len(world.post.mails) == 1
    assert isinstance(sent(workspace, [first], again=True)[0], Sent)
    (third,) = drafted(world, ["f3"], again=True).drafts
    assert isinstance(sent(workspace, [third])[0], Sent)


def test_a_draft_to_somebody_left_out_since(world: Asked) -> None:
    """A draft that comes back is not sent to whoever was left out in the meantime."""
    workspace = world.workspace
    (draft,) = drafted(world, ["f5"]).drafts
    workspace.drop_drafts([draft])
    dropping = workspace.history()[0]
    workspace.skip_telling(world.point, [workspace.asker(1, "f5")], "asked us not to")
    workspace.undo(dropping.id)
    (event,) = sent(workspace, [draft])
    assert isinstance(event, SendFailed)
    assert "“skipped: asked us not to” was noted of the same person" in event.why
    assert world.post.mails == []
