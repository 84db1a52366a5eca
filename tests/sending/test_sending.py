"""What waits is sent once, whatever a service answers, and stays sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from answering import draft, over, sent, synced
from factories import unsound
from servers.shop import KEY, Shop
from triage.errors import ConfigError, Conflict, ReadOnly
from triage.sending import AlreadyThere, SendFailed, Sent, WouldSend
from triage.workspace import Workspace


def test_sent_once(workspace: Workspace, shop: Shop) -> None:
    """A reply is told; told again, it is there already and nobody is asked."""
    made = draft(workspace)
    (event,) = sent(workspace, [made])
    assert isinstance(event, Sent)
    assert event.receipt.external_id == "r-a"
    asked = len(shop.requests)
    (event,) = sent(workspace, [made])
    assert isinstance(event, AlreadyThere)
    assert len(shop.requests) == asked
    assert shop.told == [("a", "Thank you")]
    view = workspace.draft("d1")
    assert (view.state, workspace.waiting_count()) == ("sent", 0)
    assert view.delivery
    assert view.delivery.receipt["state"] == "PUBLISHED"
    assert unsound(workspace) == {}


def test_what_was_sent_stays(workspace: Workspace) -> None:
    """Nothing changes a draft that was sent; undo says so and names the step before."""
    workspace.tag([workspace.feedback("f1")], add=["answered"])
    made = draft(workspace)
    sent(workspace, [made])
    with pytest.raises(Conflict, match=r"step 2 .* stays: d1 was sent .* undo 1`"):
        workspace.undo()
    with pytest.raises(Conflict, match="cannot be unsaid"):
        workspace.drop_drafts([made])
    with pytest.raises(Conflict, match="cannot be unsaid"):
        workspace.redraft(made, "Something else")
    workspace.undo(1)
    again = draft(workspace, text="Thank you again")
    assert again.id != made.id
    assert again.details["answered"] == "Thank you"


def test_a_change_undone_before_it_was_sent_is_not_redone(workspace: Workspace) -> None:
    """Redo changes no draft that was sent meanwhile."""
    made = draft(workspace)
    workspace.redraft(made, "Something else")
    workspace.undo()
    sent(workspace, [made])
    with pytest.raises(Conflict, match="cannot be unsaid"):
        workspace.redo()


def test_nothing_is_sent_unasked(
    workspace: Workspace, shop: Shop, tmp_path: Path, url: str
) -> None:
    """A source that is not set to be written to is told nothing; nor is a dry run."""
    made = draft(workspace)
    asked = len(shop.requests)
    (event,) = sent(workspace, [made], rehearse=True)
    assert event == WouldSend(draft=made, why="a dry run")
    with over(tmp_path, url, writes=False) as other:
        assert not other.reply_rules(other.feedback("f1")).writes
        asked = len(shop.requests)
        (event,) = sent(other, [draft(other)])
        assert isinstance(event, WouldSend)
        assert "`triage sources set reviews writes=true`" in event.why
        other.change_source("reviews", {"writes": "true"})
        assert "writes = true" in other.config.path.read_text()
        assert isinstance(sent(other, [draft(other)])[0], Sent)
        other.change_source("reviews", {"writes": ""})
        assert "writes" not in other.config.path.read_text()
        assert not other.source("reviews").writes
    assert len(shop.requests) == asked + 2


def test_who_can_only_read_is_not_set_to_write(workspace: Workspace) -> None:
    """A connector with nothing to send with refuses ``writes``; so does nonsense."""
    with pytest.raises(ConfigError, match="can only be read"):
        workspace.add_source("old", "csv", {"path": "x.csv", "writes": "yes"})
    with pytest.raises(ConfigError, match="writes='maybe' does not fit"):
        workspace.change_source("reviews", {"writes": "maybe"})


def test_a_failure_is_kept_and_others_go_on(workspace: Workspace, shop: Shop) -> None:
    """What is refused waits on with its reason, without a secret; the next is sent."""
    drafts = [draft(workspace, name) for name in ("f1", "f2")]
    shop.faults["a"] = 403
    refused, told = sent(workspace, drafts)
    assert isinstance(refused, SendFailed)
    assert isinstance(told, Sent)
    view = workspace.draft("d1")
    assert (view.state, workspace.waiting_count()) == ("failed", 1)
    assert view.delivery
    assert "403" in view.delivery.failure
    assert KEY not in view.delivery.failure
    shop.faults.clear()
    assert isinstance(sent(workspace, [drafts[0]])[0], Sent)
    assert workspace.draft("d1").delivery
    assert sorted(shop.told) == [("a", "Thank you"), ("b", "Thank you")]


def test_a_service_that_wants_rest_is_left_alone(
    workspace: Workspace, shop: Shop
) -> None:
    """After a 429 nothing more is asked of that service; until when is told."""
    drafts = [draft(workspace, name) for name in ("f1", "f2", "f3")]
    shop.faults[""] = 429
    events = sent(workspace, drafts)
    assert [getattr(event, "until", None) is not None for event in events] == [True] * 3
    posts = [path for method, path in shop.requests if method == "POST"]
    assert posts == ["/reviews/a/reply"]
    assert [view.state for view in workspace.drafts()] == [
        "failed",
        "waiting",
        "waiting",
    ]


@pytest.mark.parametrize("fault", ["lost", "lies"])
def test_a_reply_that_arrived_unheard_is_found(
    workspace: Workspace, shop: Shop, fault: str
) -> None:
    """Where the answer is lost or a lie, the next try finds the reply, sent once."""
    made = draft(workspace)
    shop.faults["a"] = fault
    assert isinstance(sent(workspace, [made])[0], SendFailed)
    shop.faults.clear()
    assert isinstance(sent(workspace, [made])[0], AlreadyThere)
    assert shop.told == [("a", "Thank you")]
    assert workspace.draft("d1").state == "sent"


def test_what_cannot_be_asked_is_not_told_twice(
    tmp_path: Path, url: str, shop: Shop
) -> None:
    """Without a way to ask, an unheard answer is unsure until a person says again."""
    with over(tmp_path, url, connector="mute") as workspace:
        made = draft(workspace)
        shop.faults["a"] = "lost"
        assert isinstance(sent(workspace, [made])[0], SendFailed)
        assert workspace.draft("d1").state == "sending"
        assert "a draft may have been sent" in workspace.doctor()["outbox"]
        shop.faults.clear()
        (event,) = sent(workspace, [made])
        assert isinstance(event, SendFailed)
        assert "--again" in event.why
        assert len(shop.told) == 1
        with pytest.raises(Conflict, match="may have been sent"):
            workspace.redraft(made, "Something else")
        with pytest.raises(Conflict, match="may have been sent"):
            workspace.undo()
        workspace.drop_drafts([made])
        assert workspace.doctor()["outbox"] == "ok"
        workspace.undo()
        assert isinstance(sent(workspace, [made], again=True)[0], Sent)
        assert len(shop.told) == 2


def test_a_refusal_is_sure_even_where_nobody_can_ask(
    tmp_path: Path, url: str, shop: Shop
) -> None:
    """A service that refused has taken nothing; it may be told again."""
    with over(tmp_path, url, connector="mute") as workspace:
        made = draft(workspace)
        shop.faults["a"] = 403
        sent(workspace, [made])
        assert workspace.draft("d1").state == "failed"
        shop.faults.clear()
        assert isinstance(sent(workspace, [made])[0], Sent)


def test_what_nobody_has_seen_is_not_replaced(workspace: Workspace, shop: Shop) -> None:
    """A reply written elsewhere meanwhile stands until a person says again."""
    made = draft(workspace)
    shop.replies["a"] = {"id": "r-a", "text": "From the web", "at": "2026-05-05T00:00Z"}
    (event,) = sent(workspace, [made])
    assert isinstance(event, SendFailed)
    assert "“From the web”" in event.why
    assert shop.told == []
    assert isinstance(sent(workspace, [made], again=True)[0], Sent)
    assert shop.replies["a"]["text"] == "Thank you"


def test_what_was_seen_is_replaced(workspace: Workspace, shop: Shop) -> None:
    """A reply that stood there when the draft was written is replaced."""
    shop.replies["a"] = {"id": "r-a", "text": "From the web", "at": "2026-05-05T00:00Z"}
    synced(workspace)
    rules = workspace.reply_rules(workspace.feedback("f1"))
    assert rules.answered == "From the web"
    made = draft(workspace)
    (event,) = sent(workspace, [made], rehearse=True)
    assert isinstance(event, WouldSend)
    assert event.replaces == "From the web"
    assert isinstance(sent(workspace, [made])[0], Sent)
    assert workspace.reply_rules(workspace.feedback("f1")).answered == "Thank you"
    synced(workspace)
    thread = workspace.thread(workspace.feedback("f1"))
    assert [one.body for one in thread][-1] == "Thank you"
    assert workspace.reply_rules(workspace.feedback("f1")).answered == "Thank you"


def test_what_a_service_made_of_it_is_kept(workspace: Workspace, shop: Shop) -> None:
    """Where something else stands there than was sent, it is told and kept."""
    shop.faults["a"] = "cuts"
    (event,) = sent(workspace, [draft(workspace, text="A reply of many, many words")])
    assert isinstance(event, Sent)
    assert event.receipt.text == "A reply of many, man"
    view = workspace.draft("d1")
    assert view.delivery
    assert view.delivery.receipt["text"] == "A reply of many, man"
    assert view.delivery.sent == "A reply of many, many words"


def test_notes_below_one_another(tmp_path: Path, url: str, shop: Shop) -> None:
    """Where nothing is replaced, a second reply is one more, each told once."""
    with over(tmp_path, url, connector="board") as workspace:
        for text in ("One", "Two"):
            made = draft(workspace, text=text)
            shop.faults["a"] = "lost"
            assert isinstance(sent(workspace, [made])[0], SendFailed)
            shop.faults.clear()
            assert isinstance(sent(workspace, [made])[0], AlreadyThere)
        assert shop.told == [("a", "One"), ("a", "Two")]


def test_a_bug_is_told_and_raised(tmp_path: Path, url: str, shop: Shop) -> None:
    """A connector's own fault holds up nobody, shows no secret, and is raised."""
    with over(tmp_path, url) as workspace:
        made = draft(workspace)
        workspace.change_source("reviews", {"fault": "bug"})
        with pytest.raises(ZeroDivisionError):
            sent(workspace, [made])
        view = workspace.draft("d1")
        assert view.delivery
        assert view.delivery.failure == "its connector has a fault (ZeroDivisionError)"
        workspace.change_source("reviews", {"fault": ""})
        assert isinstance(sent(workspace, [made])[0], Sent)


