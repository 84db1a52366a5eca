"""Drafts are written, looked at and sent once, whatever services do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import shops
from answering import a_shop, sent, synced
from factories import an_incoming, imported, told_as, unsound
from servers.served import served
from servers.shop import KEY, Shop, review
from triage.errors import ConfigError, Conflict, NotFound, ReadOnly, UsageError
from triage.model import Draft
from triage.sending import AlreadyThere, SendFailed, Sent, WouldSend
from triage.workspace import Workspace


@pytest.fixture
def shop() -> Shop:
    """A shop with three reviews."""
    return Shop(
        reviews=[
            review("a"),
            review("b", "Love it", rating=5, language="en", author=""),
            review("c", "Too expensive", context={"country": "DE"}),
        ]
    )


@pytest.fixture
def url(shop: Shop) -> Iterator[str]:
    """Where it is."""
    with served(shop.answer) as address:
        yield address


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Its connectors, as a package that is not ours."""
    folder = shops.install(tmp_path / "installed")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    yield folder
    shops.forget()


@pytest.fixture
def workspace(tmp_path: Path, url: str) -> Iterator[Workspace]:
    """A workspace that has pulled them, and may answer."""
    with Workspace(a_shop(tmp_path, url)) as opened:
        synced(opened)
        yield opened


def over(tmp_path: Path, url: str, **how: Any) -> Workspace:
    """Another workspace over the shop, pulled."""
    folder = tmp_path / "other"
    folder.mkdir()
    made = Workspace(a_shop(folder, url, **how))
    synced(made)
    return made


def draft(workspace: Workspace, name: str = "f1", text: str = "Thank you") -> Draft:
    """A draft that waits."""
    return workspace.draft_reply(workspace.feedback(name), text)


# Writing


def test_a_draft_waits_and_can_be_undone(workspace: Workspace) -> None:
    """A draft is a step: undone it is gone, redone it is the same."""
    made = draft(workspace, text="  Thank you  \r\nfor telling us \n")
    assert made.text == "Thank you\nfor telling us"
    assert [view.state for view in workspace.drafts()] == ["waiting"]
    assert workspace.waiting_count() == workspace.waiting_count("reviews") == 1
    said = workspace.feedback("f1")
    assert workspace.history_of(said)[0].verb == "reply"
    assert workspace.touched(workspace.history()[0]) == [said.id]
    workspace.undo()
    assert workspace.drafts() == []
    workspace.redo()
    assert workspace.draft("d1").draft == made
    assert unsound(workspace) == {}


def test_a_second_draft_replaces_the_words_of_the_first(workspace: Workspace) -> None:
    """One feedback has one reply that waits, with one key."""
    first = draft(workspace)
    second = draft(workspace, text="Thank you very much")
    assert (second.id, second.key) == (first.id, first.key)
    assert workspace.draft("d1").draft.text == "Thank you very much"
    workspace.undo()
    assert workspace.draft("d1").draft == first
    rules = workspace.reply_rules(workspace.feedback("f1"))
    assert rules.drafted is not None
    assert rules.drafted.draft == first


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (" \n ", "no words"),
        ("x" * 351, "1 characters too long: 351 of 350"),
        ("a\x1b[2Jb", "character 2 is a control character .U.001B."),
        ("a\ud800", "control character"),
    ],
)
def test_what_does_not_fit_is_not_written(
    workspace: Workspace, text: str, why: str
) -> None:
    """Text that a service would not take, or cut, is refused with what is wrong."""
    with pytest.raises(UsageError, match=why):
        draft(workspace, text=text)
    assert workspace.drafts() == []


def test_the_longest_reply_arrives_whole(workspace: Workspace, shop: Shop) -> None:
    """As many characters as the service takes are sent, each of them."""
    text = "ä😀" * 175
    assert isinstance(sent(workspace, [draft(workspace, text=text)])[0], Sent)
    assert shop.told == [("a", text)]


def test_several_are_one_step(workspace: Workspace) -> None:
    """Replies to several feedback come and go together, or none is written."""
    some = [workspace.feedback("f1"), workspace.feedback("f2")]
    workspace.draft_replies([(one, "Thank you") for one in some])
    assert workspace.waiting_count() == 2
    workspace.undo()
    assert workspace.waiting_count() == 0
    with pytest.raises(UsageError, match="f2: there are no words"):
        workspace.draft_replies([(some[0], "Thank you"), (some[1], " ")])
    assert workspace.waiting_count() == 0


