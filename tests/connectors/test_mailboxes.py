from __future__ import annotations

import json
import os
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.connector import (
    Channel,
    ConfigError,
    Incoming,
    Kind,
    SourceError,
    Unreadable,
)
from triage.testing import check
from triage_connectors import folder, paging
from triage_connectors.eml import Eml
from triage_connectors.maildir import Maildir
from triage_connectors.mbox import Mbox

STAMP = b"From ann@example.com Mon Jan  5 10:00:00 2026\n"


def message(number: int, body: str = "It stops when I press save.") -> bytes:
    return (
        f"From: Ann <ann{number}@example.com>\n"
        f"Message-ID: <M{number}@example.com>\n"
        f"Date: Mon, 5 Jan 2026 10:00:0{number % 10} +0100\n"
        f"Subject: Saving {number}\n\n{body}\n"
    ).encode()


def mailbox(tmp_path: Path, *messages: bytes, name: str = "in.mbox") -> Path:
    path = tmp_path / name
    path.write_bytes(b"".join(STAMP + one + b"\n" for one in messages))
    os.utime(path, (1, 1))
    return path


def files(tmp_path: Path, **contents: bytes) -> Path:
    root = tmp_path / "mails"
    for name, content in contents.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def test_they_keep_the_contract_of_connectors(tmp_path: Path) -> None:
    """Whatever a connector promises, mailboxes, folders and Maildirs keep."""
    messages = [message(n) for n in range(30)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "ROWS", 7)
        patch.setattr(folder, "ROWS", 7)
        check(lambda: Mbox(mailbox(tmp_path, *messages)))
        root = files(tmp_path, **{f"{n}.eml": one for n, one in enumerate(messages)})
        check(lambda: Eml(root))
        box = files(
            tmp_path, **{f"box__new__{n}.host": one for n, one in enumerate(messages)}
        )
        (box / "box" / "cur").mkdir()
        check(lambda: Maildir(box / "box"))


def test_a_mailbox_yields_its_messages(tmp_path: Path, pull: Any) -> None:
    """Each message is one feedback, with who, when, what and its exact bytes."""
    first, second = pull(Mbox(mailbox(tmp_path, message(1), message(2))))
    assert first.external_id.startswith("m1@example.com#")
    assert (first.channel, first.kind) == (Channel.EMAIL, Kind.FEEDBACK)
    assert (first.author, first.email) == ("Ann", "ann1@example.com")
    assert (first.title, first.body) == ("Saving 1", "It stops when I press save.")
    assert first.received_at == datetime(2026, 1, 5, 9, 0, 1, tzinfo=UTC)
    assert first.thread == "m1@example.com"
    assert first.raw == message(1) + b"\n"
    assert second.title == "Saving 2"


def test_a_sentence_that_begins_with_from_splits_nothing(
    tmp_path: Path, pull: Any
) -> None:
    """Only a line with a date or a dash, over a header, begins a message."""
    body = "I write\n\nFrom Russia with love\n\nFrom 10:00 to 2026 it was slow\n\nx"
    [one] = pull(Mbox(mailbox(tmp_path, message(1, body))))
    assert "From Russia with love" in one.body


def test_quoted_from_lines_are_unquoted_in_the_text_only(
    tmp_path: Path, pull: Any
) -> None:
    """What the mailbox put before a “From ” goes from the text and stays in the raw."""
    body = "It began\n>From Monday on it was slow\n>>From here too\nyes it did"
    [one] = pull(Mbox(mailbox(tmp_path, message(1, body))))
    assert "\nFrom Monday on" in one.body
    assert b"\n>From Monday on" in one.raw


def test_the_same_message_id_with_other_words_is_another_feedback(
    tmp_path: Path, pull: Any
) -> None:
    """Senders choose ids: equal ids with other content stay apart, copies do not."""
    other = message(1, "Something else happens here.")
    read = message(1).replace(b"Subject:", b"Status: RO\nX-Status: A\nSubject:")
    found = pull(Mbox(mailbox(tmp_path, message(1), other, read, message(1))))
    names = [one.external_id for one in found]
    assert names[0] == names[2] == names[3] != names[1]


