"""Consent is a person's word: it stands over a source's, and is undone like any."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories import NOON, a_workspace, an_incoming, imported, told_as
from triage.connector import Channel
from triage.errors import NotFound, UsageError
from triage.model import Feedback
from triage.research import RESEARCH, Consent
from triage.workspace import Workspace


def heard(
    workspace: Workspace, *consents: str, channel: Channel = Channel.INTERVIEW
) -> list[Feedback]:
    """One conversation for each of these, whose source says so."""
    names = [str(number) for number, _ in enumerate(consents, 1)]
    imported(
        workspace,
        [
            an_incoming(
                name, channel=channel, context={"consent": told} if told else {}
            )
            for name, told in zip(names, consents, strict=True)
        ],
    )
    return told_as(workspace, *names)


def test_a_source_may_tell_it(tmp_path: Path) -> None:
    """A column “consent” counts, in any case; what is none of ours is nobody asked."""
    with a_workspace(tmp_path) as workspace:
        said = heard(workspace, "named", " Anonymous ", "no", "yes", "")
        assert list(workspace.consents(said).values()) == [
            Consent.NAMED, Consent.ANONYMOUS, Consent.NO, Consent.UNASKED,
            Consent.UNASKED,
        ]  # fmt: skip


def test_a_person_s_word_stands(tmp_path: Path) -> None:
    """Over what the source told; undone, the source's counts again."""
    with a_workspace(tmp_path) as workspace:
        said = heard(workspace, "named", "")
        entry = workspace.consent_to(said, Consent.NO)
        assert entry is not None
        assert entry.label == (
            "Consent of f1 “the export loses all my tags” and 1 more: no, nothing"
            " leaves the file"
        )
        assert set(workspace.consents(said).values()) == {Consent.NO}
        assert workspace.consent_to(said, Consent.NO) is None
        workspace.consent_to(said[:1], Consent.UNASKED)
        assert workspace.consents(said[:1]) == {said[0].id: Consent.UNASKED}
        workspace.undo()
        workspace.undo()
        assert list(workspace.consents(said).values()) == [
            Consent.NAMED, Consent.UNASKED,
        ]  # fmt: skip
        workspace.redo()
        assert set(workspace.consents(said).values()) == {Consent.NO}


@pytest.mark.parametrize("channel", sorted(RESEARCH))
def test_every_channel_of_research_needs_it(tmp_path: Path, channel: Channel) -> None:
    """Whoever was heard in person is asked, whatever the kind of conversation."""
    with a_workspace(tmp_path) as workspace:
        said = heard(workspace, "", channel=channel)
        assert not workspace.letting_out(said).words(said[0])


def test_who_wrote_to_us_is_not_asked(tmp_path: Path) -> None:
    """A mail was sent to us: it needs no consent, and none can be written down."""
    with a_workspace(tmp_path) as workspace:
        (said,) = heard(workspace, "no", channel=Channel.EMAIL)
        assert workspace.consents([said]) == {}
        leaving = workspace.letting_out([said])
        assert leaving.words(said)
        assert leaving.name(said)
        assert leaving.told(said) is said
        with pytest.raises(UsageError, match="sent it to us"):
            workspace.consent_to([said], Consent.NAMED)
        with pytest.raises(UsageError, match="whose consent"):
            workspace.consent_to([], Consent.NAMED)


def test_a_session_is_named_by_its_own_id(tmp_path: Path) -> None:
    """i3 is the feedback it is heard as; what is neither is refused."""
    with a_workspace(tmp_path) as workspace:
        (said,) = heard(workspace, "")
        assert workspace.heard_in_person("F1") == said
        with pytest.raises(NotFound):
            workspace.heard_in_person("i3")
        with pytest.raises(UsageError):
            workspace.heard_in_person("p1")
        assert said.received_at >= NOON
