"""A mail server is trusted before it is told anything, and told each mail once."""

from __future__ import annotations

import asyncio
import base64
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import YEAR, a_certificate
from servers.smtp import HANG_UP, PASSWORD, SmtpServer, serving
from triage.connector import (
    ConfigError,
    NotTaken,
    Outgoing,
    RateLimited,
    Receipt,
    Report,
    Secret,
    SignInFailed,
    SourceUnavailable,
)
from triage.errors import TriageError, UsageError
from triage.text import addresses
from triage_connectors.smtp import Smtp
from triage_connectors.smtp_message import Sender, letter

KEY = "0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    """One that takes everything, in the clear."""
    with serving(SmtpServer()) as running:
        yield running


def to(server: SmtpServer, **more: Any) -> Smtp:
    return Smtp(**server.settings(**({"password": Secret(PASSWORD)} | more)))


def a_mail(text: str = "It is there.", **more: Any) -> Outgoing:
    context = {"to": "ann@customer.example"} | more.pop("context", {})
    return Outgoing(act="email", key=KEY, title="Export", text=text, context=context,
                    **more)  # fmt: skip


def send(connector: Smtp, outgoing: Outgoing | None = None) -> Receipt:
    nobody: Any = None
    return asyncio.run(connector.send(nobody, outgoing or a_mail()))


def check(connector: Smtp) -> Report:
    nobody: Any = None
    return asyncio.run(connector.check(nobody))


def refusal(connector: Smtp, outgoing: Outgoing | None = None) -> TriageError:
    """Why it was not sent; the whole of it without a secret."""
    with pytest.raises(TriageError) as caught:
        send(connector, outgoing)
    printed = "".join(traceback.format_exception(caught.value))
    assert "canary" not in printed
    assert base64.b64encode(PASSWORD.encode()).decode() not in printed
    return caught.value


def test_a_mail_arrives(server: SmtpServer) -> None:
    """One mail goes to one person, as text, under the name its draft gives it."""
    words = "Grüße 🎉\n.\n.. a dot begins this line\n" + "long " * 300
    connector = to(server, name='Mara, "Studio"', reply_to="help@studio.example")
    receipt = send(connector, a_mail(words.strip()))
    assert receipt.external_id == f"<triage.{KEY}@studio.example>"
    assert "4711" in receipt.state
    assert server.envelopes == [("mara@studio.example", "ann@customer.example")]
    mail = server.messages[0]
    assert mail["message-id"] == receipt.external_id
    assert mail["from"] == '"Mara, \\"Studio\\"" <mara@studio.example>'
    assert (mail["to"], mail["subject"]) == ("ann@customer.example", "Export")
    assert mail["reply-to"] == "help@studio.example"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == words.strip().splitlines()
    assert server.lines[0] == "ehlo [127.0.0.1]"


def test_an_answer_is_in_its_thread(server: SmtpServer) -> None:
    """A mail that answers one names it and those before it; what is no id is left out."""
    context = {
        "answers": "a1@x.example",
        "references": ["<a0@x.example>", "no id\r\nX: y"],
    }
    send(to(server), a_mail(context=context))
    mail = server.messages[0]
    assert mail["in-reply-to"] == "<a1@x.example>"
    assert mail["references"] == "<a0@x.example> <a1@x.example>"
    assert mail["x"] is None


def test_checking_sends_nothing(server: SmtpServer) -> None:
    """A check signs in, tells what the server takes, and begins no mail."""
    report = check(to(server))
    assert report.account.startswith("mara@studio.example, sent by 127.0.0.1:")
    assert report.facts["largest mail"] == "100,000 bytes"
    assert report.facts["sign-in"] == "accepted"
    assert not any(line.startswith("mail") for line in server.lines)


@pytest.mark.parametrize("starttls", [False, True])
def test_encryption(starttls: bool, tmp_path: Path) -> None:
    """Nothing but a greeting is said before the server has proved who it is."""
    file = a_certificate(tmp_path, "localhost", datetime.now(UTC) + YEAR)
    with serving(SmtpServer(certificate=file, starttls=starttls)) as server:
        word = "starttls" if starttls else "tls"
        sealed = {"host": "localhost", "security": word, "ca_file": file}
        assert "TLSv1" in check(to(server, **sealed)).facts["encryption"]
        send(to(server, **sealed))
        assert len(server.mails) == 1
        clear = {line for line, was in zip(server.lines, server.was_sealed, strict=True)
                 if not was}  # fmt: skip
        assert clear <= {"ehlo [127.0.0.1]", "STARTTLS"}
        unsafe: list[dict[str, Any]] = [{"ca_file": None}, {"host": "127.0.0.1"}]
        for change, why in zip(
            unsafe, ("nobody this machine trusts", "another name"), strict=True
        ):
            error = refusal(to(server, **{**sealed, **change}))
            assert isinstance(error, NotTaken)
            assert why in str(error)
        assert len(server.mails) == 1


def test_an_expired_certificate(tmp_path: Path) -> None:
    """A certificate that is over is said to be over, and nothing is sent."""
    file = a_certificate(tmp_path, "localhost", datetime.now(UTC) - timedelta(days=1))
    with serving(SmtpServer(certificate=file)) as server:
        error = refusal(to(server, host="localhost", security="tls", ca_file=file))
        assert "has expired" in str(error)
        assert server.lines == []


def test_no_encryption_where_it_is_asked_for(server: SmtpServer) -> None:
    """A server that takes STARTTLS out of its offers is told no password."""
    error = refusal(to(server, security="starttls"))
    assert isinstance(error, NotTaken)
    assert "offers no encryption" in str(error)
    assert not any("AUTH" in line for line in server.lines)
    error = refusal(to(server, security="tls"))
    assert "465" in str(error)


@pytest.mark.parametrize("offers", ["AUTH PLAIN", "AUTH LOGIN", ""])
def test_a_wrong_password(offers: str) -> None:
    """A refused password is a refused sign-in, however the server takes it."""
    with serving(SmtpServer(offers=(offers,) if offers else ())) as server:
        error = refusal(to(server, password=Secret("canary-wrong-99")))
        assert isinstance(error, SignInFailed)
        send(to(server))
        assert len(server.mails) == 1


def test_signing_in_with_a_token() -> None:
    """An access token is given as XOAUTH2, and a refused one is a refused sign-in."""

    class Tokens:
        def __init__(self, token: str) -> None:
            self._token = token

        async def access_token(self, *_: object) -> Secret:
            return Secret(self._token)

    with serving(SmtpServer(offers=("AUTH XOAUTH2",))) as server:
        settings = server.settings(provider="gmail", client_id="c", token=Secret("r-9"))
        connector = Smtp(**settings)
        asyncio.run(connector.send(Tokens(PASSWORD), a_mail()))  # type: ignore[arg-type]
        assert len(server.mails) == 1
        with pytest.raises(SignInFailed):
            asyncio.run(connector.send(Tokens("canary-old-3"), a_mail()))  # type: ignore[arg-type]
        with pytest.raises(ConfigError, match="takes no password"):
            send(to(server))


STAGES = ("HELLO", "EHLO", "MAIL", "RCPT", "DATA", "DOT")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    ("answer", "kind"),
    [("451 greylisted", NotTaken), ("550 no such user", NotTaken), ("421 too busy", RateLimited),
     ("550 5.4.5 Daily user sending limit exceeded", RateLimited)],
)  # fmt: skip
def test_a_refusal(server: SmtpServer, stage: str, answer: str, kind: type) -> None:
    """Refused at any stage, nothing was sent, and it says so in the server's words."""
    server.answers[stage] = answer
    error = refusal(to(server))
    assert isinstance(error, kind)
    assert answer.partition(" ")[2].split(" ")[-1] in str(error)
    assert server.mails == []


