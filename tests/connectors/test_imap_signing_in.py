"""Nothing is said to a server before it has proved who it is; then, what is wrong."""

from __future__ import annotations

import base64
import json
import logging
import socket
import ssl
import subprocess
import threading
import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from servers.dovecot import OPENSSL, Dovecot
from servers.fake_imap import FakeImap, Talk
from servers.mailbox import Mailbox, ids_of, pages_of
from servers.needed import need
from triage.connector import (
    ConfigError,
    OAuth,
    RateLimited,
    Secret,
    SignInFailed,
    SourceUnavailable,
)
from triage.errors import TriageError
from triage_connectors.imap import Imap

WRONG = Secret("canary-wrong-77c1")


def to(server: FakeImap, **settings: Any) -> Imap:
    usual = {"host": "127.0.0.1", "port": server.port, "user": "ann@customer.example",
             "password": WRONG, "tls": "none", "patience": 2.0}  # fmt: skip
    return Imap(**{**usual, **settings})


def refusal(connector: Imap) -> TriageError:
    """Why a pull did not even begin; the whole of it without a secret."""
    with pytest.raises(TriageError) as caught:
        pages_of(connector)
    printed = "".join(traceback.format_exception(caught.value))
    assert "canary" not in printed
    assert base64.b64encode(WRONG.reveal().encode()).decode() not in printed
    return caught.value


def test_an_untrusted_certificate(mailbox: Mailbox) -> None:
    """A certificate of nobody's is refused, and what to do is said in one line."""
    error = refusal(mailbox.connector(ca_file=None))
    assert isinstance(error, SourceUnavailable)
    assert "ca_file" in str(error)
    assert "Nothing was sent" in str(error)
    assert "\n" not in str(error)


def test_a_certificate_of_our_own(mailbox: Mailbox) -> None:
    """With ca_file a server of one's own is trusted, and only under its name."""
    mailbox.deliver(1)
    assert ids_of(pages_of(mailbox.connector())) == ["case-1@customer.example"]
    error = refusal(mailbox.connector(host="127.0.0.1"))
    assert "is for another name" in str(error)
    with pytest.raises(ConfigError, match=r"ca_file .* cannot be used"):
        pages_of(mailbox.connector(ca_file=Path("/nowhere.pem")))