def test_who_cannot_be_answered_is_told_why(workspace: Workspace, shop: Shop) -> None:
    """An import, our own reply and what is gone take no reply, each for its reason."""
    imported(workspace, [an_incoming("9")])
    (other,) = told_as(workspace, "9")
    with pytest.raises(UsageError, match="mail was imported, not pulled"):
        workspace.reply_rules(other)
    sent(workspace, [draft(workspace)])
    synced(workspace)
    (ours,) = told_as(workspace, "a/reply", source="reviews")
    with pytest.raises(UsageError, match="not written by a customer"):
        workspace.reply_rules(ours)


def test_a_dropped_draft_is_not_sent(workspace: Workspace, shop: Shop) -> None:
    """Dropped, it neither waits nor goes out; undone, it waits again."""
    made = draft(workspace)
    workspace.drop_drafts([made])
    assert workspace.drafts() == []
    assert workspace.draft("d1").state == "dropped"
    with pytest.raises(UsageError, match="dropped already"):
        workspace.drop_drafts([workspace.draft("d1").draft])
    (event,) = sent(workspace, [workspace.draft("d1").draft])
    assert isinstance(event, SendFailed)
    assert "was dropped" in event.why
    (event,) = sent(workspace, [made])
    assert isinstance(event, SendFailed), "nor is it sent by who has not seen that"
    assert shop.told == []
    workspace.undo()
    assert isinstance(sent(workspace, [made])[0], Sent)


def test_an_import_whose_feedback_is_answered_stays(workspace: Workspace) -> None:
    """What drafts rest on is not taken back."""
    draft(workspace)
    with pytest.raises(Conflict, match=r"resting on it \(1 draft\)"):
        workspace.take_back(1)


def test_names_of_drafts(workspace: Workspace) -> None:
    """A draft is d1; what is none is said so."""
    with pytest.raises(NotFound, match="no draft d7"):
        workspace.draft("d7")
    with pytest.raises(UsageError, match="a draft looks like d4"):
        workspace.draft("f1")


# Templates


def with_replies(tmp_path: Path, url: str, *lines: str) -> Workspace:
    """The workspace with these templates."""
    path = a_shop(tmp_path, url)
    settings = path.with_suffix(".toml")
    settings.write_text("\n".join([settings.read_text(), "[replies]", *lines]))
    return Workspace(path, create=False)


def test_a_template_is_filled(workspace: Workspace, tmp_path: Path, url: str) -> None:
    """Variables say what the feedback says, cleaned; doubled braces are braces."""
    with with_replies(
        tmp_path,
        url,
        'hi = "Hi {author|there}, {{5.3}} mends {version}, {rating} stars"',
    ) as opened:
        assert opened.filled("hi", opened.feedback("f1")) == (
            "Hi Ann, {5.3} mends 5.2, 2 stars"
        )
        assert opened.filled("hi", opened.feedback("f2")).startswith("Hi there,")
        with pytest.raises(UsageError, match="did you mean hi"):
            opened.filled("hii", opened.feedback("f1"))


def test_an_empty_variable_leaves_no_hole(
    workspace: Workspace, tmp_path: Path, url: str
) -> None:
    """What the feedback does not say is named, and nothing is written."""
    with (
        with_replies(tmp_path, url, 'hi = "Hi {author} of {company}"') as opened,
        pytest.raises(UsageError, match=r"f2 tells no .author. and .company., which"),
    ):
        opened.filled("hi", opened.feedback("f2"))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('hi = "Hi {autor}"', "nothing is called {autor}; did you mean {author}"),
        ('hi = "Hi {"', "a lone {"),
        ("hi = 3", "replies are texts"),
    ],
)
def test_a_template_that_cannot_be_filled_is_a_wrong_setting(
    tmp_path: Path, url: str, line: str, why: str
) -> None:
    """A slip in a template is said when settings are read, with the nearest name."""
    with pytest.raises(ConfigError, match=why):
        with_replies(tmp_path, url, line)