def test_a_secret_that_is_not_there_is_a_failure(
    workspace: Workspace, shop: Shop
) -> None:
    """Where the key cannot be had, the draft waits on and says why."""
    made = draft(workspace)
    workspace.change_source("reviews", {"key": "env:NOT_THERE"})
    (event,) = sent(workspace, [made])
    assert isinstance(event, SendFailed)
    assert "NOT_THERE" in event.why
    assert KEY not in event.why
    assert workspace.draft("d1").state == "failed"
    assert shop.told == []


def test_a_source_that_is_gone_says_so(workspace: Workspace) -> None:
    """What was written for a source that is configured no more waits, and says why."""
    made = draft(workspace)
    workspace.remove_source("reviews")
    assert workspace.waiting_count("reviews") == 1
    (event,) = sent(workspace, [made])
    assert isinstance(event, SendFailed)
    assert "no source is called reviews" in event.why


def test_what_changed_since_it_was_shown_is_not_sent(
    workspace: Workspace, shop: Shop
) -> None:
    """A person sends the words they have seen, and no others."""
    seen = draft(workspace)
    workspace.redraft(seen, "Other words")
    (event,) = sent(workspace, [seen])
    assert isinstance(event, SendFailed)
    assert "has changed meanwhile" in event.why
    assert shop.told == []


def test_only_read(workspace: Workspace, tmp_path: Path) -> None:
    """A workspace open to be read sends and writes nothing."""
    made = draft(workspace)
    with Workspace(tmp_path / "work.db", read_only=True) as reader:
        assert reader.waiting_count() == 1
        with pytest.raises(ReadOnly):
            sent(reader, [made])
        with pytest.raises(ReadOnly):
            draft(reader)
        with pytest.raises(ReadOnly):
            reader.drop_drafts([made])
        assert isinstance(sent(reader, [made], rehearse=True)[0], WouldSend)