@pytest.fixture
def expired(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A TLS server whose certificate is no longer good."""
    need(OPENSSL)
    made = ["openssl", "req", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
            "-keyout", "old.key", "-out", "asked.pem"]  # fmt: skip
    signed = ["openssl", "x509", "-req", "-in", "asked.pem", "-signkey", "old.key",
              "-days", "-1", "-out", "old.pem"]  # fmt: skip
    for command in (made, signed):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "old.pem", tmp_path / "old.key")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            client, _ = listener.accept()
            try:
                context.wrap_socket(client, server_side=True)
            except OSError:
                client.close()

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1], tmp_path / "old.pem"


def test_an_expired_certificate(expired: tuple[int, Path]) -> None:
    """An expired certificate is said to be expired, trusted as it may be."""
    port, file = expired
    error = refusal(
        Imap(host="localhost", port=port, user="a", password=WRONG, ca_file=file)
    )
    assert "has expired" in str(error)


def test_starttls(mailbox: Mailbox) -> None:
    """A server that begins in the clear is signed in to once TLS is up, not before."""
    mailbox.deliver(1)
    plain = {"port": mailbox.server.port, "tls": "starttls"}
    pages = pages_of(mailbox.connector(**plain))
    assert ids_of(pages) == ["case-1@customer.example"]
    error = refusal(mailbox.connector(**plain, ca_file=None))
    assert "signed by nobody" in str(error)


def test_starttls_that_is_gone() -> None:
    """Who takes STARTTLS out of a server's offer gets no password."""
    with FakeImap() as server:
        error = refusal(to(server, tls="starttls"))
    assert isinstance(error, ConfigError)
    assert "offers no STARTTLS" in str(error)
    assert server.heard == ["CAPABILITY"]


def test_a_greeting_that_signs_us_in() -> None:
    """A server that says we are signed in already, in the clear, is not believed."""
    with FakeImap(can="IMAP4rev1 STARTTLS", greeting=b"* PREAUTH hi\r\n") as server:
        error = refusal(to(server, tls="starttls"))
    assert isinstance(error, ConfigError)
    assert server.heard == ["CAPABILITY"]


def test_words_slipped_in_before_tls() -> None:
    """What comes in the clear behind the answer to STARTTLS ends the connection."""

    def starttls(talk: Talk, _: str) -> bytes:
        return talk.done() + b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"

    with FakeImap(can="IMAP4rev1 STARTTLS", answers={"STARTTLS": starttls}) as server:
        error = refusal(to(server, tls="starttls"))
    assert isinstance(error, SourceUnavailable)
    assert server.heard == ["CAPABILITY", "STARTTLS"]


def test_no_password_in_the_clear() -> None:
    """Without TLS only this very machine is spoken to."""
    with pytest.raises(ConfigError, match="in the clear"):
        Imap(host="mail.example", user="a", password=WRONG, tls="none")


def test_a_port_without_tls(mailbox: Mailbox) -> None:
    """A port that does not speak TLS is named as such."""
    error = refusal(mailbox.connector(port=mailbox.server.port, password=WRONG))
    assert "speaks no TLS on port" in str(error)


def test_a_wrong_password(mailbox: Mailbox, caplog: pytest.LogCaptureFixture) -> None:
    """A wrong password is refused, and stands in no error and no log."""
    caplog.set_level(logging.DEBUG)
    error = refusal(mailbox.connector(password=WRONG))
    assert isinstance(error, SignInFailed)
    assert "check user and password" in str(error)
    assert "canary" not in caplog.text


def test_a_server_that_knows_only_login() -> None:
    """Where there is nothing better, name and password are quoted and sent by LOGIN."""

    def login(talk: Talk, _: str) -> bytes:
        return talk.done()

    with FakeImap(can="IMAP4rev1", answers={"LOGIN": login}) as server:
        assert ids_of(pages_of(to(server, password=Secret('canary "1\\')))) == []
    assert server.heard[1] == r'''LOGIN "ann@customer.example" "canary \"1\\"'''


def test_starttls_that_is_refused() -> None:
    """Who offers STARTTLS and then refuses it gets no password."""

    def starttls(talk: Talk, _: str) -> bytes:
        return talk.done("NO not today")

    with FakeImap(can="IMAP4rev1 STARTTLS", answers={"STARTTLS": starttls}) as server:
        error = refusal(to(server, tls="starttls"))
    assert "refuses it" in str(error)
    assert server.heard == ["CAPABILITY", "STARTTLS"]


def test_an_echoed_password() -> None:
    """A server that repeats what was sent, plain or in base64, is not quoted with it."""

    def plain(talk: Talk, _: str) -> bytes:
        talk.say(b"+ \r\n")
        sent = talk.line().strip()
        return talk.done(f"NO {sent.decode()} and {base64.b64decode(sent)!r}")

    with FakeImap(answers={"AUTHENTICATE": plain}) as server:
        assert isinstance(refusal(to(server)), SignInFailed)

    def login(talk: Talk, words: str) -> bytes:
        return talk.done(f"BAD what is {words}?")

    with FakeImap(can="IMAP4rev1", answers={"LOGIN": login}) as server:
        assert isinstance(refusal(to(server)), SignInFailed)


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("NO [ALERT] Application-specific password required", SignInFailed, "app password"),
        ("NO [ALERT] IMAP access is disabled for your domain.", SignInFailed, "turn IMAP on"),
        ("BAD User is authenticated but not connected.", SignInFailed, "turn IMAP on"),
        ("NO [UNAVAILABLE] Temporary failure", SourceUnavailable, "just now"),
        ("NO [LIMIT] Sessions", RateLimited, "later"),
        ("NO Too many simultaneous connections.", RateLimited, "later"),
    ],
)  # fmt: skip
def test_what_a_refusal_means(said: str, kind: type, words: str) -> None:
    """What a server says of a sign-in becomes an error that says what to do."""

    def refuse(talk: Talk, _: str) -> bytes:
        talk.say(b"+ \r\n")
        talk.line()
        return talk.done(said)

    with FakeImap(answers={"AUTHENTICATE": refuse}) as server:
        error = refusal(to(server, provider="gmail"))
    assert type(error) is kind
    assert words in str(error)


def test_an_address_nobody_has() -> None:
    """A host that does not exist, or does not answer, is named."""
    with pytest.raises(SourceUnavailable, match=r"no server is called .*invalid"):
        pages_of(Imap(host="mail.invalid", user="a", password=WRONG))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SourceUnavailable, match="does not answer on port"):
        pages_of(Imap(host="localhost", port=port, user="a", password=WRONG))


class Tokens:
    """Where access tokens are had; stands for the client a connector is given."""

    def __init__(self, access: str) -> None:
        self.access = access
        self.asked: list[tuple[OAuth, Secret]] = []

    async def access_token(self, oauth: OAuth, token: Secret) -> Secret:
        self.asked.append((oauth, token))
        return Secret(self.access)


