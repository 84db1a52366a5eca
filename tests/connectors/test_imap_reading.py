"""Mail of a real server: every message once, wherever a pull begins and ends."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from servers.dovecot import ODD_PASSWORD, ODD_USER
from servers.mailbox import Mailbox, ids_of, letter, pages_of
from triage.connector import Incoming, Secret
from triage.model import Kind
from triage.testing import check
from triage_connectors import imap_fetching


def names(*numbers: int) -> list[str]:
    return [f"case-{number}@customer.example" for number in numbers]


def test_keeps_the_contract(mailbox: Mailbox, monkeypatch: Any) -> None:
    """It promises what every connector promises, on a real mailbox of several pages."""
    monkeypatch.setattr(imap_fetching, "MOST", 3)
    for number in range(8):
        mailbox.deliver(number)
        mailbox.deliver(number + 4, "Archive")
    check(lambda: mailbox.connector(folders=("inbox", "archive")))


def test_every_message_comes_once(mailbox: Mailbox) -> None:
    """A first pull brings each message; the next only what came since."""
    for number in range(450):
        mailbox.deliver(number)
    first = pages_of(mailbox.connector())
    assert ids_of(first) == names(*range(450))
    assert max(len(page.items) for page in first) <= imap_fetching.MOST
    assert first[-1].progress == 1.0
    assert pages_of(mailbox.connector(), first[-1].cursor) == []
    mailbox.deliver(450)
    second = pages_of(mailbox.connector(), first[-1].cursor)
    assert ids_of(second) == names(450)


def test_any_cursor_goes_on(mailbox: Mailbox, monkeypatch: Any) -> None:
    """From each page's cursor exactly the rest comes, also when mail arrived meanwhile."""
    monkeypatch.setattr(imap_fetching, "MOST", 4)
    for number in range(15):
        mailbox.deliver(number)
    pages = pages_of(mailbox.connector())
    mailbox.deliver(15)
    for count, page in enumerate(pages, start=1):
        rest = pages_of(mailbox.connector(), page.cursor)
        assert ids_of([*pages[:count], *rest]) == names(*range(16))


def test_nothing_is_marked_as_seen(mailbox: Mailbox) -> None:
    """Reading changes no flag of any message, not even "recent"."""
    for number in range(5):
        mailbox.deliver(number)
    pages_of(mailbox.connector())
    with mailbox.server.client(mailbox.user) as client:
        _, told = client.fetch("1:*", "(FLAGS)")
    assert all(b"\\Seen" not in one for one in told if isinstance(one, bytes))
    assert all(b"\\Recent" in one for one in told if isinstance(one, bytes))


def test_a_flag_is_no_news(mailbox: Mailbox) -> None:
    """Who flags or answers mail makes no second feedback, and no folder is opened."""
    for number in range(5):
        mailbox.deliver(number)
    first = pages_of(mailbox.connector())
    with mailbox.server.client(mailbox.user) as client:
        client.store("1:*", "+FLAGS", r"(\Seen \Answered triaged)")
    assert pages_of(mailbox.connector(), first[-1].cursor) == []


def test_deleted_mail_is_simply_gone(mailbox: Mailbox) -> None:
    """An expunge hides no other message and brings none again."""
    for number in range(6):
        mailbox.deliver(number)
    first = pages_of(mailbox.connector())
    with mailbox.server.client(mailbox.user) as client:
        client.store("2,6", "+FLAGS", r"\Deleted")
        client.expunge()
    assert ids_of(pages_of(mailbox.connector(), first[-1].cursor)) == []
    mailbox.deliver(6)
    assert ids_of(pages_of(mailbox.connector(), first[-1].cursor)) == names(6)
    assert ids_of(pages_of(mailbox.connector())) == names(0, 2, 3, 4, 6)


def test_a_lost_index_is_read_again(mailbox: Mailbox) -> None:
    """With another UIDVALIDITY all comes again, under the very same ids."""
    for number in range(5):
        mailbox.deliver(number)
    first = pages_of(mailbox.connector())
    time.sleep(1.1)  # the server's UIDVALIDITY is a clock of seconds
    mailbox.server.forget_index(mailbox.user)
    mailbox.deliver(5)
    second = pages_of(mailbox.connector(), first[-1].cursor)
    before = [item.external_id for page in first for item in page.items]
    again = [item.external_id for page in second for item in page.items]
    assert again[:5] == before
    assert ids_of(second)[5:] == names(5)


def test_a_folder_made_anew_is_another(mailbox: Mailbox) -> None:
    """A folder deleted and made again is read from its start."""
    for number in range(3):
        mailbox.deliver(number, "Reviews")
    source = mailbox.connector(folders=("Reviews",))
    first = pages_of(source)
    time.sleep(1.1)  # the server's UIDVALIDITY is a clock of seconds
    with mailbox.server.client(mailbox.user) as client:
        client.delete("Reviews")
        client.create("Reviews")
        client.append("Reviews", "", "", letter(7))
    assert ids_of(pages_of(source, first[-1].cursor)) == names(7)


