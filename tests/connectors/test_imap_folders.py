"""Which folders are read: named in any script, or by what they are for."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.mailbox import Mailbox, ids_of, pages_of
from triage.connector import ConfigError
from triage_connectors.imap_folders import chosen, known
from triage_connectors.imap_session import ranges


def test_folders_by_what_they_are_for(mailbox: Mailbox) -> None:
    """Words for special folders find them; the usual ones are never read unasked."""
    for number, folder in enumerate(("Junk", "Archive", "Sent", "Trash", "Drafts")):
        mailbox.deliver(number, folder)
    mailbox.deliver(9)
    assert ids_of(pages_of(mailbox.connector())) == ["case-9@customer.example"]
    junk = pages_of(mailbox.connector(folders=("spam", "archive")))
    assert ids_of(junk) == ["case-0@customer.example", "case-1@customer.example"]
    # This server has no folder of all mail: then all but those five are meant.
    everything = pages_of(mailbox.connector(folders=("all",)))
    assert ids_of(everything) == ["case-1@customer.example", "case-9@customer.example"]


def test_names_in_any_script(mailbox: Mailbox) -> None:
    """Folders are named as people read them, whatever is sent over the wire."""
    names = ["Kunden/Rückmeldung", "フィードバック", "A & B", 'say "hi" \\ now', "12"]
    with mailbox.server.client(mailbox.user) as client:
        for number, name in enumerate(names):
            from imapclient.imap_utf7 import encode

            wire = encode(name).decode().replace("\\", "\\\\").replace('"', '\\"')
            assert client.create(f'"{wire}"')[0] == "OK"
            raw = b"From: a@b.example\r\nMessage-ID: <%d@x>\r\n\r\nhello" % number
            assert client.append(f'"{wire}"', "", "", raw)[0] == "OK"
    for number, name in enumerate(names):
        pages = pages_of(mailbox.connector(folders=(name,)))
        assert ids_of(pages) == [f"{number}@x"], name


def test_a_missing_folder(mailbox: Mailbox) -> None:
    """A folder that is not there is an error that names those most like it."""
    mailbox.deliver(1, "Kunden/Feedback")
    with pytest.raises(ConfigError, match=r"did you mean Kunden/Feedback\?"):
        pages_of(mailbox.connector(folders=("fedback",)))
    with pytest.raises(ConfigError, match="there are Archive, Drafts, INBOX"):
        pages_of(mailbox.connector(folders=("qqqqq",)))


def listed(*names: str, **purposes: str) -> list[tuple[frozenset[str], str]]:
    flags = {name: frozenset({"hasnochildren"}) for name in names}
    flags |= {name: frozenset({flag}) for name, flag in purposes.items()}
    return [(flags[name], name) for name in flags]


def test_a_server_that_names_no_purposes() -> None:
    """Without SPECIAL-USE the usual names count, below a prefix as well."""
    folders = known(listed("INBOX", "INBOX.Sent Items", "INBOX.spam", "INBOX.Reviews"))
    assert chosen(["junk"], folders, is_gmail=False) == ["INBOX.spam"]
    assert chosen(["all"], folders, is_gmail=False) == ["INBOX", "INBOX.Reviews"]


def test_a_folder_only_named_like_one() -> None:
    """Where the server says which folder is for junk, another one's name says nothing."""
    folders = known(listed("INBOX", "Spam", Unwanted="junk"))
    assert chosen(["junk"], folders, is_gmail=False) == ["Unwanted"]
    assert chosen(["all"], folders, is_gmail=False) == ["INBOX", "Spam"]


def test_gmail_is_read_as_a_whole() -> None:
    """At Gmail all mail is read once instead of each label; asked for, a label is."""
    folders = known(
        listed("INBOX", "Kunden", **{"[Gmail]/Alle": "all", "[Gmail]": "noselect"})
    )
    assert chosen([], folders, is_gmail=True) == ["[Gmail]/Alle"]
    assert chosen(["inbox", "Kunden", "INBOX"], folders, is_gmail=True) == [
        "INBOX",
        "Kunden",
    ]


def test_a_folder_that_cannot_be_opened() -> None:
    """A folder that only holds others is none to read."""
    folders = known(listed("INBOX", **{"[Gmail]": "noselect"}))
    with pytest.raises(ConfigError, match="there is no folder"):
        chosen(["[Gmail]"], folders, is_gmail=False)


@given(st.sets(st.integers(1, 60)))
def test_ranges_mean_the_same_numbers(numbers: set[int]) -> None:
    """Numbers written as ranges are those numbers, and neighbours are one range."""
    text = ranges(sorted(numbers))
    spans = [
        (int(first), int(last or first))
        for first, _, last in (part.partition(":") for part in text.split(",") if part)
    ]
    assert [n for first, last in spans for n in range(first, last + 1)] == sorted(
        numbers
    )
    assert all(b[0] > a[1] + 1 for a, b in itertools.pairwise(spans))