def test_a_message_without_an_id_is_named_by_its_content(
    tmp_path: Path, pull: Any
) -> None:
    """Where there is no Message-ID the content names the message."""
    bare = message(1).replace(b"Message-ID", b"X-Other")
    [one] = pull(Mbox(mailbox(tmp_path, bare)))
    assert one.external_id.startswith("sha256:")


def test_a_growing_mailbox_yields_what_is_new(
    tmp_path: Path, pull: Any, pull_pages: Any
) -> None:
    """Only appended messages come; an open last one is read again and stays the same."""
    path = mailbox(tmp_path, message(1), message(2))
    last = pull_pages(Mbox(path))[-1].cursor
    assert pull(Mbox(path), last) == []
    with path.open("ab") as file:
        file.write(STAMP + message(3))
    os.utime(path, (2, 2))
    [page] = pull_pages(Mbox(path), last)
    assert [one.title for one in page.items] == ["Saving 3"]
    with path.open("ab") as file:
        file.write(b"\n" + STAMP + message(4) + b"\n")
    again = pull(Mbox(path), page.cursor)
    assert [one.title for one in again] == ["Saving 3", "Saving 4"]
    assert again[0].external_id == page.items[0].external_id


def test_messages_at_every_chunk_border_are_found(tmp_path: Path, pull: Any) -> None:
    """However a mailbox is cut into pieces for reading, its messages are the same."""
    chance = random.Random(4)
    messages = [message(n, "word " * chance.randrange(900)) for n in range(300)]
    path = mailbox(tmp_path, *messages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("triage_connectors.mbox._CHUNK", 4096)
        assert [one.raw for one in pull(Mbox(path))] == [m + b"\n" for m in messages]


def test_a_huge_message_is_cut_and_says_so(
    tmp_path: Path, pull: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over the limit the header and the first part are kept, with a flag."""
    monkeypatch.setattr("triage.text.mail.LIMIT", 10_000)
    monkeypatch.setattr("triage_connectors.mail_incoming.BEGINNING", 2_000)
    huge = message(1, "word " * 9000)
    for connector in (
        Mbox(mailbox(tmp_path, huge, message(2))),
        Eml(files(tmp_path, a=huge)),
    ):
        one = pull(connector)[0]
        assert one.title == "Saving 1"
        assert len(one.raw) <= 1024 * 1024
        assert one.context["flags"] == ["truncated"]


def test_what_is_no_mailbox_is_refused(tmp_path: Path, pull: Any) -> None:
    """A file that does not begin like a mailbox is an error, not an empty pull."""
    path = tmp_path / "x.mbox"
    path.write_bytes(b"id,text\n")
    with pytest.raises(ConfigError, match="no mailbox"):
        pull(Mbox(path))


def test_every_file_is_a_row(tmp_path: Path, pull: Any) -> None:
    """Whatever a file is called and holds, it is one row, copies among them."""
    root = files(
        tmp_path, b=message(1), a=message(1), sub__c=message(1, "Other words are here."),
        d=b"no mail at all\n", e=b"", **{".DS_Store": b"\0", ".hidden": message(7)},
    )  # fmt: skip
    found = pull(Eml(root))
    assert len({one.external_id for one in found}) == len(found) == 6
    assert sum(isinstance(one, Unreadable) for one in found) == 2
    copies = [one.external_id for one in found if one.raw == message(1)]
    assert copies[1] == f"{copies[0]}:2"
    assert pull(Eml(root)) == found


def test_links_are_not_followed(tmp_path: Path, pull: Any) -> None:
    """A link in a folder leads nowhere: what is outside stays outside."""
    root = files(tmp_path, a=message(1))
    (tmp_path / "secret").write_bytes(message(2))
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "loop").symlink_to(root)
    assert len(pull(Eml(root))) == 1


def test_one_file_is_a_source_as_well(tmp_path: Path, pull: Any) -> None:
    """A single message can be named instead of its folder; nothing there is an error."""
    root = files(tmp_path, a=message(1))
    assert [one.title for one in pull(Eml(root / "a"))] == ["Saving 1"]
    with pytest.raises(ConfigError, match="no file or folder"):
        pull(Eml(root / "none"))


def test_new_files_come_alone(tmp_path: Path, pull: Any, pull_pages: Any) -> None:
    """An unchanged folder yields no page; a new file comes, wherever it sorts."""
    root = files(tmp_path, b=message(1), c=message(2))
    last = pull_pages(Eml(root))[-1].cursor
    assert pull_pages(Eml(root), last) == []
    files(tmp_path, a=message(3), z=message(1))
    found = {one.external_id: one.title for one in pull(Eml(root), last)}
    whole = {one.external_id: one.title for one in pull(Eml(root))}
    assert {"Saving 3"} <= set(found.values())
    assert found.items() <= whole.items()
    assert len(whole) == 4


def test_a_maildir_knows_a_message_by_its_key(
    tmp_path: Path, pull: Any, pull_pages: Any
) -> None:
    """Moved from new to cur and flagged, a message keeps its name; tmp is not read."""
    files(tmp_path, new__1=message(1), tmp__9=message(9))
    box = tmp_path / "mails"
    (box / "cur").mkdir()
    [page] = pull_pages(Maildir(box))
    (box / "new" / "1").rename(box / "cur" / "1:2,FS")
    later = pull(Maildir(box), page.cursor)
    assert {one.external_id for one in later} <= {page.items[0].external_id}
    assert len(page.items) == 1


def test_what_is_no_maildir_is_refused(tmp_path: Path, pull: Any) -> None:
    """A folder without new and cur is an error."""
    with pytest.raises(ConfigError, match="no Maildir"):
        pull(Maildir(tmp_path))


def test_agents_and_machines_are_told_apart(tmp_path: Path, pull: Any) -> None:
    """Our own side's mail and automatic mail are kept, and never feedback."""
    auto = message(2).replace(b"Subject:", b"Auto-Submitted: auto-replied\nSubject:")
    path = mailbox(tmp_path, message(1), auto)
    own, machine = pull(Mbox(path, own_domains=("example.com",)))
    assert (own.kind, machine.kind) == (Kind.AGENT, Kind.AUTO)
    assert "Auto-Submitted" in machine.context["why"]


def test_the_context_tells_the_rest(tmp_path: Path, pull: Any) -> None:
    """Recipients, attachments and that more was written are in the context."""
    raw = (
        b"From: a@b.c\nTo: help@shop.example\nSubject: s\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n\n'
        b"The printed page is empty.\n\nOn Mon, 5 Jan 2026 at 10:00, B wrote:\n> old\n"
        b'--x\nContent-Type: image/png; name="p.png"\n'
        b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n"
    )
    [one] = pull(Eml(files(tmp_path, a=raw)))
    assert one.body == "The printed page is empty."
    assert one.context["to"] == ["help@shop.example"]
    assert one.context["attachments"] == [
        {"name": "p.png", "type": "image/png", "size": 9}
    ]
    assert one.context["whole_differs"] is True
    json.dumps(dict(one.context))


def test_a_cursor_of_another_kind_is_refused(tmp_path: Path, pull: Any) -> None:
    """A place this version cannot read is an error that says how to repair it."""
    root = files(tmp_path, a=message(1))
    for cursor in ('{"v": 9}', "x", '{"v": 1, "listing": 1, "since": "x", "after": 1}'):
        with pytest.raises(SourceError, match="from the start"):
            pull(Eml(root), cursor)


def test_they_recognise_their_own(tmp_path: Path) -> None:
    """Mailboxes, messages, folders of them and Maildirs are told from each other."""
    root = files(tmp_path, a=message(1), b=message(2))
    box = tmp_path / "box"
    for name in ("new", "cur", "tmp"):
        (box / name).mkdir(parents=True)
    assert Mbox.recognises(Path("x"), STAMP + message(1)) > 90
    assert Mbox.recognises(Path("x"), message(1)) == 0
    assert Eml.recognises(root / "a", message(1)) > 50
    assert Eml.recognises(Path("x.csv"), b"id,text\n1,From: you\n") == 0
    assert Eml.recognises(root, b"") > 40
    assert Eml.recognises(box, b"") == 0
    assert Maildir.recognises(box, b"") > 90
    assert Maildir.recognises(root, b"") == 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_no_bytes_crash_them(tmp_path: Path, pull: Any, data: bytes) -> None:
    """Whatever stands in a message, it becomes a row that can be stored."""
    path = mailbox(tmp_path, message(1), b"From: a@b.c\n" + data, message(2))
    found = pull(Mbox(path))
    assert len(found) >= 3
    for one in found:
        assert isinstance(one, Incoming | Unreadable)
        assert one.raw


def test_a_mailbox_gmail_wrote_tells_its_conversations(
    tmp_path: Path, pull: Any
) -> None:
    """What Takeout says of a thread is final; elsewhere the messages it names tell."""
    told = message(1).replace(b"Subject:", b"X-GM-THRID: 1500\nSubject:")
    first, second = pull(Mbox(mailbox(tmp_path, told, message(2))))
    assert (first.thread, first.references) == ("gm:1500", ())
    assert (second.thread, second.references) == (
        "m2@example.com", ("m2@example.com",),
    )  # fmt: skip


def test_folders_of_a_maildir_are_read_where_asked(tmp_path: Path, pull: Any) -> None:
    """Both ways of keeping folders are read by their names; none unasked."""
    box = files(
        tmp_path, cur__1=message(1), new__9=message(9), **{
            ".Sent__cur__1": message(2), ".Archive.2025__cur__1:2,S": message(3),
            "Plain__Deep__new__1": message(4), "Plain__Deep__cur__2": message(5),
            ".Sent__new__7": message(7), ".Archive.2025__new__8": message(8),
            ".Sent__tmp__6": message(6),
        },
    )  # fmt: skip

    def titles(*folders: str) -> list[str]:
        return sorted(one.title[-1] for one in pull(Maildir(box, folders=folders)))

    assert titles() == ["1", "9"]
    assert titles("Sent") == ["1", "2", "7", "9"]
    assert titles("Archive/2025", "Plain/Deep") == ["1", "3", "4", "5", "8", "9"]
    assert titles("*") == ["1", "2", "3", "4", "5", "7", "8", "9"]
    with pytest.raises(ConfigError, match="Archive/2025, Plain/Deep, Sent"):
        pull(Maildir(box, folders=("Gesendet",)))


def test_a_message_moved_to_another_folder_is_no_second_one(
    tmp_path: Path, pull: Any
) -> None:
    """Its name is its own, not its place's."""
    box = files(tmp_path, cur__1=message(1), **{".Done__cur__2": message(2)})
    for name in ("new", ".Done/new"):
        (box / name).mkdir()
    before = {one.external_id for one in pull(Maildir(box, folders=("*",)))}
    (box / "cur" / "1").rename(box / ".Done" / "cur" / "1:2,S")
    assert {one.external_id for one in pull(Maildir(box, folders=("*",)))} == before


def test_a_message_half_written_waits(
    tmp_path: Path, pull: Any, pull_pages: Any
) -> None:
    """At each byte of a growing mailbox nothing half is told, and in the end all of it."""
    whole = mailbox(tmp_path, message(1), message(2), message(3)).read_bytes()
    path = tmp_path / "grows.mbox"
    found: dict[str, str] = {}
    cursor = None
    for end in [*range(1, len(whole), 37), len(whole)]:
        path.write_bytes(whole[:end])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("triage_connectors.place._PAUSE", 0)
            patch.setattr("triage_connectors.place.Place.is_still", _nobody)
            try:
                pages = pull_pages(Mbox(path), cursor)
            except ConfigError:
                # Its first line is not there yet.
                continue
        for page in pages:
            cursor = page.cursor
            found.update((one.external_id, one.body) for one in page.items)
    found.update((one.external_id, one.body) for one in pull(Mbox(path), cursor))
    assert found == {one.external_id: one.body for one in pull(Mbox(path))}
    assert len(found) == 3


async def _nobody(_: object) -> bool:
    """Say that somebody is writing."""
    return False


def test_a_message_that_goes_on_after_an_empty_line_stays_one(
    tmp_path: Path, pull: Any, pull_pages: Any
) -> None:
    """A pause between two paragraphs loses no word and makes no second feedback."""
    whole = message(2, "The first part.\n\nThe second part.") + b"\n"
    path = mailbox(tmp_path, message(1))
    before = path.read_bytes()
    path.write_bytes(before + STAMP + whole.partition(b"The second")[0])
    os.utime(path, (2, 2))
    pages = pull_pages(Mbox(path))
    path.write_bytes(before + STAMP + whole + STAMP + message(3) + b"\n")
    os.utime(path, (3, 3))
    first, third = pull(Mbox(path), pages[-1].cursor)
    assert first.external_id == pages[-1].items[-1].external_id
    assert first.body == "The first part.\n\nThe second part."
    assert third.title == "Saving 3"
