"""Servers that lie, dawdle or talk too much: what is true is kept, and a pull ends."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Mapping
from typing import Any

import pytest

from servers.fake_imap import Answer, FakeImap, Message, Talk, drip
from servers.mailbox import ids_of, letter, pages_of
from triage.connector import Incoming, Page, Secret, SourceUnavailable, Unreadable
from triage_connectors.imap import Imap


def to(server: FakeImap, **settings: Any) -> Imap:
    usual = {"host": "127.0.0.1", "port": server.port, "user": "a", "tls": "none",
             "password": Secret("canary-5f3a91"), "patience": 0.5}  # fmt: skip
    return Imap(**{**usual, **settings})


def mails(count: int) -> list[Message]:
    return [Message(10 * n, letter(n)) for n in range(1, count + 1)]


def served(count: int = 3, **answers: Answer) -> FakeImap:
    return answering(answers, count)


def answering(answers: Mapping[str, Answer], count: int = 3) -> FakeImap:
    named = {name.replace("_", " "): answer for name, answer in answers.items()}
    return FakeImap(folders={"INBOX": mails(count)}, answers=named)


def names(*numbers: int) -> list[str]:
    return [f"case-{number}@customer.example" for number in numbers]


def only(what: str, said: Answer) -> Answer:
    """That answer to commands that hold these words, the usual one to others."""
    return lambda talk, words: said(talk, words) if what in words else None


def test_the_fake_server_is_read() -> None:
    """The server of these tests is read like any other where it behaves."""
    with served() as server:
        pages = pages_of(to(server))
        assert ids_of(pages) == names(1, 2, 3)
        assert pages_of(to(server), pages[-1].cursor) == []
        # Nothing is opened where nothing can be new.
        assert server.heard[-2:] == [
            'STATUS "INBOX" (MESSAGES UIDNEXT UIDVALIDITY)', "LOGOUT"
        ]  # fmt: skip
        assert not any(said.startswith(("SELECT", "STORE")) for said in server.heard)


@pytest.mark.parametrize("size", ["9999999999", "9" * 5000])
def test_a_bomb_of_a_message(size: str) -> None:
    """A message announced as ten gigabytes takes neither memory nor time."""

    def bomb(talk: Talk, _: str) -> bytes:
        return f"* 1 FETCH (UID 10 BODY[] {{{size}}}\r\n".encode() + b"x" * 1000

    tracemalloc.start()
    with served(UID_FETCH=only("BODY", bomb)) as server:
        began = time.monotonic()
        with pytest.raises(SourceUnavailable):
            pages_of(to(server))
    assert time.monotonic() - began < 3
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_a_line_without_end() -> None:
    """A line is read up to a megabyte, then the server is given up."""

    def line(talk: Talk, _: str) -> bytes:
        talk.say(b"* LIST (" + b"x" * 3_000_000)
        return b""

    with served(LIST=line) as server, pytest.raises(SourceUnavailable, match="line"):
        pages_of(to(server))


def test_answers_without_end() -> None:
    """An answer that goes on and on is cut off at what was asked for."""

    def flood(talk: Talk, _: str) -> bytes:
        while True:
            talk.say(b"* 1 FETCH (FLAGS (\\Seen))\r\n" * 1000)

    with (
        served(UID_FETCH=flood) as server,
        pytest.raises(SourceUnavailable, match="more than it was asked for"),
    ):
        pages_of(to(server))


@pytest.mark.parametrize("name", ["STATUS", "EXAMINE", "UID_SEARCH", "UID_FETCH"])
def test_silence(name: str) -> None:
    """A server that says nothing more is given up after the patience that was set."""
    over = threading.Event()

    def silent(talk: Talk, _: str) -> bytes:
        over.wait(10)
        return b""

    with answering({name: silent}) as server:
        began = time.monotonic()
        with pytest.raises(SourceUnavailable, match=r"silent for 0\.5 seconds"):
            pages_of(to(server))
        assert time.monotonic() - began < 3
        over.set()


def test_a_byte_now_and_then() -> None:
    """Who sends a byte now and then, to be waited for for ever, is not."""

    def slow(talk: Talk, _: str) -> bytes:
        drip(talk, b"* SEARCH " + b"1 " * 500, 0.2)
        return talk.done()

    with served(UID_SEARCH=slow) as server:
        began = time.monotonic()
        with pytest.raises(SourceUnavailable, match="silent"):
            pages_of(to(server))
        assert time.monotonic() - began < 4


def test_mail_nobody_asked_for() -> None:
    """Other messages, messages without a uid and flags beside them change nothing."""

    def more(talk: Talk, words: str) -> bytes:
        foreign = Message(999, letter(999))
        return (
            talk.row(7, foreign, "BODY")
            + b"* 2 FETCH (FLAGS (\\Seen))\r\n* 10 FETCH (FLAGS ())\r\n"
            + b"* 10 FETCH (BODY[] {5}\r\nwrong)\r\n* 1 RECENT\r\n* 3 EXPUNGE\r\n"
            + b"".join(talk.row(1, one, "BODY") for one in talk.server.folders["INBOX"])
            + talk.done()
        )

    with served(UID_FETCH=only("BODY", more)) as server:
        assert ids_of(pages_of(to(server))) == names(1, 2, 3)


def test_a_message_without_a_body() -> None:
    """A message the server lists and does not give is told of, not lost."""

    def nil(talk: Talk, words: str) -> bytes:
        rest = talk.server.folders["INBOX"][1:]
        rows = b"".join(talk.row(2, one, "BODY") for one in rest)
        return b"* 1 FETCH (UID 10 BODY[] NIL)\r\n" + rows + talk.done()

    with served(UID_FETCH=only("BODY", nil)) as server:
        pages = pages_of(to(server))
        items = [item for page in pages for item in page.items]
    assert isinstance(items[0], Unreadable)
    assert "gives nothing of it" in items[0].why
    assert ids_of([Page(items[1:], None)]) == names(2, 3)


def test_a_message_the_server_chokes_on() -> None:
    """One message that cannot be had spoils no batch: the others come."""

    def choke(talk: Talk, words: str) -> bytes | None:
        if words.split()[2] == "20":
            return talk.done("NO internal error")
        if "BODY" in words and "," in words:
            first = talk.server.folders["INBOX"][0]
            return talk.row(1, first, "BODY") + talk.done("NO internal error")
        return None

    with served(UID_FETCH=only("BODY", choke)) as server:
        pages = pages_of(to(server))
    items = {
        item.external_id.partition("#")[0]: item for p in pages for item in p.items
    }
    assert set(items) == {*names(1, 3), "INBOX/7/20"}
    assert isinstance(items["INBOX/7/20"], Unreadable)


def test_a_server_that_gives_nothing() -> None:
    """Where no message at all can be had it is the server; nothing is passed over."""

    def nothing(talk: Talk, _: str) -> bytes:
        return talk.done("NO [UNAVAILABLE] try again later")

    with served(UID_FETCH=only("BODY", nothing)) as server:
        with pytest.raises(SourceUnavailable, match=r"gives none of them.*UNAVAILABLE"):
            pages_of(to(server))
        server.answers.clear()
        assert ids_of(pages_of(to(server))) == names(1, 2, 3)


def test_mail_deleted_meanwhile() -> None:
    """A message that goes between being listed and fetched is not waited for."""

    def gone(talk: Talk, words: str) -> bytes | None:
        del talk.server.folders["INBOX"][1:2]
        talk.server.answers.clear()
        return None

    with served(UID_FETCH=only("BODY", gone)) as server:
        assert ids_of(pages_of(to(server))) == names(1, 3)


def test_a_search_that_gives_the_last_message() -> None:
    """Above the last message "n:*" means the last; it comes no second time."""

    def last(talk: Talk, _: str) -> bytes:
        return talk.ok("SEARCH 30")

    def moved(talk: Talk, _: str) -> bytes:
        return talk.ok('STATUS "INBOX" (MESSAGES 3 UIDNEXT 77 UIDVALIDITY 7)')

    with served() as server:
        cursor = pages_of(to(server))[-1].cursor
        server.answers |= {"UID SEARCH": last, "STATUS": moved}
        assert ids_of(pages_of(to(server), cursor)) == []


def test_a_server_that_knows_no_uidnext() -> None:
    """Where it is not said which uid comes next, the folder is looked into."""

    def bare(talk: Talk, _: str) -> bytes:
        return talk.ok('STATUS "INBOX" (MESSAGES 3 UIDVALIDITY 7)')

    with served(STATUS=bare) as server:
        cursor = pages_of(to(server))[-1].cursor
        assert ids_of(pages_of(to(server), cursor)) == []
        server.folders["INBOX"].append(Message(40, letter(4)))
        assert ids_of(pages_of(to(server), cursor)) == names(4)


@pytest.mark.parametrize(
    "said",
    [
        b"* LIST (((((((((((((((((((((((((((((((\r\n",
        b"* LIST " + b"(" * 5000 + b"\r\n",
        b'* LIST () "/" "&&&\xff"\r\n',
        b"* LIST\r\n",
        b"* 1 FETCH (UID\r\n",
        b"HTTP/1.1 400 Bad Request\r\n",
        b"\x00\x01\x02\r\n",
        b"* BYE out of order\r\n",
    ],
)
def test_nonsense(said: bytes) -> None:
    """Whatever a server says, the error is one a person can read."""

    def odd(talk: Talk, _: str) -> bytes:
        return said + talk.done()

    told: list[str] = []
    for name in ("LIST", "STATUS", "EXAMINE", "UID_SEARCH", "UID_FETCH"):
        with answering({name: odd}) as server:
            try:
                pages = pages_of(to(server))
            except SourceUnavailable as error:
                told.append(str(error))
            else:
                assert ids_of(pages) == names(1, 2, 3)
    assert not any("\n" in words for words in told)


@pytest.mark.parametrize("greeting", [b"* BYE no\r\n", b"SSH-2.0-x\r\n", b""])
def test_not_a_mail_server(greeting: bytes) -> None:
    """What answers on the port and is no mail server is said to be none."""
    with FakeImap(greeting=greeting) as server, pytest.raises(SourceUnavailable):
        pages_of(to(server, patience=0.5))


def gmail(*messages: Message, **folders: list[Message]) -> FakeImap:
    return FakeImap(
        "IMAP4rev1 AUTH=PLAIN IDLE CONDSTORE X-GM-EXT-1",
        {"\\Noselect:[Gmail]": [], "\\All:[Gmail]/All Mail": list(messages), **folders},
    )


def test_gmails_own_names() -> None:
    """At Gmail a message and its thread have Gmail's names, and all mail is read."""
    with gmail(
        Message(1, letter(1), 'X-GM-MSGID 1278455344230334865 X-GM-THRID 17 X-GM-LABELS ("\\\\Inbox")'),
        Message(2, letter(2), 'X-GM-MSGID 2 X-GM-THRID 17 X-GM-LABELS ("\\\\Sent" "Kunden")'),
        Message(3, letter(3), "X-GM-MSGID 3 X-GM-THRID 18 X-GM-LABELS (\\Draft)"),
        Message(4, letter(4), 'X-GM-MSGID 4 X-GM-THRID 19 X-GM-LABELS ("\\\\Sent" "\\\\Inbox")'),
    ) as server:  # fmt: skip
        items = [item for page in pages_of(to(server)) for item in page.items]
    assert [item.external_id for item in items] == ["gm:1278455344230334865", "gm:4"]
    assert [item.thread for item in items if isinstance(item, Incoming)] == [
        "gm:17",
        "gm:19",
    ]


