"""A real Dovecot for tests, on free ports of this machine, with mailboxes to fill."""

from __future__ import annotations

import contextlib
import grp
import imaplib
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from servers.needed import need

PROGRAM = Path("/usr/sbin/dovecot")
OPENSSL = Path(shutil.which("openssl") or "openssl")
SPECIAL = ("Sent", "Trash", "Drafts", "Junk", "Archive")
PASSWORD = "canary-5f3a91"
ODD_USER, ODD_PASSWORD = "odd", 'pä"ss\\wörd {5} 漢字'

_SETTINGS = """\
protocols = imap
listen = 127.0.0.1
base_dir = {base}/run
state_dir = {base}/run
log_path = {base}/log
instance_name = {base}
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
ssl = yes
ssl_cert = <{base}/{certificate}.pem
ssl_key = <{base}/{certificate}.key
auth_mechanisms = plain login {mechanisms}
auth_failure_delay = 0
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 200
mailbox_idle_check_interval = 1 secs
imap_idle_notify_interval = 1 secs
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {base}/users
}}
passdb {{
  driver = static
  args = password={password}
}}
{oauth}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
{special}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""
_OAUTH = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {base}/oauth.conf
}}
"""


class Dovecot:
    """
    One server with the mailboxes of whoever signs in, all with one password.

    Attributes:
        port: Where it speaks in the clear, and STARTTLS.
        tls_port: Where it speaks TLS.
        certificate: Its own, good for "localhost", trusted by nobody.
        base: Where everything lies.
    """

    def __init__(self, tokens_at: str = "") -> None:
        """``tokens_at`` is asked whether an OAuth token is good."""
        shm = Path("/dev/shm")
        self.base = Path(tempfile.mkdtemp("", "dc", shm if shm.exists() else None))
        self.port, self.tls_port = _free_port(), _free_port()
        self.certificate = self.base / "own.pem"
        self._tokens_at = tokens_at
        self._as = _somebody()
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        need(PROGRAM, OPENSSL)
        self._prepare()
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._stop()
        finally:
            shutil.rmtree(self.base, ignore_errors=True)

    def folder(self, user: str, name: str = "INBOX") -> Path:
        """The Maildir of a folder, made where there is none."""
        root = self.base / "mail" / user / "Maildir"
        path = root if name == "INBOX" else root / f".{name.replace('/', '.')}"
        for inside in ("", "new", "cur", "tmp"):
            (path / inside).mkdir(parents=True, exist_ok=True)
        self._own(self.base / "mail" / user)
        return path

    def deliver(
        self, user: str, raw: bytes, name: str = "INBOX", *, at: datetime | None = None
    ) -> Path:
        """Put a mail into a folder, as arrived at a moment (its INTERNALDATE)."""
        number = next(self._numbers)
        path = self.folder(user, name)
        # The sort key of the server: in the order of the numbers.
        file = f"{1_700_000_000 + number}.M{number}P1.test"
        (path / "tmp" / file).write_bytes(raw)
        stamp = (at or datetime.now(UTC)).timestamp()
        os.utime(path / "tmp" / file, (stamp, stamp))
        self._own(path / "tmp" / file)
        return (path / "tmp" / file).rename(path / "new" / file)

    def fill(self, user: str, mails: Iterable[bytes]) -> None:
        """Put many mails into an inbox at once."""
        inbox = self.folder(user)
        for number, raw in enumerate(mails, start=1):
            file = f"{1_700_000_000 + number}.M{number}P1.test"
            (inbox / "new" / file).write_bytes(raw)
        self._own(inbox)

    @contextlib.contextmanager
    def client(self, user: str, name: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """Open a folder as somebody's mail program does, to change what is in it."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login(user, PASSWORD)
            client.select(f'"{name}"')
            yield client

    def forget_index(self, user: str) -> None:
        """Lose the numbers of a mailbox's messages: its UIDVALIDITY becomes another."""
        for file in self.folder(user).glob("dovecot*"):
            file.unlink()

    def _prepare(self) -> None:
        for inside in ("run", "mail"):
            (self.base / inside).mkdir()
        self.base.chmod(0o755)
        _make_certificate(self.base, "own")
        (self.base / "users").write_text(f"{ODD_USER}:{{PLAIN}}{ODD_PASSWORD}\n")
        if self._tokens_at:
            (self.base / "oauth.conf").write_text(
                f"tokeninfo_url = {self._tokens_at}\n"
                "username_attribute = email\nactive_attribute = active\n"
                "active_value = yes\n"
            )
        uid, gid, user, group = self._as
        special = "\n".join(
            f"  mailbox {name} {{\n    special_use = \\{name}\n    auto = create\n  }}"
            for name in SPECIAL
        )
        (self.base / "conf").write_text(
            _SETTINGS.format(
                base=self.base, user=user, group=group, uid=uid, gid=gid,
                port=self.port, tls_port=self.tls_port, special=special,
                certificate="own", mechanisms="xoauth2" if self._tokens_at else "",
                password=PASSWORD,
                oauth=_OAUTH.format(base=self.base) if self._tokens_at else "",
            )
        )  # fmt: skip
        self._own(self.base)

    def _start(self) -> None:
        uid, gid, _, _ = self._as
        is_root = os.getuid() == 0
        self._process = subprocess.Popen(
            [str(PROGRAM), "-F", "-c", str(self.base / "conf")],
            cwd=self.base, start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, user=uid if is_root else None,
            group=gid if is_root else None, extra_groups=[] if is_root else None,
        )  # fmt: skip
        for _ in range(500):
            if self._process.poll() is not None:
                break
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), 1) as probe,
            ):
                if probe.recv(4) == b"* OK":
                    return
            time.sleep(0.02)
        log = self.base / "log"
        raise RuntimeError(log.read_text() if log.exists() else "dovecot did not start")

    def _stop(self) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _own(self, path: Path) -> None:
        if os.getuid() != 0:
            return
        uid, gid, _, _ = self._as
        for one in [path, *path.rglob("*")]:
            with contextlib.suppress(FileNotFoundError):  # the server renames
                os.chown(one, uid, gid)


def _make_certificate(folder: Path, name: str) -> None:
    """Make NAME.pem and NAME.key, good for "localhost"."""
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", str(folder / f"{name}.key"), "-out", str(folder / f"{name}.pem"),
        ],
        check=True, capture_output=True,
    )  # fmt: skip


def _somebody() -> tuple[int, int, str, str]:
    """Whom it runs as: mail of uid 0 is refused."""
    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    group = grp.getgrgid(user.pw_gid).gr_name
    return user.pw_uid, user.pw_gid, user.pw_name, group


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