async def pulled(connector: Imap, http: Any) -> list[str]:
    return ids_of([page async for page in connector.pull(http, None)])


@pytest.fixture(scope="module")
def tokens_server() -> Iterator[str]:
    """Says which access tokens are good."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
            good = asked == "canary-good-token"
            told = {"active": "yes" if good else "no", "email": "oauthuser"}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/?token="
        server.shutdown()


@pytest.fixture(scope="module")
def oauth_mailbox(tokens_server: str) -> Iterator[Mailbox]:
    with Dovecot(tokens_at=tokens_server) as server:
        yield Mailbox(server, "oauthuser")


async def test_signing_in_with_a_token(oauth_mailbox: Mailbox) -> None:
    """A refresh token becomes an access token, which a real server accepts."""
    oauth_mailbox.deliver(1)
    source = oauth_mailbox.connector(
        provider="gmail",
        password=None,
        token=Secret("canary-refresh"),
        client_id="ours",
    )
    http = Tokens("canary-good-token")
    assert await pulled(source, http) == ["case-1@customer.example"]
    assert [(oauth.client_id, token) for oauth, token in http.asked] == [
        ("ours", Secret("canary-refresh"))
    ]


async def test_a_refused_token(oauth_mailbox: Mailbox) -> None:
    """A token that is no longer good means to sign in again, and is not shown."""
    expired = base64.b64encode(b"an access token").decode()
    source = oauth_mailbox.connector(
        provider="gmail",
        password=None,
        token=Secret("canary-refresh"),
        client_id="ours",
    )
    with pytest.raises(SignInFailed, match="sign in again") as caught:
        await pulled(source, Tokens(expired))
    assert expired not in "".join(traceback.format_exception(caught.value))


async def test_why_a_token_is_refused() -> None:
    """The error a server hides in base64 is answered with nothing, and told."""
    reason = b'{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}'
    answered: list[bytes] = []

    def refuse(talk: Talk, _: str) -> bytes:
        talk.say(b"+ \r\n")
        assert base64.b64decode(talk.line()).startswith(b"user=ann@customer.example\1")
        talk.say(b"+ " + base64.b64encode(reason) + b"\r\n")
        answered.append(talk.line())
        return talk.done("NO SASL authentication failed")

    with FakeImap(answers={"AUTHENTICATE": refuse}) as server:
        source = to(
            server, provider="gmail", token=Secret("canary-refresh"), client_id="x"
        )
        with pytest.raises(
            SignInFailed, match=r"status 400.*https://mail\.google\.com/"
        ):
            await pulled(source, Tokens("canary-access"))
    assert answered == [b"\r\n"]


def test_where_to_sign_in() -> None:
    """Gmail and Outlook have a sign-in of their own once there is a client."""
    assert Imap(user="a", provider="gmail").oauth() is None
    google = Imap(user="a", provider="gmail", client_id="c").oauth()
    assert google is not None
    assert google.scope == "https://mail.google.com/"
    assert not google.device_url
    microsoft = Imap(user="a", provider="outlook", client_id="c", tenant="acme").oauth()
    assert microsoft is not None
    assert microsoft.device_url == (
        "https://login.microsoftonline.com/acme/oauth2/v2.0/devicecode"
    )
    assert "offline_access" in microsoft.scope
    assert Imap(user="a", host="imap.gmail.com", client_id="c").oauth() == google
    assert Imap(user="a", provider="yahoo", client_id="c").oauth() is None


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "'host' is missing"),
        ({"provider": "gmial"}, "did you mean gmail?"),
        ({"host": "h", "tls": "ssl"}, "tls is 'tls' or 'starttls'"),
        ({"host": "h", "auth": "kerberos"}, "auth is 'password' or 'oauth'"),
        ({"host": "h", "tls": "starttls"}, "port = 143"),
        ({"host": "h\r\nx"}, "no line ends"),
        ({"host": "h", "max_bytes": 0}, "above 0"),
    ],
)
def test_settings_that_do_not_fit(settings: dict[str, Any], words: str) -> None:
    """A setting that cannot be is refused by name before anything is asked."""
    with pytest.raises(ConfigError) as caught:
        Imap(user="a", **settings)
    assert words in str(caught.value)


def test_missing_secrets() -> None:
    """Without a password, a client or a token, what is missing is said."""
    without: tuple[tuple[dict[str, Any], str], ...] = (
        ({"provider": "fastmail"}, "no password for a is set"),
        ({"provider": "outlook"}, "needs client_id"),
        ({"provider": "outlook", "client_id": "c"}, "nobody has signed in as a"),
    )
    for settings, words in without:
        with pytest.raises(TriageError, match=words):
            pages_of(Imap(user="a", **settings))
