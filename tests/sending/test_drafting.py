"""Replies are drafted, changed, dropped and undone; templates leave no hole."""

from __future__ import annotations

from pathlib import Path

import pytest

from answering import a_shop, draft, sent, synced
from factories import an_incoming, imported, told_as, unsound
from servers.shop import Shop, review
from triage.errors import ConfigError, Conflict, NotFound, UsageError
from triage.sending import SendFailed, Sent
from triage.workspace import Workspace


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
    assert draft(workspace, "f2").short == "d2", "ids are not used up"
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


def test_a_copy_is_answered_where_the_original_cannot_be(
    workspace: Workspace, shop: Shop
) -> None:
    """What a feed told first is answered where the same review takes replies."""
    imported(workspace, [an_incoming("9", "It crashes")], source="feed")
    (original,) = told_as(workspace, "9", source="feed")
    copy = workspace.feedback("f1")
    with workspace.db.write() as write:
        write.execute("INSERT INTO copy VALUES (?, ?)", (copy.id, original.id))
        write.execute("UPDATE feedback SET kind = 'copy' WHERE id = ?", (copy.id,))
    rules = workspace.reply_rules(original)
    assert (rules.source, rules.act.longest) == ("reviews", 350)
    made = workspace.draft_reply(original, "Thank you")
    assert made.feedback_id == original.id
    again = workspace.reply_rules(workspace.feedback("f1")).drafted
    assert again is not None
    assert again.draft == made
    assert isinstance(sent(workspace, [made])[0], Sent)
    assert shop.told == [("a", "Thank you")]
    assert workspace.reply_rules(original).answered == "Thank you"


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
