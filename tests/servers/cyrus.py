"""A real Cyrus on this machine: JMAP over http and https, IMAP and LMTP."""

from __future__ import annotations

import contextlib
import imaplib
import itertools
import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from servers.needed import need

_PROGRAMS = Path("/usr/lib/cyrus/bin")
_CHECKOUT = Path(__file__).resolve().parents[2]
_USING = ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail"]
PASSWORD = "canary-cyrus-7d21"
PAGE = 25
"""Mails the server gives at once: few, so that a pull has many pages."""

_SETTINGS = """\
configdirectory: {top}/conf
proc_path: {top}/proc
mboxname_lockpath: {top}/lock
lmtpsocket: {top}/lmtp
idlesocket: {top}/idle
notifysocket: {top}/notify
defaultpartition: default
partition-default: {top}/spool
t1searchpartition-default: {top}/search
defaultsearchtier: t1
search_engine: xapian
servername: localhost
cyrus_user: {user}
admins: admin
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {top}/conf/passwords
sasl_mech_list: PLAIN LOGIN
virtdomains: off
unixhierarchysep: yes
altnamespace: yes
autocreate_quota: 0
autocreate_post: yes
autocreate_inbox_folders: Archive|Drafts|Sent|Trash|Spam
xlist-archive: Archive
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
xlist-spam: Spam
httpmodules: jmap
jmap_max_objects_in_get: {page}
httpallowcompress: no
conversations: 1
conversations_expire_after: 3650d
duplicatesuppression: 0
tls_server_cert: {top}/conf/cert.pem
tls_server_key: {top}/conf/key.pem
"""
_SERVICES = """\
START {{
  recover cmd="{programs}/ctl_cyrusdb -C {top}/imapd.conf -r"
}}
SERVICES {{
  imap cmd="{imapd} -C {top}/imapd.conf -U 30" listen="127.0.0.1:{imap}" prefork=1
  http cmd="{programs}/httpd -C {top}/imapd.conf -U 30" listen="127.0.0.1:{http}" prefork=5
  https cmd="{programs}/httpd -s -C {top}/imapd.conf -U 30" listen="127.0.0.1:{https}" prefork=4
  lmtp cmd="{programs}/lmtpd -C {top}/imapd.conf -a -U 30" listen="127.0.0.1:{lmtp}" prefork=0
}}
"""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where each service listens, on 127.0.0.1."""

    imap: int
    http: int
    https: int
    lmtp: int


class Cyrus:
    """
    A server with an account for each test; started and stopped by ``running``.

    Attributes:
        url: Its address without TLS.
        tls_url: Its address with TLS, under a certificate nobody trusts.
        ca_file: That certificate.
    """

    def __init__(self, top: Path, imapd: Path, page: int) -> None:
        self._top = top
        self._page = page
        self._imapd = imapd
        self._names = (f"user{number}" for number in itertools.count(1))
        self.ports = Ports(*_free_ports(4))
        self.url = f"http://127.0.0.1:{self.ports.http}"
        self.tls_url = f"https://127.0.0.1:{self.ports.https}"
        self.ca_file = top / "conf" / "cert.pem"

    def start(self) -> None:
        # Without conf/db every database is mended again whenever it is opened.
        for name in ("conf", "conf/db", "proc", "lock", "spool", "search"):
            (self._top / name).mkdir()
        self._certify()
        ports = self.ports
        told: dict[str, Any] = {
            "top": self._top,
            "programs": _PROGRAMS,
            "page": self._page,
        }
        told |= {"imapd": self._imapd, "imap": ports.imap, "http": ports.http}
        told["user"] = _owner().pw_name
        told |= {"https": ports.https, "lmtp": ports.lmtp}
        (self._top / "imapd.conf").write_text(_SETTINGS.format(**told))
        (self._top / "cyrus.conf").write_text(_SERVICES.format(**told))
        self._add("admin")
        self._top.chmod(0o755)
        for path in [self._top, *self._top.rglob("*")]:
            self._give(path)
        self._process = subprocess.Popen(
            [
                _PROGRAMS / "master", "-D", "-C", self._top / "imapd.conf",
                "-M", self._top / "cyrus.conf", "-p", self._top / "master.pid",
            ],
            cwd=self._top, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}, **_as_owner(),
        )  # fmt: skip
        self._await(ports.imap)
        self._await(ports.http)

    def stop(self) -> None:
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def account(self) -> Account:
        """A new account with the usual folders, all of them empty."""
        name = next(self._names)
        self._add(name)
        account = Account(self, name)
        # Only a sign-in by IMAP makes the folders.
        account.imap().logout()
        return account

    def _add(self, name: str) -> None:
        passwords = self._top / "conf" / "passwords"
        subprocess.run(
            ["saslpasswd2", "-p", "-c", "-f", passwords, "-u", "localhost", name],
            input=PASSWORD.encode(), check=True, capture_output=True,
        )  # fmt: skip
        self._give(passwords)

    def _certify(self) -> None:
        subprocess.run(
            [
                "openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec",
                "-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", self._top / "conf" / "key.pem", "-out", self.ca_file,
            ],
            check=True, capture_output=True,
        )  # fmt: skip

    def _give(self, path: Path) -> None:
        os.chown(path, _owner().pw_uid, _owner().pw_gid)

    def _await(self, port: int) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            time.sleep(0.05)
        raise RuntimeError("Cyrus does not start; the system's log says why")


class Account:
    """One person's mail on a server, as the owner's own programs would change it."""

    def __init__(self, server: Cyrus, name: str) -> None:
        self.server = server
        self.name = name

    def imap(self) -> imaplib.IMAP4:
        """A signed-in IMAP connection; the caller logs out."""
        connection = imaplib.IMAP4("127.0.0.1", self.server.ports.imap, timeout=20)
        connection.login(self.name, PASSWORD)
        return connection

    def deliver(self, mails: Iterable[bytes]) -> None:
        """Bring mails into the inbox by LMTP, in their order."""
        with smtplib.LMTP("127.0.0.1", self.server.ports.lmtp, timeout=60) as lmtp:
            for mail in mails:
                lmtp.sendmail("someone@customer.example", [self.name], mail)

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """What a JMAP method answers."""
        told = {"accountId": self.name, **arguments}
        answer = httpx.post(
            f"{self.server.url}/jmap/",
            json={"using": _USING, "methodCalls": [[method, told, "0"]]},
            auth=(self.name, PASSWORD),
            timeout=30,
        )
        (name, values, _), *_ = answer.json()["methodResponses"]
        assert name == method, values
        assert isinstance(values, dict)
        return values

    def ids(self, role: str = "inbox") -> list[str]:
        """Ids of the mails in a mailbox, as they came."""
        found = self.call(
            "Email/query",
            filter={"inMailbox": self.mailbox(role)},
            sort=[{"property": "receivedAt"}],
        )
        ids: list[str] = found["ids"]
        return ids

    def mailbox(self, role: str) -> str:
        """The id of the mailbox with that role or name."""
        boxes = self.call("Mailbox/get", ids=None)["list"]
        return next(
            str(box["id"]) for box in boxes if role in {box["role"], box["name"]}
        )

    def update(self, ids: Iterable[str], **patch: Any) -> None:
        """Change mails: ``keywords``, ``mailboxIds``."""
        answer = self.call("Email/set", update=dict.fromkeys(ids, patch))
        assert not answer.get("notUpdated"), answer

    def destroy(self, ids: Iterable[str]) -> None:
        """Remove mails for good."""
        answer = self.call("Email/set", destroy=list(ids))
        assert not answer.get("notDestroyed"), answer


@contextlib.contextmanager
def running(page: int = PAGE) -> Iterator[Cyrus]:
    """
    A Cyrus while the block runs; skips the test where none is installed.

    ``page`` is how many mails it gives at once.
    """
    imapd = _imapd()
    need(imapd, _PROGRAMS / "master", _PROGRAMS / "httpd", Path("/usr/bin/openssl"))
    need(Path("/usr/sbin/saslpasswd2"))
    memory = Path("/dev/shm")
    top = Path(
        tempfile.mkdtemp(prefix="cyrus-", dir=memory if memory.is_dir() else None)
    )
    # Where only root may look, the server's own user could not run it.
    programs = Path(tempfile.mkdtemp(prefix="cyrus-"))
    programs.chmod(0o755)
    server = Cyrus(top, Path(shutil.copy(imapd, programs)), page)
    try:
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(top, ignore_errors=True)
        shutil.rmtree(programs, ignore_errors=True)


def _imapd() -> Path:
    """
    Where the IMAP daemon is.

    Its package cannot be installed beside Dovecot's, so it may lie unpacked elsewhere.
    """
    places = [
        _PROGRAMS,
        Path(os.environ.get("TRIAGE_CYRUS", _PROGRAMS)),
        _CHECKOUT / "build/cyrus/usr/lib/cyrus/bin",
    ]
    found = (place / "imapd" for place in places if (place / "imapd").exists())
    return next(found, _PROGRAMS / "imapd")


def _owner() -> pwd.struct_passwd:
    """Who runs the server: the user its package made, or whoever runs the tests."""
    me = os.getuid()
    return pwd.getpwuid(me) if me else pwd.getpwnam("cyrus")


def _as_owner() -> dict[str, Any]:
    if os.getuid():
        return {}
    owner = _owner()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        bound = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in bound:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in bound]
