"""What a mailbox says of itself before anything is pulled."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from servers.dovecot import PASSWORD
from servers.fake_imap import FakeImap, Message
from servers.mailbox import Mailbox, letter, pages_of
from triage.connector import ConfigError, Report, Secret
from triage_connectors.imap import Imap


def checked(source: Imap) -> Report:
    http: Any = None
    return asyncio.run(source.check(http))


def test_what_is_there(mailbox: Mailbox) -> None:
    """A check tells encryption, what the server can, folders, and how long it takes."""
    for number in range(90):
        mailbox.deliver(number)
    mailbox.deliver(90, "Reviews")
    report = checked(mailbox.connector(folders=("inbox", "Reviews")))
    assert report.account == f"{mailbox.user} at localhost"
    assert report.waiting == 91
    assert report.seconds is not None
    assert 0 < report.seconds < 10
    facts = dict(report.facts)
    good_until = datetime.now(UTC) + timedelta(days=2)
    assert facts.pop("encryption") == (
        f"TLSv1.3, certificate good until {good_until:%Y-%m-%d}"
    )
    assert facts == {
        "server offers": "IDLE, CONDSTORE, QRESYNC",
        "folder INBOX": "90 messages",
        "folder Reviews": "1 message",
        "other folders": "Archive, Drafts, Junk, Sent, Trash",
    }
    assert PASSWORD not in repr(report)


def test_what_a_first_pull_would_bring(mailbox: Mailbox) -> None:
    """The number told is the number that comes, also from a moment on."""
    noon = datetime(2026, 3, 10, 12, tzinfo=UTC)
    for number, hours in enumerate((-80, -30, -3, -0.01, 0, 5, 30, 80)):
        mailbox.deliver(number, at=noon + timedelta(hours=hours))
    source = mailbox.connector(since=noon)
    assert checked(source).waiting == 4
    assert sum(len(page.items) for page in pages_of(source)) == 4


def test_nothing_is_stored_or_marked(mailbox: Mailbox) -> None:
    """A check leaves the mailbox as it was."""
    mailbox.deliver(1)
    checked(mailbox.connector())
    with mailbox.server.client(mailbox.user) as client:
        _, told = client.fetch("1:*", "(FLAGS)")
    assert told == [b"1 (FLAGS (\\Recent))"]


def test_an_empty_mailbox(mailbox: Mailbox) -> None:
    """Where nothing is, nothing is waiting and it takes no time."""
    report = checked(mailbox.connector())
    assert (report.waiting, report.seconds) == (0, 0.0)


def test_a_missing_folder(mailbox: Mailbox) -> None:
    """A folder that is not there is found out by the check."""
    with pytest.raises(ConfigError, match="did you mean Archive"):
        checked(mailbox.connector(folders=("Achive",)))


def test_a_plain_server() -> None:
    """A server of few words is described by what it has."""
    with FakeImap(folders={"INBOX": [Message(1, letter(1))]}) as server:
        report = checked(
            Imap(host="127.0.0.1", port=server.port, tls="none", user="a",
                 password=Secret("canary-5f3a91"))
        )  # fmt: skip
    assert report.facts["encryption"] == "none; the server is on this machine"
    assert report.facts["server offers"] == "nothing beyond IMAP itself"
    assert report.waiting == 1