@pytest.mark.parametrize("stage", ["EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
def test_hanging_up_before_it_has_the_mail(server: SmtpServer, stage: str) -> None:
    """A server that goes before it has the mail surely has nothing."""
    server.answers[stage] = HANG_UP
    assert isinstance(refusal(to(server)), NotTaken)


def test_hanging_up_once_it_has_the_mail(server: SmtpServer) -> None:
    """After the last dot nobody knows, so it is no ``NotTaken``; it may have arrived."""
    server.answers["DOT"] = HANG_UP
    error = refusal(to(server))
    assert isinstance(error, SourceUnavailable)
    assert not isinstance(error, NotTaken)
    assert "before sending it again" in str(error)
    assert len(server.mails) == 1


def test_nobody_there() -> None:
    """A server that does not answer has surely taken nothing."""
    error = refusal(Smtp(host="127.0.0.1", port=1, security="none", auth="none",
                         address="mara@studio.example"))  # fmt: skip
    assert isinstance(error, NotTaken)


def test_stopping_cuts_the_line(server: SmtpServer) -> None:
    """Whoever stops waiting is not kept by a server that says nothing."""
    server.answers["RCPT"] = "250-and"

    async def stopped() -> None:
        nobody: Any = None
        async with asyncio.timeout(0.3):
            await to(server, patience=30.0).send(nobody, a_mail())

    with pytest.raises(TimeoutError):
        asyncio.run(stopped())
    assert server.mails == []


def test_too_large(server: SmtpServer) -> None:
    """A mail above what the server takes is not begun."""
    server.offers = ("SIZE 200",)
    error = refusal(to(server, auth="none"))
    assert "200 bytes at most" in str(error)
    assert not any(line.startswith("mail") for line in server.lines)


def test_letters_beyond_ascii(server: SmtpServer) -> None:
    """A domain in any script is written in ASCII; a name in one needs SMTPUTF8."""
    send(to(server), a_mail(context={"to": "ann@bücher.example"}))
    assert server.envelopes[-1][1] == "ann@xn--bcher-kva.example"
    send(to(server), a_mail(context={"to": "jürgen@customer.example"}))
    assert server.envelopes[-1][1] == "jürgen@customer.example"
    assert "SMTPUTF8" in next(line for line in reversed(server.lines) if "FROM" in line)
    server.offers = ()
    error = refusal(to(server), a_mail(context={"to": "jürgen@customer.example"}))
    assert "not in plain letters" in str(error)


def test_settings() -> None:
    """Settings that would send in the clear, or from nobody, are refused."""
    usual: dict[str, Any] = {"host": "mail.example", "address": "mara@studio.example"}
    for change, why in (
        ({"security": "none"}, "in the clear"),
        ({"auth": "none"}, "this machine only"),
        ({"address": "mara"}, "no mail address"),
        ({"reply_to": "a@x.example, b@x.example"}, "exactly one"),
        ({"host": ""}, "host"),
        ({"provider": "gmial"}, "did you mean gmail"),
        ({"provider": "outlook", "host": ""}, "client_id"),
        ({"security": "ssl"}, "starttls"),
    ):
        with pytest.raises(ConfigError, match=why):
            Smtp(**{**usual, **change})


@pytest.mark.parametrize(
    "address",
    ["", "ann", "@x.example", "a@b", "a b@x.example", "a@x.example\r\nBcc: b@y.example",
     "a@x.example,b@x.example", "<a@x.example>", "a@x..example", "é" * 40 + "@x.example",
     "a@" + "x" * 300 + ".example", "a\0@x.example", ".a@x.example"],
)  # fmt: skip
def test_what_is_no_address(server: SmtpServer, address: str) -> None:
    """What is not exactly one address is told to no server."""
    assert isinstance(refusal(to(server), a_mail(context={"to": address})), NotTaken)
    assert server.lines == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_header_can_be_put_in(title: str, name: str, to_: str) -> None:
    """Whatever subject, name and address hold, the headers are ours and no others."""
    outgoing = a_mail(context={"to": to_, "answers": name})
    outgoing = Outgoing(
        act="email", key=KEY, title=title, text="x", context=outgoing.context
    )
    try:
        made = letter(outgoing, Sender(address="m@s.example", name=name), NOW)
    except NotTaken:
        outgoing = Outgoing(act="email", key=KEY, title=title, text="x",
                            context={"to": "a@x.example", "answers": name})  # fmt: skip
        made = letter(outgoing, Sender(address="m@s.example", name=name), NOW)
    head = made.content.partition(b"\r\n\r\n")[0]
    names = {
        row.split(b":")[0].lower()
        for row in head.split(b"\r\n")
        if row[:1] not in b" \t"
    }
    assert names <= {b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to",
                     b"references", b"content-type", b"content-transfer-encoding",
                     b"mime-version"}  # fmt: skip


def test_whom_nobody_reads() -> None:
    """Machines and offices are told from people by what stands before the “@”."""
    assert "machine" in addresses.unread_by_a_person("no-reply@x.example")
    assert "machine" in addresses.unread_by_a_person("noreply-4711@x.example")
    assert "office" in addresses.unread_by_a_person("Support+eu@x.example")
    assert addresses.unread_by_a_person("ann.noreply@x.example") == ""
    assert addresses.unread_by_a_person("supporter@x.example") == ""
    with pytest.raises(UsageError):
        addresses.checked("a@x")