def test_a_label_is_no_second_fetch() -> None:
    """At Gmail a message with two labels is fetched once."""
    told = "X-GM-MSGID 5 X-GM-THRID 5 X-GM-LABELS ()"
    with gmail(
        Message(1, letter(5), told), INBOX=[Message(9, letter(5), told)]
    ) as server:
        pages = pages_of(to(server, folders=("inbox", "all")))
    assert [item.external_id for page in pages for item in page.items] == ["gm:5"]
    assert sum("BODY.PEEK" in said for said in server.heard) == 1


def test_yahoo_is_asked_nothing_it_refuses() -> None:
    """A server that says BAD to any extension is read all the same."""

    def bad(talk: Talk, words: str) -> bytes | None:
        extended = ("MODSEQ", "CHANGEDSINCE", "QRESYNC", "ENABLE", "RETURN", "X-GM")
        if any(word in words for word in extended):
            return talk.done("BAD unknown")
        return None

    with served(STATUS=bad, EXAMINE=bad, UID_SEARCH=bad, UID_FETCH=bad) as server:
        assert ids_of(pages_of(to(server))) == names(1, 2, 3)
    assert not any(said.startswith("ENABLE") for said in server.heard)


def test_deleting_while_a_large_folder_is_searched(monkeypatch: Any) -> None:
    """What moves up when mail is deleted meanwhile is in a piece still to be asked."""
    from triage_connectors import imap_session

    monkeypatch.setattr(imap_session, "_WINDOW", 4)
    asked = 0

    def search(talk: Talk, words: str) -> bytes:
        nonlocal asked
        messages = talk.server.folders["INBOX"]
        first, last = map(int, words.split()[2].split(":"))
        found = " ".join(str(one.uid) for one in messages[first - 1 : last])
        asked += 1
        if asked <= 3:
            del messages[0]
        return talk.ok(f"SEARCH {found}".rstrip())

    with served(20, UID_SEARCH=search) as server:
        found = ids_of(pages_of(to(server)))
    assert found == names(*range(4, 21))
    assert asked == 5