def test_since(mailbox: Mailbox) -> None:
    """What arrived before a moment is left alone, to the second and for ever."""
    noon = datetime(2026, 3, 10, 12, tzinfo=UTC)
    for number, hours in enumerate((-72, -20, -0.001, 0, 0.001, 20)):
        mailbox.deliver(number, at=noon + timedelta(hours=hours))
    source = mailbox.connector(since=noon)
    first = pages_of(source)
    assert ids_of(first) == names(3, 4, 5)
    assert pages_of(source, first[-1].cursor) == []
    assert pages_of(mailbox.connector(), first[-1].cursor) == []
    earlier = mailbox.connector(since=noon - timedelta(hours=30))
    assert ids_of(pages_of(earlier, first[-1].cursor)) == names(*range(1, 6))


def test_one_mail_in_two_folders(mailbox: Mailbox) -> None:
    """A message that was copied to another folder is one feedback."""
    mailbox.deliver(1)
    mailbox.deliver(1, "Archive")
    mailbox.deliver(2, "Archive")
    pages = pages_of(mailbox.connector(folders=("inbox", "archive")))
    assert ids_of(pages) == names(1, 2)


def test_when_it_arrived(mailbox: Mailbox) -> None:
    """The last Received counts; without one the server's own clock, never the sender's."""
    arrived = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)
    mailbox.deliver(letter(1), at=arrived)
    received = letter(2, received="Thu, 02 Apr 2026 07:00:00 +0000")
    mailbox.deliver(received, at=arrived)
    one, two = [item for page in pages_of(mailbox.connector()) for item in page.items]
    assert isinstance(one, Incoming)
    assert isinstance(two, Incoming)
    assert one.received_at == arrived
    assert two.received_at == arrived.replace(hour=7, minute=0)


def test_a_huge_mail_is_cut(mailbox: Mailbox) -> None:
    """Of a mail over the limit the beginning is fetched, and it says so."""
    mailbox.deliver(letter(1, size=400_000))
    mailbox.deliver(2)
    pages = pages_of(mailbox.connector(max_bytes=100_000))
    one, two = [item for page in pages for item in page.items]
    assert isinstance(one, Incoming)
    assert len(one.raw) == 100_000
    assert "truncated" in one.context["flags"]
    assert ids_of(pages) == names(1, 2)
    assert isinstance(two, Incoming)
    assert "flags" not in two.context


def test_a_batch_is_bounded_in_bytes(mailbox: Mailbox) -> None:
    """Large mails come few at a time, however many there are."""
    for number in range(9):
        mailbox.deliver(letter(number, size=2_000_000))
    pages = pages_of(mailbox.connector())
    assert ids_of(pages) == names(*range(9))
    assert max(sum(len(item.raw) for item in page.items) for page in pages) < 9_000_000


def test_bytes_are_kept_as_they_came(mailbox: Mailbox) -> None:
    """What no charset knows, empty lines and a missing end of line survive."""
    raw = letter(1).replace(b"tags", b"t\xff\x80gs") + b"\r\n\r\n  no end"
    mailbox.deliver(raw)
    [item] = [item for page in pages_of(mailbox.connector()) for item in page.items]
    assert item.raw == raw


def test_our_own_mail(mailbox: Mailbox) -> None:
    """Mail written from our own domains is an agent's."""
    mailbox.deliver(1)
    [item] = [
        item
        for page in pages_of(mailbox.connector(own_domains=("customer.example",)))
        for item in page.items
    ]
    assert isinstance(item, Incoming)
    assert item.kind is Kind.AGENT


def test_an_empty_mailbox(mailbox: Mailbox) -> None:
    """A first pull of an empty folder says where to go on, and mail is found then."""
    first = pages_of(mailbox.connector())
    assert ids_of(first) == []
    mailbox.deliver(1)
    assert ids_of(pages_of(mailbox.connector(), first[-1].cursor)) == names(1)


def test_another_accounts_cursor(mailbox: Mailbox) -> None:
    """Where another account was left means nothing here."""
    mailbox.deliver(1)
    cursor = pages_of(mailbox.connector())[-1].cursor
    assert cursor is not None
    other = re.sub(f"{mailbox.user}@", "somebody@", cursor)
    assert ids_of(pages_of(mailbox.connector(), type(cursor)(other))) == names(1)


def test_a_password_of_any_letters(mailbox: Mailbox) -> None:
    """A password may hold quotes, strokes and letters outside ASCII."""
    odd = mailbox.connector(user=ODD_USER, password=Secret(ODD_PASSWORD))
    assert ids_of(pages_of(odd)) == []