def test_a_customers_text_commands_nothing(
    workspace: Workspace, tmp_path: Path, url: str, shop: Shop
) -> None:
    """What a customer wrote comes into a reply on one line, without controls."""
    shop.reviews.append(review("d", author="A\x1b[2J\nnn {title}\u202e"))
    synced(workspace)
    with with_replies(tmp_path, url, 'hi = "Hi {author}"') as opened:
        assert opened.filled("hi", opened.feedback("f4")) == "Hi A[2J nn {title}"


# Sending


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


def test_a_bug_is_told_and_raised(
    tmp_path: Path, url: str, shop: Shop, installed: Path
) -> None:
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


# Two at once, and killed


def test_two_at_once_tell_it_once(
    workspace: Workspace, shop: Shop, tmp_path: Path
) -> None:
    """Who sends what another is sending is told so; it is sent once."""
    made = draft(workspace)
    asked, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        asked.set()
        assert go_on.wait(20)

    shop.wait = wait
    first: list[Any] = []
    sending = threading.Thread(target=lambda: first.extend(sent(workspace, [made])))
    sending.start()
    assert asked.wait(20)
    with Workspace(tmp_path / "work.db") as other:
        (event,) = sent(other, [made])
        assert isinstance(event, SendFailed)
        assert "is being sent by" in event.why
        with pytest.raises(Conflict, match="wait for it"):
            other.drop_drafts([made])
        assert other.doctor()["outbox"] == "ok"
    go_on.set()
    sending.join()
    assert isinstance(first[0], Sent)
    assert len(shop.told) == 1


_SEND = """
import sys
from pathlib import Path
from answering import sent
from triage.workspace import Workspace

with Workspace(Path(sys.argv[1]), create=False) as workspace:
    events = sent(workspace, [workspace.draft("d1").draft])
    print(type(events[0]).__name__)
"""


def killed_at(point: str, path: Path) -> None:
    """Send d1 in a process that ends at a point as by kill -9."""
    env = {
        **os.environ,
        "SHOP_KILL": point,
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path]),
    }
    done = subprocess.run(
        [sys.executable, "-c", _SEND, str(path)],
        env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 here")
@pytest.mark.parametrize("point", ["ask", "asked", "tell", "told"])
def test_killed_at_any_point_it_is_told_once(
    workspace: Workspace, shop: Shop, point: str, tmp_path: Path
) -> None:
    """Killed before, between and after asking and telling, the next try ends it."""
    made = draft(workspace)
    killed_at(point, tmp_path / "work.db")
    assert workspace.draft("d1").state == "sending"
    assert len(shop.told) == (point == "told")
    assert "may have been sent" in workspace.doctor()["outbox"]
    (event,) = sent(workspace, [made])
    assert isinstance(event, AlreadyThere if point == "told" else Sent)
    assert shop.told == [("a", "Thank you")]
    view = workspace.draft("d1")
    assert view.delivery
    assert (view.state, view.delivery.tries) == ("sent", 2)
    assert unsound(workspace) == {}


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 here")
@pytest.mark.parametrize("point", ["tell", "told"])
def test_killed_where_nobody_can_ask(
    tmp_path: Path, url: str, shop: Shop, point: str
) -> None:
    """Where the service cannot be asked, a person has to look; nothing is told twice."""
    with over(tmp_path, url, connector="mute") as workspace:
        made = draft(workspace)
        killed_at(point, tmp_path / "other" / "work.db")
        (event,) = sent(workspace, [made])
        assert isinstance(event, SendFailed)
        assert "look there" in event.why
        assert len(shop.told) == (point == "told")


def test_a_machine_that_is_gone_holds_nothing_for_ever(
    workspace: Workspace, shop: Shop, tmp_path: Path
) -> None:
    """What another machine was sending may be taken up when its lease is over."""
    made = draft(workspace)
    with workspace.db.write() as write:
        write.execute(
            "INSERT INTO delivery (draft_id, state, sent, started_at, receipt) VALUES"
            " (1, 'sending', 'Thank you', ?, '{\"holder\":\"elsewhere:1\"}')",
            (datetime.now(UTC).isoformat(),),
        )
    (event,) = sent(workspace, [made])
    assert isinstance(event, SendFailed)
    assert "elsewhere:1" in event.why
    later = lambda: datetime.now(UTC) + timedelta(minutes=11)  # noqa: E731
    with Workspace(tmp_path / "work.db", clock=later) as other:
        assert isinstance(sent(other, [made])[0], Sent)
    assert len(shop.told) == 1
